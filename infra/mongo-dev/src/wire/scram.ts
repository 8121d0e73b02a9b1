import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import { MongoError } from '../errors.ts';

const ITERATIONS = 15_000;

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (data: Buffer) => createHash('sha256').update(data).digest();

/** The one account of a store; only what SCRAM needs is kept of the password. */
export class Account {
  readonly username: string;
  readonly salt = randomBytes(28);
  readonly iterations = ITERATIONS;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;

  constructor(username: string, password: string) {
    this.username = username;
    const salted = pbkdf2Sync(password.normalize('NFKC'), this.salt, ITERATIONS, 32, 'sha256');
    this.storedKey = sha256(hmac(salted, 'Client Key'));
    this.serverKey = hmac(salted, 'Server Key');
  }
}

/** One SCRAM-SHA-256 conversation (RFC 5802, RFC 7677), the server's side. Any fault is code 18, without saying which. */
export class Conversation {
  private readonly account: Account;
  private readonly clientFirst: string;
  private readonly nonce: string;
  private finished = false;

  constructor(account: Account, payload: Buffer) {
    const text = payload.toString();
    // The header 'n,,' says: no channel binding, no other identity.
    if (!text.startsWith('n,,')) throw failed();
    this.account = account;
    this.clientFirst = text.slice(3);
    const { r } = attributes(this.clientFirst);
    if (!r) throw failed();
    this.nonce = r + randomBytes(24).toString('base64');
  }

  get serverFirst(): string {
    return `r=${this.nonce},s=${this.account.salt.toString('base64')},i=${this.account.iterations}`;
  }

  /** Checks the client's proof. Returns the server's signature; throws code 18. */
  verify(payload: Buffer): string {
    const text = payload.toString();
    const { c, r, p = '' } = attributes(text);
    const message = `${this.clientFirst},${this.serverFirst},${text.slice(0, text.lastIndexOf(',p='))}`;
    const signature = hmac(this.account.storedKey, message);
    const proof = Buffer.from(p, 'base64');
    if (this.finished || c !== 'biws' || r !== this.nonce || proof.length !== signature.length) throw failed();
    this.finished = true;
    const clientKey = Buffer.from(proof.map((byte, i) => byte ^ signature[i]!));
    const name = attributes(this.clientFirst).n?.replaceAll('=2C', ',').replaceAll('=3D', '=');
    const known = timingSafeEqual(sha256(clientKey), this.account.storedKey);
    if (!known || name !== this.account.username) throw failed();
    return `v=${hmac(this.account.serverKey, message).toString('base64')}`;
  }
}

const failed = () => new MongoError(18, 'Authentication failed.');

function attributes(text: string): Partial<Record<string, string>> {
  return Object.fromEntries(text.split(',').map((part) => [part[0] ?? '', part.slice(2)]));
}
