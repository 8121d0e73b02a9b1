import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hasWork, nextStatus, type PaymentEvent, type PaymentStatus } from './payment.ts';

/** The provider's side of one payment: what its entry under the capture key says, and what went back of it. */
class Provider {
  entry: 'charged' | 'declined' | undefined;
  charges = 0;
  refunds = 0;

  constructor(private readonly declines: boolean) {}

  charge(): 'charged' | 'declined' {
    if (!this.entry) {
      this.entry = this.declines ? 'declined' : 'charged';
      if (!this.declines) this.charges += 1;
    }
    return this.entry;
  }
  /** Closes the key: a charge that comes later is declined. */
  void(): 'charged' | 'declined' {
    return (this.entry ??= 'declined');
  }
  refund(): 'all-refunded' {
    this.refunds = 1; // under one key, so asking again gives nothing more
    return 'all-refunded';
  }
}

/** A request that is on its way, or whose answer is. */
interface Call {
  ask: () => PaymentEvent;
  answer?: PaymentEvent;
}

/** What can happen next: a message, a worker's claim, or the fate of the n-th call. */
type Step =
  | { do: 'hear'; event: 'stock-reserved' | 'called-off' }
  | { do: 'work' }
  | { do: 'arrive' | 'answer' | 'lose'; call: number };

class Run {
  status: PaymentStatus = 'EXPECTED';
  reserved = false;
  calledOff = false;
  readonly calls: Call[] = [];
  readonly provider: Provider;

  constructor(declines: boolean) {
    this.provider = new Provider(declines);
  }

  take(step: Step): void {
    switch (step.do) {
      case 'hear':
        this.reserved ||= step.event === 'stock-reserved';
        this.calledOff ||= step.event === 'called-off';
        this.status = nextStatus(this.status, step.event);
        return;
      case 'work':
        if (hasWork(this.status)) this.calls.push({ ask: this.#request() });
        return;
      case 'arrive': {
        const call = this.calls[step.call];
        if (call) call.answer = call.ask();
        return;
      }
      case 'answer':
      case 'lose': {
        const [call] = this.calls.splice(step.call, 1);
        if (call?.answer && step.do === 'answer') this.status = nextStatus(this.status, call.answer);
        else if (call && !call.answer) call.ask(); // its answer is lost, not its effect
        return;
      }
      default:
        return step satisfies never;
    }
  }

  /** The worker goes on until there is nothing left to ask; stragglers arrive at last. */
  settle(): void {
    for (const call of this.calls.splice(0)) call.ask();
    while (hasWork(this.status)) this.status = nextStatus(this.status, this.#request()());
  }

  #request(): () => PaymentEvent {
    if (this.status === 'CAPTURING') return () => this.provider.charge();
    return this.status === 'UNWINDING' ? () => this.provider.void() : () => this.provider.refund();
  }
}

const step = fc.oneof<fc.Arbitrary<Step>[]>(
  fc.constant<Step>({ do: 'hear', event: 'stock-reserved' }),
  fc.constant<Step>({ do: 'hear', event: 'called-off' }),
  fc.constant<Step>({ do: 'work' }),
  fc.record({ do: fc.constantFrom('arrive', 'answer', 'lose'), call: fc.nat(3) }) as fc.Arbitrary<Step>,
);

test('whatever is heard, lost, late or repeated: charged at most once, and called off means nothing is held', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), (steps, declines) => {
      const run = new Run(declines);
      for (const next of steps) {
        run.take(next);
        if (!run.reserved) expect(run.provider.charges).toBe(0);
        expect(run.provider.charges).toBeLessThanOrEqual(1);
        if (run.status === 'CAPTURED') expect(run.provider.entry).toBe('charged');
      }
      run.settle();
      const held = run.provider.charges - run.provider.refunds;
      expect(held).toBe(run.status === 'CAPTURED' ? 1 : 0);
      if (run.calledOff) expect(held).toBe(0);
      else if (run.reserved) expect(run.status).toBe(declines ? 'DECLINED' : 'CAPTURED');
      else expect(run.status).toBe('EXPECTED');
    }),
    { numRuns: 2_000 },
  );
});
