import type { DishLookFragment, TrackedTicketFragment } from '@brigade/graphql';
import { useText } from '../i18n/use-text.ts';
import { DishPicture } from '../pictures/dish-picture.tsx';
import { StationScene, showsDish } from './station-scene.tsx';

interface TicketCardProps {
  readonly ticket: TrackedTicketFragment;
  /** What the menu says of its dish; null when it is not known. */
  readonly look: DishLookFragment | null;
}

/** A dish on its way through the kitchen: where it is now, and how far. */
export function TicketCard({ ticket, look }: TicketCardProps) {
  const { t } = useText();
  const { status, step, station, dishName, quantity } = ticket;
  const dish = look ?? { name: dishName };
  const isUnderWay = status === 'COMMANDED' || status === 'COOKING' || status === 'RECALLED';
  return (
    <li className={`ticket card ${status.toLowerCase()}`} data-ticket={status}>
      <div className="ticket-scene">
        {isUnderWay && station ? (
          <StationScene kind={station.kind} isHot={status === 'COOKING'} dish={dish} />
        ) : (
          <DishPicture dish={dish} />
        )}
        {isUnderWay && station && !showsDish(station.kind) && (
          <span className="ticket-dish">
            <DishPicture dish={dish} />
          </span>
        )}
      </div>
      <div className="ticket-text">
        <h3>
          {quantity} × {dishName}
        </h3>
        <p role="status" className="ticket-place">
          {place()}
        </p>
        <Progress ticket={ticket} />
        <p className="soft">
          {step ? t('tracking.step', { index: step.index, count: step.count, name: step.name }) : ''}
          {isUnderWay && station ? ` · ${station.name}` : ''}
        </p>
      </div>
    </li>
  );

  function place(): string {
    if (status === 'COOKING' && station) return t(`tracking.cooking.${station.kind}`);
    return t(`tracking.ticket.${status}`);
  }
}

/** A part for each step of the recipe; before the kitchen knows the recipe, one. */
function Progress({ ticket: { status, step } }: { ticket: TrackedTicketFragment }) {
  const { t } = useText();
  const isReady = status === 'READY';
  const count = step?.count ?? 1;
  const done = isReady ? count : (step?.index ?? 1) - 1;
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={t('tracking.progress')}
      aria-valuemin={0}
      aria-valuemax={count}
      aria-valuenow={done}
    >
      {Array.from({ length: count }, (_nothing, index) => (
        <span
          key={index}
          className={index < done ? 'part done' : index === done && status === 'COOKING' ? 'part busy' : 'part'}
        />
      ))}
    </div>
  );
}
