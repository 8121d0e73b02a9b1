import { formatMoney, type Money } from '@brigade/graphql';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Money, times and numbers as the chosen language writes them. */
export function useFormats() {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(
    () => ({
      money: (amount: Money) => formatMoney(amount, language),
      time: (at: string) => new Date(at).toLocaleTimeString(language),
      dateTime: (at: string) => new Date(at).toLocaleString(language),
      /** With at most one digit after the point. */
      number: (value: number) => value.toLocaleString(language, { maximumFractionDigits: 1 }),
    }),
    [language],
  );
}
