import { useText } from '../i18n/use-text.ts';

interface QuantityStepperProps {
  /** Of what. */
  readonly name: string;
  readonly quantity: number;
  readonly max: number;
  readonly onChange: (quantity: number) => void;
}

/** One more or one less; below one it is gone. */
export function QuantityStepper({ name, quantity, max, onChange }: QuantityStepperProps) {
  const { t } = useText();
  return (
    <span className="stepper" role="group" aria-label={t('basket.portions', { name })}>
      <button type="button" aria-label={t('basket.less', { name })} onClick={() => onChange(quantity - 1)}>
        −
      </button>
      <output aria-live="polite">{quantity}</output>
      <button
        type="button"
        aria-label={t('basket.more', { name })}
        disabled={quantity >= max}
        onClick={() => onChange(quantity + 1)}
      >
        +
      </button>
    </span>
  );
}
