import { url } from '@brigade/service-kit';
import { z } from 'zod';

const target = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'expected lower-case letters, digits and -'),
  name: z.string().min(1).max(60),
  kind: z.enum(['ROUTER', 'SUBGRAPH', 'PROVIDER', 'DEVICE']),
  /** Below it are `/metrics`, `/health/ready` and `/errors`. */
  url: url('http', 'https'),
});
export type Target = Readonly<z.infer<typeof target>>;

/** The processes that a map of the system shows: a JSON list; none unless set. */
export const targetsSetting = z
  .string()
  .default('[]')
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'expected a JSON list of { id, name, kind, url }' });
      return z.NEVER;
    }
  })
  .pipe(
    z
      .array(target)
      .max(100)
      .refine((targets) => new Set(targets.map(({ id }) => id)).size === targets.length, {
        error: 'expected each id once',
      }),
  );
