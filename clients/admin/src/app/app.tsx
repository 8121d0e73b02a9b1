import { ApolloProvider } from '@apollo/client/react';
import { CssBaseline, ThemeProvider } from '@mui/material';
import { RouterProvider } from 'react-router/dom';
import { routes } from './routes.tsx';
import { client } from './services.ts';
import { theme } from './theme.ts';

export function App() {
  return (
    <ApolloProvider client={client}>
      <ThemeProvider theme={theme} defaultMode="system">
        <CssBaseline />
        <RouterProvider router={routes} />
      </ThemeProvider>
    </ApolloProvider>
  );
}
