import { createPrivateKey, createPublicKey, randomUUID, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  SignJWT,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose';

export interface TokenParts {
  /** Over those of a good token; `undefined` leaves one out. */
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/**
 * Makes access tokens: with identity's own key, as nobody outside could, to see that a good signature alone is not
 * enough; and with what an attacker has.
 */
export class Forger {
  private constructor(
    private readonly key: CryptoKey,
    private readonly jwk: JWK,
    private readonly actorSecret: string,
  ) {}

  static async open(env: Readonly<Record<string, string>>): Promise<Forger> {
    const jwk = JSON.parse(readFileSync(join(env.KEYS_DIR ?? '', 'signing-key.json'), 'utf8')) as JWK;
    return new Forger((await importJWK(jwk, 'EdDSA')) as CryptoKey, jwk, env.ACTOR_SECRET ?? '');
  }

  get kid(): string {
    return String(this.jwk.kid);
  }

  /** What identity publishes. */
  get publicJwk(): JWK {
    const { kty, crv, x, kid } = this.jwk;
    return { kty: kty ?? 'OKP', crv: crv ?? '', x: x ?? '', kid: kid ?? '' };
  }

  get publicKey(): KeyObject {
    return createPublicKey({ key: this.publicJwk as never, format: 'jwk' });
  }

  /** Signed by identity's own key. */
  signed(userId: string, { header = {}, claims = {} }: TokenParts = {}): Promise<string> {
    const token = new SignJWT(claimsOf(userId, claims));
    return token.setProtectedHeader(this.#headerOf(header)).sign(this.key);
  }

  /** Signed by a secret that both ends would share (HS256). */
  signedWithSecret(
    userId: string,
    secret: Uint8Array,
    header: Readonly<Record<string, unknown>> = {},
  ): Promise<string> {
    const token = new SignJWT(claimsOf(userId, {}));
    return token.setProtectedHeader(this.#headerOf({ ...header, alg: 'HS256' })).sign(secret);
  }

  /** Signed by a key pair of the attacker's own; answers its public half too. */
  async signedByStranger(userId: string, header: (own: JWK) => Readonly<Record<string, unknown>>): Promise<string> {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
    const own = { ...(await exportJWK(publicKey)), kid: this.kid, alg: 'EdDSA' };
    return new SignJWT(claimsOf(userId, {})).setProtectedHeader(this.#headerOf(header(own))).sign(privateKey);
  }

  /** Signed by identity's own key, past a library that would not sign such a header. */
  signedText(userId: string, header: Readonly<Record<string, unknown>>): string {
    const text = this.unsigned(userId, header).slice(0, -1);
    const key = createPrivateKey({ key: this.jwk as never, format: 'jwk' });
    return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`;
  }

  /** Header and claims, with whatever stands in the place of the signature. */
  unsigned(userId: string, header: Readonly<Record<string, unknown>>, signature = ''): string {
    return `${encode(this.#headerOf(header))}.${encode(claimsOf(userId, {}))}.${signature}`;
  }

  /** The internal header in which the router tells subgraphs who is asking. */
  actor(actor: object, { header = {}, claims = {} }: TokenParts = {}, secret = this.actorSecret): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    return new SignJWT({ actor, iat: now, exp: now + 60, ...claims })
      .setProtectedHeader({ alg: 'HS256', typ: 'actor+jwt', ...header })
      .sign(new TextEncoder().encode(secret));
  }

  #headerOf(header: Readonly<Record<string, unknown>>): JWTHeaderParameters {
    return { alg: 'EdDSA', typ: 'at+jwt', kid: this.kid, ...header };
  }
}

function claimsOf(userId: string, claims: Readonly<Record<string, unknown>>): JWTPayload {
  const now = Math.floor(Date.now() / 1_000);
  return {
    sub: userId,
    iss: 'brigade',
    aud: 'brigade-api',
    iat: now,
    exp: now + 600,
    jti: randomUUID(),
    roles: ['GUEST', 'ADMIN'],
    name: 'Mallory',
    ...claims,
  } as JWTPayload;
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
