import { afterAll, beforeAll, describe } from '@jest/globals';
import { authorisation } from '../cases/authorisation.ts';
import { bodyAttacks } from '../cases/bodies.ts';
import { bombs } from '../cases/bombs.ts';
import { brokenFrames } from '../cases/broken-frames.ts';
import { csrf } from '../cases/csrf.ts';
import { disclosure } from '../cases/disclosure.ts';
import { doors } from '../cases/doors.ts';
import { floods } from '../cases/floods.ts';
import { greed } from '../cases/greed.ts';
import { hostileSubgraphs } from '../cases/hostile-subgraphs.ts';
import { idempotency } from '../cases/idempotency.ts';
import { injection } from '../cases/injection.ts';
import { isolation } from '../cases/isolation.ts';
import { ownership } from '../cases/ownership.ts';
import { persistedQueries } from '../cases/persisted.ts';
import { prototype } from '../cases/prototype.ts';
import { safelist } from '../cases/safelist.ts';
import { sessions } from '../cases/sessions.ts';
import { sockets } from '../cases/sockets.ts';
import { tokens } from '../cases/tokens.ts';
import { describeAttacks } from '../src/describe-attacks.ts';
import { Stage } from '../src/stage.ts';

const tables = {
  disclosure,
  doors,
  ownership,
  authorisation,
  prototype,
  'hostile subgraphs': hostileSubgraphs,
  'broken frames': brokenFrames,
  isolation,
  bombs,
  bodies: bodyAttacks,
  'cross-site requests': csrf,
  'persisted queries': persistedQueries,
  safelist,
  tokens,
  sessions,
  injection,
  'idempotency keys': idempotency,
  sockets,
  greed,
  floods,
};

// One Brigade for all of them: each attack must leave it as it was.
describe('attacks', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
  }, 180_000);
  afterAll(() => stage.close());

  for (const [title, attacks] of Object.entries(tables)) describeAttacks(title, attacks, () => stage);
});
