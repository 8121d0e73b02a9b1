import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { charge, refund, voidCharge } from './charge.ts';
import { noFaults } from './faults.ts';
import { Ledger } from './ledger.ts';

const request = { token: 'tok_visa', amountMinor: 1_000, currency: 'EUR' as const, reference: 'order' };

describe('the provider', () => {
  let folder: string;
  let ledger: Ledger;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledger-'));
    ledger = await Ledger.open(folder);
  });
  afterEach(async () => {
    await ledger.close();
    await rm(folder, { recursive: true });
  });

  test('takes money once under a key, however often and at once it is asked', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => charge(ledger, noFaults, 'k', request)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(ledger.entries()).toHaveLength(1);
    await expect(charge(ledger, noFaults, 'k', { ...request, amountMinor: 999 })).rejects.toMatchObject({
      status: 409,
    });
  });

  test('declines a charge that comes after its key was closed, and answers one that came before', async () => {
    expect(await voidCharge(ledger, 'late', { reference: 'order' })).toMatchObject({ status: 'declined' });
    expect(await charge(ledger, noFaults, 'late', request)).toMatchObject({ status: 'declined' });
    const taken = await charge(ledger, noFaults, 'early', request);
    expect(await voidCharge(ledger, 'early', { reference: 'order' })).toBe(taken);
  });

  test('gives back what was taken and no cent more, also after it was started again', async () => {
    const { id: chargeId } = await charge(ledger, noFaults, 'k', request);
    const give = (key: string, amountMinor: number) =>
      refund(ledger, key, { chargeId, amountMinor, reference: 'order' });
    await Promise.all([give('a', 600), give('a', 600)]);
    await expect(give('b', 401)).rejects.toMatchObject({ status: 422 });
    await ledger.close();
    ledger = await Ledger.open(folder);
    await expect(give('b', 401)).rejects.toMatchObject({ status: 422 });
    await give('b', 400);
    await expect(give('c', 1)).rejects.toMatchObject({ status: 422 });
    await expect(refund(ledger, 'd', { chargeId: 'none', amountMinor: 1, reference: 'order' })).rejects.toMatchObject({
      status: 404,
    });
  });

  test('what the disk refused has not happened: it is answered to nobody, and may be asked for again', async () => {
    const probe = await open(join(folder, 'ledger.jsonl'), 'a');
    const fail = jest
      .spyOn(Object.getPrototypeOf(probe) as typeof probe, 'datasync')
      .mockRejectedValueOnce(new Error('ENOSPC'));
    try {
      const answers = await Promise.allSettled([
        charge(ledger, noFaults, 'k', request),
        charge(ledger, noFaults, 'k', request),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect(ledger.entries()).toEqual([]);
      const again = await charge(ledger, noFaults, 'k', request);
      await ledger.close();
      ledger = await Ledger.open(folder);
      expect(ledger.entries()).toEqual([again]);
    } finally {
      fail.mockRestore();
      await probe.close();
    }
  });
});
