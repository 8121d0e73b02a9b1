export interface Money {
  readonly amountMinor: number;
  readonly currency: string;
}

const formats = new Map<string, Intl.NumberFormat>();

/** An amount of money for people, e.g. `€8.90`. @param locale BCP 47, e.g. `en` */
export function formatMoney({ amountMinor, currency }: Money, locale: string): string {
  const key = `${locale} ${currency}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: 'currency', currency });
    formats.set(key, format);
  }
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
