import type { EventEvolution } from '@brigade/service-kit';

/** Every stored event is of version 1. The first change of a shape adds its upcaster here and its version above 1. */
export const eventEvolution: EventEvolution = { current: {}, upcast: (_type, _schemaVersion, data) => data };
