import type { OrderStatus } from '@brigade/graphql';
import { useText } from '../i18n/use-text.ts';
import { useFormats } from '../parts/use-formats.ts';
import { stepsOf } from './order-steps.ts';
import { StepIcon } from './step-icon.tsx';

interface StepListProps {
  readonly status: OrderStatus;
  readonly timeline: readonly { readonly status: OrderStatus; readonly at: string }[];
}

/** From placed to ready. */
export function StepList({ status, timeline }: StepListProps) {
  const { t } = useText();
  const { time } = useFormats();
  return (
    <ol className="steps card" aria-label={t('tracking.steps')}>
      {stepsOf(status, timeline).map((step) => (
        <li key={step.status} className={step.state} aria-current={step.state === 'present' ? 'step' : undefined}>
          <span className="step-mark">
            <StepIcon status={step.status} />
          </span>
          <span className="step-name">{t(`status.${step.status}`)}</span>
          <span className="soft step-time">{step.at === undefined ? '' : time(step.at)}</span>
          <span className="visually-hidden">{t(`tracking.stepStates.${step.state}`)}</span>
        </li>
      ))}
    </ol>
  );
}
