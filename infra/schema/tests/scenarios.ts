import type { ScratchProject } from './scratch-project.ts';

/** A change, and what the command says of it. */
export interface Scenario {
  /** Its name in the transcripts of schema/README.md. */
  readonly name: string;
  readonly change: (project: ScratchProject) => Promise<void>;
  /** As a person types it. */
  readonly typed: string;
  readonly command: 'check' | 'check-messages';
  readonly env?: NodeJS.ProcessEnv;
  /** Whether the files are compared with the running code. */
  readonly emit?: boolean;
  readonly code: 0 | 1;
  readonly says: readonly (string | RegExp)[];
}

const ORDERS = 'schema/subgraphs/orders.graphql';
const MENU = 'schema/subgraphs/menu.graphql';
const PAYMENTS = 'schema/subgraphs/payments.graphql';
const TOTAL = '  """What it costs, fixed when it was placed."""\n  total: Money!\n';
const CANCELLED = '  """Orders that were called off."""\n  cancelled: Int!\n';
const REVISION = '  """Grows by one with each change; pass it back as `expectedRevision`."""\n  revision: Int!\n';
const PAYMENT = '  """Its payment; null until there is one, or if it is not yours."""\n  payment: Payment\n';

const CHECK = { typed: 'npm run schema:check', command: 'check' } as const;

export const scenarios: readonly Scenario[] = [
  {
    ...CHECK,
    name: 'no change',
    change: async () => {},
    code: 0,
    says: [/pass {2}subgraph check orders +no change/, 'changes: 0, breaking: 0', 'schema check passed'],
  },
  {
    ...CHECK,
    name: 'safe change',
    change: (project) => project.edit(ORDERS, TOTAL, `  """Portions of all lines."""\n  portions: Int!\n${TOTAL}`),
    code: 0,
    says: [/pass {2}subgraph check orders +changed/, "safe: Field 'portions' was added to object type 'Order'"],
  },
  {
    ...CHECK,
    name: 'breaking change',
    change: (project) => project.edit(ORDERS, CANCELLED, ''),
    code: 1,
    says: [
      'error[E043]',
      "Field 'cancelled' was removed from object type 'OrderStatistics' (breaks OrderStatistics)",
      /FAIL {2}subgraph check orders/,
      /FAIL {2}client check/,
      'Cannot query field',
    ],
  },
  {
    ...CHECK,
    name: 'breaking change that nobody notices',
    change: (project) => project.edit(MENU, REVISION, ''),
    code: 0,
    says: ['(breaking, but no recorded operation uses it)', /warn {2}changes together +changes: 1, breaking: 1/],
  },
  {
    ...CHECK,
    name: 'breaking change that nobody notices, strictly',
    typed: 'CHECK_STRICT=1 npm run schema:check',
    env: { CHECK_STRICT: '1' },
    change: (project) => project.edit(MENU, REVISION, ''),
    code: 1,
    says: [/FAIL {2}subgraph check menu/, /FAIL {2}changes together/],
  },
  {
    ...CHECK,
    name: 'composition failure',
    change: (project) => project.edit(PAYMENTS, PAYMENT, `${PAYMENT}  """What it costs."""\n  total: Int!\n`),
    code: 1,
    says: ['error[E029]', 'FIELD_TYPE_MISMATCH', /FAIL {2}all together compose/],
  },
  {
    ...CHECK,
    name: 'coordinated change',
    change: async (project) => {
      await project.edit(ORDERS, TOTAL, '');
      await project.edit(PAYMENTS, PAYMENT, `${PAYMENT}${TOTAL}`);
    },
    code: 0,
    says: [
      /warn {2}subgraph check orders +fails alone and passes together/,
      /warn {2}subgraph check payments +fails alone and passes together/,
      /pass {2}changes together +changes: 0/,
    ],
  },
  {
    ...CHECK,
    name: 'stale SDL',
    emit: true,
    change: (project) => project.edit(ORDERS, '"""What it costs, fixed when it was placed."""', '"""What it costs."""'),
    code: 1,
    says: [/FAIL {2}SDL of orders +schema\/subgraphs\/orders\.graphql is stale: run npm run schema:compose/],
  },
  {
    name: 'incompatible message',
    typed: 'npm run messages:check',
    command: 'check-messages',
    change: (project) =>
      project.edit(
        'schema/registry/published/messages/orders.order-cancelled.v1.json',
        '"maxLength": 500',
        '"maxLength": 200',
      ),
    code: 1,
    says: [/FAIL {2}orders\.order-cancelled\.v1 +changed/, '/reason: maxLength was 500 and is 200'],
  },
];
