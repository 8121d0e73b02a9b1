import { randomBytes } from 'node:crypto';
import type { PostgresOrm } from '@brigade/service-kit';

/** An account of a virtual guest; made here, known nowhere else. */
export interface GuestAccount {
  readonly seat: number;
  readonly email: string;
  readonly password: string;
  readonly registered: boolean;
}

/** The accounts of virtual guests: each is registered once, and comes back after a restart. */
export class GuestStore {
  constructor(private readonly orm: PostgresOrm) {}

  /** The account of a seat, written down before anybody is told of it. */
  async account(seat: number): Promise<GuestAccount> {
    const em = this.orm.em.fork();
    const name = randomBytes(6).toString('hex');
    await em.execute('insert into dining_guests (seat, email, password) values (?, ?, ?) on conflict do nothing', [
      seat,
      `table-${seat + 1}.${name}@dining-room.test`,
      randomBytes(24).toString('base64url'),
    ]);
    const [account] = await em.execute<GuestAccount[]>(
      'select seat, email, password, registered from dining_guests where seat = ?',
      [seat],
    );
    return account as GuestAccount;
  }

  async markRegistered(seat: number): Promise<void> {
    await this.orm.em.fork().execute('update dining_guests set registered = true where seat = ?', [seat]);
  }
}
