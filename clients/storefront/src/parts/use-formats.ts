import { formatMoney, type Money } from '@brigade/graphql';
import { useMemo } from 'react';
import { useText } from '../i18n/use-text.ts';

/** Money and times as the chosen language writes them. */
export function useFormats() {
  const { i18n } = useText();
  const { language } = i18n;
  return useMemo(
    () => ({
      money: (amount: Money) => formatMoney(amount, language),
      time: (at: string) => new Date(at).toLocaleTimeString(language, { timeStyle: 'short' }),
      dateTime: (at: string) => new Date(at).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' }),
    }),
    [language],
  );
}
