import { createBrowserRouter } from 'react-router';
import { Layout } from './layout.tsx';
import { PageFailed } from './page-failed.tsx';

/** The menu is what guests come for; the other pages are chunks of their own. */
export const routes = createBrowserRouter([
  {
    path: '/',
    Component: Layout,
    ErrorBoundary: PageFailed,
    HydrateFallback: () => null,
    children: [
      {
        ErrorBoundary: PageFailed,
        children: [
          { index: true, lazy: async () => ({ Component: (await import('../menu/menu-page.tsx')).MenuPage }) },
          {
            path: 'checkout',
            lazy: async () => ({ Component: (await import('../checkout/checkout-page.tsx')).CheckoutPage }),
          },
          {
            path: 'orders',
            lazy: async () => ({ Component: (await import('../orders/orders-page.tsx')).OrdersPage }),
          },
          {
            path: 'orders/:id',
            lazy: async () => ({ Component: (await import('../tracking/order-page.tsx')).OrderPage }),
          },
          {
            path: 'sign-in',
            lazy: async () => ({ Component: (await import('../sign-in/sign-in-page.tsx')).SignInPage }),
          },
        ],
      },
    ],
  },
]);
