import { Button, Chip, MenuItem, Select, useColorScheme } from '@mui/material';
import { SignOutDocument } from '@brigade/graphql';
import { useTranslation } from 'react-i18next';
import { languages } from '../i18n/languages.ts';
import { DiningRoomSwitch } from './dining-room-switch.tsx';
import { client, session } from './services.ts';
import { useSession } from './use-session.ts';

const MODES = ['system', 'light', 'dark'] as const;

/** Who is signed in, how it looks, and the way out. */
export function AccountMenu() {
  const { t, i18n } = useTranslation();
  const who = useSession();
  const { mode, setMode } = useColorScheme();
  const signOut = async () => {
    const refreshToken = session.current?.refreshToken;
    session.set(undefined);
    await client.clearStore();
    // Whether or not the router hears of it, this browser has forgotten the tokens.
    if (refreshToken) await client.mutate({ mutation: SignOutDocument, variables: { refreshToken } }).catch(() => {});
  };
  return (
    <>
      <DiningRoomSwitch />
      <Select
        size="small"
        variant="standard"
        value={mode ?? 'system'}
        onChange={({ target }) => setMode(target.value)}
        inputProps={{ 'aria-label': t('account.mode') }}
      >
        {MODES.map((one) => (
          <MenuItem key={one} value={one}>
            {t(`account.modes.${one}`)}
          </MenuItem>
        ))}
      </Select>
      <Select
        size="small"
        variant="standard"
        value={i18n.resolvedLanguage ?? 'en'}
        onChange={({ target }) => void i18n.changeLanguage(target.value)}
        inputProps={{ 'aria-label': t('account.language') }}
      >
        {Object.entries(languages).map(([code, { title }]) => (
          <MenuItem key={code} value={code}>
            {title}
          </MenuItem>
        ))}
      </Select>
      <Chip label={`${who?.user.name ?? ''} · ${who?.user.roles.at(-1) ?? ''}`} size="small" />
      <Button size="small" onClick={() => void signOut()}>
        {t('account.signOut')}
      </Button>
    </>
  );
}
