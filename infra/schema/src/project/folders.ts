import { join, resolve } from 'node:path';

/** The checkout that these tools belong to. */
export const repositoryRoot = resolve(import.meta.dirname, '../../../..');

/** The files of a project whose schema is worked on; the checkout's own unless a test says otherwise. */
export interface Project {
  readonly root: string;
  readonly roverConfig: string;
  readonly supergraph: string;
  /** What clients are known to send. */
  readonly operations: string;
  readonly clients: string;
  /** What the registry keeps: history, SDL, message contracts. */
  readonly published: string;
}

/** From the root of the checkout. */
export const PUBLISHED = 'schema/registry/published';

export const projectAt = (root: string): Project => ({
  root,
  roverConfig: join(root, 'rover.yaml'),
  supergraph: join(root, 'schema/supergraph.graphql'),
  operations: join(root, 'schema/operations'),
  clients: join(root, 'clients'),
  published: join(root, PUBLISHED),
});

export const messagesOf = (published: string): string => join(published, 'messages');
