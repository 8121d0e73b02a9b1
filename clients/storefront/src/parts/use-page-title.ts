import { useEffect } from 'react';

/** What the tab is called while the page is shown. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Brigade`;
  }, [title]);
}
