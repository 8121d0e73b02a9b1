import { text } from '@brigade/schema';
import { z } from 'zod';

/** One person, one spelling: ` Ada@Example.org ` and `ada@example.org` are the same account. */
export const normaliseEmail = (email: string): string => email.trim().toLowerCase();

/** 8 to 128 characters and no rules of composition (NIST SP 800-63B, 5.1.1.2). */
export const passwordSchema = text({ min: 8, max: 128 });

/** What a new account needs. 254 characters are the most that an address in SMTP can have (RFC 5321, 4.5.3.1.3). */
export const registrationSchema = z.strictObject({
  email: text({ min: 0, max: 320, trim: true }).transform(normaliseEmail).pipe(z.email().max(254)),
  password: passwordSchema,
  name: text({ max: 100, trim: true }),
});
export type Registration = z.infer<typeof registrationSchema>;

/** What is looked at in a login; whether it could be an account at all is not told. */
export const loginSchema = z.strictObject({
  email: text({ min: 0, max: 320, trim: true }).transform(normaliseEmail),
  password: text({ min: 0, max: 128 }),
});
