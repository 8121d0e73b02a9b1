import { createBrowserRouter } from 'react-router';
import { Layout } from './layout.tsx';
import { PageFailed } from './page-failed.tsx';

/** Each page is a chunk of its own: the 3D kitchen is loaded by who looks at it. */
export const routes = createBrowserRouter(
  [
    {
      path: '/',
      Component: Layout,
      ErrorBoundary: PageFailed,
      // Until the first page's chunk is there.
      HydrateFallback: () => null,
      children: [
        {
          ErrorBoundary: PageFailed,
          children: [
            {
              index: true,
              lazy: async () => ({ Component: (await import('../overview/overview-page.tsx')).OverviewPage }),
            },
            {
              path: 'orders',
              lazy: async () => ({ Component: (await import('../orders/orders-page.tsx')).OrdersPage }),
            },
            {
              path: 'orders/:id',
              lazy: async () => ({ Component: (await import('../orders/order-page.tsx')).OrderPage }),
            },
            {
              path: 'kitchen',
              lazy: async () => ({ Component: (await import('../kitchen/kitchen-page.tsx')).KitchenPage }),
            },
            {
              path: 'system',
              lazy: async () => ({ Component: (await import('../system/system-page.tsx')).SystemPage }),
            },
            {
              path: 'explorer',
              lazy: async () => ({ Component: (await import('../explorer/explorer-page.tsx')).ExplorerPage }),
            },
          ],
        },
      ],
    },
  ],
  { basename: '/admin' },
);
