import { useId, type ComponentProps } from 'react';

interface TextFieldProps extends ComponentProps<'input'> {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Why what stands in it was refused. */
  readonly fault?: string | undefined;
}

export function TextField({ label, hint, fault, ...input }: TextFieldProps) {
  const id = useId();
  const note = fault ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        aria-invalid={fault !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
      />
      {note !== undefined && (
        <span id={`${id}-note`} className={fault === undefined ? 'hint' : 'hint fault'}>
          {note}
        </span>
      )}
    </div>
  );
}
