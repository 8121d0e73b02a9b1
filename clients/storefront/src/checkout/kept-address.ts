/** Where a guest wants it delivered. */
export interface Address {
  readonly line1: string;
  readonly postcode: string;
  readonly city: string;
}

const KEY = 'brigade-address';

/** The address of the last order from this device, or empty fields. */
export function keptAddress(): Address {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Address>;
    return { line1: text(kept.line1), postcode: text(kept.postcode), city: text(kept.city) };
  } catch {
    return { line1: '', postcode: '', city: '' };
  }
}

export const keepAddress = (address: Address): void => localStorage.setItem(KEY, JSON.stringify(address));

export const forgetAddress = (): void => localStorage.removeItem(KEY);
