import { useMutation, useQuery } from '@apollo/client/react';
import { DiningRoomDocument, SetDiningRoomDocument } from '@brigade/graphql';
import { FormControlLabel, Switch, Tooltip } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { useLastKnown } from '../parts/use-last-known.ts';
import { isAtLeast, useSession } from './use-session.ts';

const POLL_MS = 10_000;

/** Lets virtual guests in, so that the kitchen has something to do; managers only. */
export function DiningRoomSwitch() {
  const { t } = useTranslation();
  const mayOpen = isAtLeast(useSession(), 'MANAGER');
  const { data } = useQuery(DiningRoomDocument, { pollInterval: POLL_MS });
  const [set, { loading, error }] = useMutation(SetDiningRoomDocument);
  const room = useLastKnown('', data)?.diningRoom;
  if (!room) return null;
  const toggle = (open: boolean) => {
    set({
      variables: { input: { open } },
      optimisticResponse: { setDiningRoom: { diningRoom: { ...room, open } } },
      update: (cache, { data: done }) => {
        if (!done) return;
        cache.writeQuery({ query: DiningRoomDocument, data: { diningRoom: done.setDiningRoom.diningRoom } });
      },
    }).catch(() => {
      // `error` shows it.
    });
  };
  return (
    <Tooltip describeChild title={error?.message ?? t('diningRoom.tip', { count: room.ordersPerMinute })}>
      <FormControlLabel
        control={
          <Switch
            size="small"
            color={error ? 'error' : 'primary'}
            checked={room.open}
            disabled={!mayOpen || loading}
            onChange={(_event, open) => toggle(open)}
          />
        }
        label={t('diningRoom.label')}
        slotProps={{ typography: { variant: 'body2' } }}
      />
    </Tooltip>
  );
}
