import { Box, Typography } from '@mui/material';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { session } from '../app/services.ts';

/** GraphiQL as the router serves it, signed in as whoever looks at it. */
export function ExplorerPage() {
  const { t } = useTranslation();
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const answer = ({ origin, source, data }: MessageEvent<{ type?: string }>) => {
      const page = frame.current?.contentWindow;
      if (origin !== location.origin || !page || source !== page || data.type !== 'brigade:token?') return;
      void session.accessToken().then((token) => page.postMessage({ type: 'brigade:token', token }, origin));
    };
    addEventListener('message', answer);
    return () => removeEventListener('message', answer);
  }, []);
  return (
    <>
      <Typography variant="h1" sx={{ mb: 2 }}>
        {t('nav.explorer')}
      </Typography>
      <Box
        component="iframe"
        ref={frame}
        src="/graphiql/"
        title={t('nav.explorer')}
        sx={{
          flex: 1,
          minHeight: '75vh',
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
          bgcolor: 'background.paper',
        }}
      />
    </>
  );
}
