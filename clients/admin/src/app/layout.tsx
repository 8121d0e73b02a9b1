import {
  AppBar,
  Box,
  Drawer,
  LinearProgress,
  List,
  ListItemButton,
  ListItemIcon,
  ListItemText,
  Toolbar,
  Typography,
} from '@mui/material';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useNavigation } from 'react-router';
import { SignInPage } from '../sign-in/sign-in-page.tsx';
import { AccountMenu } from './account-menu.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { pages } from './pages.tsx';
import { isAtLeast, useSession } from './use-session.ts';

const WIDTH = 208;

/** The frame of every page; who is not signed in sees the door instead. */
export function Layout() {
  const { t } = useTranslation();
  const who = useSession();
  const { state } = useNavigation();
  if (!isAtLeast(who, 'STAFF')) return <SignInPage />;
  return (
    <Box sx={{ display: 'flex', height: '100vh' }}>
      <Box
        component="a"
        href="#main"
        sx={{
          position: 'fixed',
          top: -60,
          left: 8,
          zIndex: 2_000,
          p: 1,
          bgcolor: 'background.paper',
          '&:focus': { top: 8 },
        }}
      >
        {t('layout.skip')}
      </Box>
      <AppBar
        position="fixed"
        color="default"
        elevation={0}
        sx={{ zIndex: 1_201, borderBottom: 1, borderColor: 'divider' }}
      >
        <Toolbar variant="dense" sx={{ gap: 2 }}>
          <Typography component="p" sx={{ fontWeight: 700, letterSpacing: '0.04em' }}>
            Brigade
          </Typography>
          <Box sx={{ flex: 1 }} />
          <AccountMenu />
        </Toolbar>
        {state === 'loading' && (
          <LinearProgress aria-label={t('layout.loading')} sx={{ position: 'absolute', bottom: 0, width: '100%' }} />
        )}
      </AppBar>
      <Drawer
        variant="permanent"
        sx={{
          width: { xs: 56, md: WIDTH },
          '& .MuiDrawer-paper': { width: { xs: 56, md: WIDTH }, overflowX: 'hidden' },
        }}
      >
        <Toolbar variant="dense" />
        <List component="nav" aria-label={t('layout.navigation')}>
          {pages.map(({ path, title, icon }) => (
            <ListItemButton
              key={path}
              component={NavLink}
              to={path}
              end={path === '/'}
              sx={{ '&.active': { bgcolor: 'action.selected', borderRight: 3, borderColor: 'primary.main' } }}
            >
              <ListItemIcon sx={{ minWidth: 40 }} aria-hidden>
                {icon}
              </ListItemIcon>
              <ListItemText primary={t(title)} sx={{ my: 0 }} />
            </ListItemButton>
          ))}
        </List>
      </Drawer>
      <Box
        component="main"
        id="main"
        tabIndex={-1}
        sx={{ flex: 1, minWidth: 0, height: '100%', overflow: 'auto', display: 'flex', flexDirection: 'column' }}
      >
        <Toolbar variant="dense" />
        <ConnectionBanner />
        <Box sx={{ flex: 1, p: { xs: 1.5, md: 2.5 }, minHeight: 0, display: 'flex', flexDirection: 'column' }}>
          <Outlet />
        </Box>
      </Box>
    </Box>
  );
}
