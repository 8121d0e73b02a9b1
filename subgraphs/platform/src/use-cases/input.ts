import { text } from '@brigade/schema';
import { z } from 'zod';

/** A dead letter's id as people send it. */
export const deadLetterId = z.uuid('must be the id of a dead letter');

/** Why somebody does it; the audit keeps it. */
export const why = text({ max: 500, multiline: true, trim: true });

/** Of a message or a consumer. */
export const filterName = text({ max: 200 });
