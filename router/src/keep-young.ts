import { setFlagsFromString } from 'node:v8';

/**
 * V8 allocates among the old objects from the start what was made at a place whose objects have often survived. A router
 * that is busy when it starts teaches it so; afterwards each of those objects, long dead, keeps alive what it points to,
 * until the next full collection (decision 0023).
 */
setFlagsFromString('--no-allocation-site-pretenuring');
