import { describe, test } from '@jest/globals';
import type { Answer } from './answer.ts';
import type { Attack, OperationAttack } from './attack.ts';
import { judge } from './judge.ts';
import type { Stage } from './stage.ts';
import { transports, type TransportName } from './transports/index.ts';

/** Makes a test of each attack over each of its transports. */
export function describeAttacks(title: string, attacks: readonly Attack[], stage: () => Stage): void {
  describe(title, () => {
    for (const attack of attacks) {
      for (const { by, send, awaited } of waysOf(attack)) {
        const name = `${attack.name}, by ${by}${awaited ? ` (awaits ${attack.awaits})` : ''}`;
        // One that awaits something succeeds as yet. When it does so no more, its mark has to go.
        (awaited ? test.failing : test)(name, () => attempt(stage(), attack, send));
      }
    }
  });
}

type SendTo = (stage: Stage, url: string) => Promise<Answer>;

function waysOf(attack: Attack): readonly { by: string; send: SendTo; awaited: boolean }[] {
  const awaited = attack.awaits !== undefined;
  if ('send' in attack) return [{ by: attack.by, send: attack.send, awaited }];
  const { over, awaitedOver = over } = attack;
  return over.map((by) => ({ by, send: sendOver(attack, by), awaited: awaited && awaitedOver.includes(by) }));
}

const sendOver =
  (attack: OperationAttack, transport: TransportName): SendTo =>
  async (stage, url) => {
    const { operation, as = 'nobody', token, headers } = attack;
    return transports[transport](url, typeof operation === 'function' ? await operation(stage) : operation, {
      token: token ? await token(stage) : stage.tokenOf(as),
      headers: await headers?.(stage),
    });
  };

/** While it is attacked and afterwards, another client is served, by the same processes as before. */
async function attempt(stage: Stage, attack: Attack, send: SendTo): Promise<void> {
  const door = await stage.door(attack.door ?? 'production');
  const [answer] = await Promise.all([send(stage, door.url), door.serves()]);
  judge(answer, attack.expected);
  await attack.holds?.(stage, answer);
  await door.serves();
  door.lives();
}
