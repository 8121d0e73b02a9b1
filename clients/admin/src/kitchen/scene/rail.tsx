import { useFrame } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import type { Group } from 'three';
import { isEnded, type TicketState } from '../twin/ticket-log.ts';
import type { Room } from './layout.ts';
import { box, darkSteel, plane } from './materials.ts';
import { FONT, createPaper, writeFitting } from '../../drawing/paper.ts';
import { probe } from './probe.ts';
import { hangTickets, type Hook } from './hang-tickets.ts';

const HEIGHT = 3.1;
/** From the wall, metres. */
const OFF_WALL = 1.9;
/** Of the way to its hook that a ticket goes in a second, as an exponent. */
const PACE = 3;

interface RailProps {
  readonly tickets: readonly TicketState[];
  readonly room: Room;
  /** The order whose tickets stand out; null for none. */
  readonly markedOrder: string | null;
}

/** The rail with the tickets of what is queued and cooking: each hangs over the station that has it. */
export function Rail({ tickets, room, markedOrder }: RailProps) {
  const hooks = useMemo(() => hangTickets(tickets, room), [tickets, room]);
  const depth = room.depth / -2 + OFF_WALL;
  useEffect(() => {
    probe.tickets = tickets.length;
  }, [tickets]);
  return (
    <>
      <mesh geometry={box} material={darkSteel} position={[0, HEIGHT + 0.3, depth]} scale={[room.width, 0.05, 0.08]} />
      {tickets.map((ticket) => {
        const hook = hooks.get(ticket.ticketId);
        return (
          hook && (
            <Ticket
              isMarked={ticket.orderId !== null && ticket.orderId === markedOrder}
              key={ticket.ticketId}
              ticket={ticket}
              hook={hook}
              start={room.width / -2}
              depth={depth}
            />
          )
        );
      })}
    </>
  );
}

const colours: Partial<Record<TicketState['status'], string>> = {
  QUEUED: '#fff7e0',
  COMMANDED: '#ffe9a8',
  COOKING: '#ffd0a0',
  RECALLED: '#ffb3a8',
  READY: '#c5efc2',
  FAILED: '#f2a0a0',
  CANCELLED: '#d6d6d6',
};

interface TicketProps {
  readonly ticket: TicketState;
  readonly hook: Hook;
  /** Where it comes in, metres along the rail. */
  readonly start: number;
  readonly depth: number;
  readonly isMarked: boolean;
}

function Ticket({ ticket, hook, start, depth, isMarked }: TicketProps) {
  const group = useRef<Group>(null);
  const paper = useMemo(() => createPaper(256, 160), []);
  useEffect(() => () => paper.texture.dispose(), [paper]);
  const { dishName, quantity, status, step } = ticket;
  useEffect(() => {
    paper.draw((context, width, height) => {
      context.fillStyle = colours[status] ?? '#ffffff';
      context.fillRect(0, 0, width, height);
      if (isMarked) {
        context.strokeStyle = '#d0261a';
        context.lineWidth = 16;
        context.strokeRect(0, 0, width, height);
      }
      context.fillStyle = '#2a2320';
      context.font = `700 30px ${FONT}`;
      writeFitting(context, `${quantity} × ${dishName}`, 14, 46, width - 28);
      context.font = `400 26px ${FONT}`;
      writeFitting(context, step ? `${step.index}/${step.count} ${step.name}` : status, 14, 92, width - 28);
      context.font = `600 20px ${FONT}`;
      context.fillText(status, 14, 138);
    });
  }, [paper, dishName, quantity, status, step, isMarked]);
  useFrame((_state, seconds) => {
    const card = group.current;
    if (!card) return;
    const part = 1 - Math.exp(-PACE * Math.min(seconds, 0.1));
    card.position.x += (hook.x - card.position.x) * part;
    card.position.y += (HEIGHT - hook.row * 0.53 - (isEnded(status) ? 0.15 : 0) - card.position.y) * part;
  });
  return (
    <group ref={group} position={[start, HEIGHT, depth + 0.02 + hook.row * 0.02]}>
      <mesh geometry={plane} scale={isMarked ? [1, 0.625, 1] : [0.8, 0.5, 1]}>
        <meshBasicMaterial map={paper.texture} toneMapped={false} />
      </mesh>
    </group>
  );
}
