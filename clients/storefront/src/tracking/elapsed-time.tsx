import { useEffect, useState } from 'react';
import { useText } from '../i18n/use-text.ts';

/** How long something takes, or took. @param until when it ended; undefined while it goes on */
export function ElapsedTime({ since, until }: { since: string; until: string | undefined }) {
  const { t } = useText();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (until !== undefined) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [until]);
  const end = until === undefined ? now : Date.parse(until);
  // This device's clock may be behind the restaurant's.
  const seconds = Math.max(0, Math.floor((end - Date.parse(since)) / 1_000));
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <p className="elapsed" role="timer" aria-label={t(until === undefined ? 'tracking.elapsed' : 'tracking.took')}>
      <span className="soft">{t(until === undefined ? 'tracking.elapsed' : 'tracking.took')}</span>
      <span className="clock">{text}</span>
    </p>
  );
}
