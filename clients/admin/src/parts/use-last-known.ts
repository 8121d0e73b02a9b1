import { useState } from 'react';

/**
 * What was known last, while nothing is: an answer that failed must not take away what is on the page.
 * @param key of what was asked; what another question brought is not shown for this one
 */
export function useLastKnown<T>(key: string, value: T | undefined): T | undefined {
  const [last, setLast] = useState<{ key: string; value: T }>();
  if (value !== undefined && (last?.value !== value || last.key !== key)) setLast({ key, value });
  return value ?? (last?.key === key ? last.value : undefined);
}
