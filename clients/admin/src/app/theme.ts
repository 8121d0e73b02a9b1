import { createTheme } from '@mui/material';

/** Copper and steel, light and dark; contrast of at least 4.5 to 1 for text. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data' },
  colorSchemes: {
    light: {
      palette: {
        primary: { main: '#a33a17' },
        secondary: { main: '#2f5d62' },
        background: { default: '#f6f3ef', paper: '#ffffff' },
        info: { main: '#0271b3' },
        warning: { main: '#b45309' },
        action: { active: 'rgba(0, 0, 0, 0.62)' },
      },
    },
    dark: {
      palette: {
        primary: { main: '#ffab7d' },
        secondary: { main: '#8fc7cc' },
        background: { default: '#14110f', paper: '#1e1a17' },
      },
    },
  },
  shape: { borderRadius: 10 },
  typography: {
    fontFamily: 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
    h1: { fontSize: '1.6rem', fontWeight: 650 },
    h2: { fontSize: '1.1rem', fontWeight: 650 },
    h3: { fontSize: '0.95rem', fontWeight: 650 },
  },
});
