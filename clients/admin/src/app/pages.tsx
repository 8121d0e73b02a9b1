import { SvgIcon } from '@mui/material';
import type { ReactNode } from 'react';

interface PageLink {
  readonly path: string;
  readonly title: 'nav.overview' | 'nav.orders' | 'nav.kitchen' | 'nav.system' | 'nav.explorer';
  readonly icon: ReactNode;
}

const icon = (path: string) => (
  <SvgIcon viewBox="0 0 24 24">
    <path d={path} />
  </SvgIcon>
);

/** What the navigation offers, in its order. The drawings are ours: an icon package would be larger than the page. */
export const pages: readonly PageLink[] = [
  { path: '/', title: 'nav.overview', icon: icon('M3 13h6V3H3zm0 8h6v-6H3zm8 0h10V11H11zm0-18v6h10V3z') },
  { path: '/orders', title: 'nav.orders', icon: icon('M5 2h14v20l-3-2-2 2-2-2-2 2-2-2-3 2zm3 5v2h8V7zm0 4v2h8v-2z') },
  {
    path: '/kitchen',
    title: 'nav.kitchen',
    icon: icon('M7 13a4 4 0 0 1 1-7.8 5 5 0 0 1 8 0A4 4 0 0 1 17 13v4H7zm0 6h10v2H7z'),
  },
  {
    path: '/system',
    title: 'nav.system',
    icon: icon('M9 3h6v5h-2v3h6v4h2v6h-6v-6h2v-2H7v2h2v6H3v-6h2v-4h6V8H9z'),
  },
  {
    path: '/explorer',
    title: 'nav.explorer',
    icon: icon('M8.6 7.4 4 12l4.6 4.6L7.2 18 1.2 12l6-6zm6.8 0L20 12l-4.6 4.6 1.4 1.4 6-6-6-6z'),
  },
];
