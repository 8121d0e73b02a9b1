import { useText } from '../i18n/use-text.ts';
import { TextField } from '../parts/text-field.tsx';
import type { Address } from './kept-address.ts';
import type { Refusal } from './refusal.ts';

interface AddressFieldsProps {
  readonly address: Address;
  readonly onChange: (address: Address) => void;
  readonly refusal: Refusal | undefined;
}

const fields = [
  { name: 'line1', autoComplete: 'address-line1', maxLength: 200 },
  { name: 'postcode', autoComplete: 'postal-code', maxLength: 20 },
  { name: 'city', autoComplete: 'address-level2', maxLength: 100 },
] as const;

/** Where to deliver. */
export function AddressFields({ address, onChange, refusal }: AddressFieldsProps) {
  const { t } = useText();
  return (
    <div className="address">
      {fields.map(({ name, ...input }) => (
        <TextField
          key={name}
          {...input}
          name={name}
          label={t(`checkout.fields.${name}`)}
          value={address[name]}
          required
          // Something besides spaces.
          pattern=".*\S.*"
          fault={refusal?.at === 'address' && refusal.field === name ? refusal.message : undefined}
          onChange={({ target }) => onChange({ ...address, [name]: target.value })}
        />
      ))}
    </div>
  );
}
