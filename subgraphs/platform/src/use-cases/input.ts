import { textSchema } from '@brigade/schema';
import { z } from 'zod';

/** A dead letter's id as people send it. */
export const deadLetterId = z.uuid('must be the id of a dead letter');

/** Why somebody does it; the audit keeps it. */
export const why = textSchema.trim().min(1, 'say why, for the audit').max(500);

/** Of a message or a consumer. */
export const filterName = textSchema.min(1).max(200);
