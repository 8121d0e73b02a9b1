import { GraphQLError } from 'graphql';
import { apiSchemaOf, compose } from '../composition.ts';
import { lintSdl } from '../lint/lint-sdl.ts';
import { faultsOf, type RecordedOperation } from '../recorded-operation.ts';
import type { Registry, Signature } from '../registry.ts';
import type { PublishedVariant } from '../store/published-variant.ts';
import { buildError, hashOf, lintResult, workflowOf } from './answers.ts';

interface GitContext {
  committer?: string | null;
  message?: string | null;
}
interface NamedVariant {
  name: string;
  variant: PublishedVariant;
}
interface PublishArguments {
  name: string;
  url: string | null;
  activePartialSchema: { sdl: string | null };
  graphVariant: string;
  gitContext: GitContext | null;
}

export function resolversOf(registry: Registry) {
  // A variant that is empty is none to rover, which otherwise takes it for a graph without subgraphs and refuses it.
  const named = (name: string): NamedVariant | null => {
    const variant = registry.variants.get(name);
    return variant && variant.subgraphs.length > 0 ? { name, variant } : null;
  };
  const existing = (name: string): PublishedVariant => {
    const found = registry.variants.get(name);
    if (!found) throw new GraphQLError(`there is no variant ${name}`, { extensions: { code: 'NOT_FOUND' } });
    return found;
  };
  const graph = (_: unknown, { id }: { id: string }) => (id === registry.graphId ? { id } : null);

  return {
    Query: {
      frontendUrlRoot: () => '',
      graph,
      variant: (_: unknown, { ref }: { ref: string }) => {
        const [graphId, name = 'current'] = ref.split('@');
        if (!graphId) return { __typename: 'InvalidRefFormat', message: `${ref} is not <graph>@<variant>` };
        const found = graphId === registry.graphId ? named(name) : null;
        return found && { __typename: 'GraphVariant', ...found };
      },
      me: () => ({ __typename: 'Graph', id: registry.graphId }),
    },
    Mutation: { graph },
    Graph: {
      title: ({ id }: { id: string }) => id,
      asActor: () => ({ type: 'GRAPH' }),
      variants: () => [...registry.variants.keys()].flatMap((name) => named(name) ?? []),
      variant: (_: unknown, { name }: { name: string }) => named(name),
      checkWorkflow: (_: unknown, { id }: { id: string }) => {
        const check = registry.findCheck(id);
        return check ? workflowOf(check) : null;
      },
    },
    GraphVariant: {
      subgraphs: ({ variant }: NamedVariant) => variant.subgraphs.map(subgraphOf),
      subgraph: ({ variant }: NamedVariant, { name }: { name: string }) => {
        const found = variant.subgraphs.find((subgraph) => subgraph.name === name);
        return found ? subgraphOf(found) : null;
      },
      latestApprovedLaunch: launchOf,
      latestLaunch: launchOf,
      latestPublication: ({ variant }: NamedVariant) => {
        const served = compose(variant.served);
        return served.ok ? { schema: { document: served.supergraphSdl } } : null;
      },
    },
    Launch: { buildInput: () => ({ version: null }) },
    GraphMutation: {
      variant: (_: unknown, { name }: { name: string }) => named(name),
      publishSubgraph: async (_: unknown, given: PublishArguments) => {
        const { sdl } = given.activePartialSchema;
        if (sdl === null) throw new GraphQLError('a subgraph is published with its SDL');
        const subgraph = { name: given.name, url: given.url ?? '', sdl };
        const variant = existing(given.graphVariant);
        const { composition, before } = await registry.publish(variant, subgraph, signatureOf(given.gitContext));
        return {
          compositionConfig: { schemaHash: composition.ok ? hashOf(composition.supergraphSdl) : '' },
          errors: composition.ok ? [] : composition.errors.map(buildError),
          updatedGateway: composition.ok,
          wasCreated: before === undefined,
          wasUpdated: before !== undefined && before.sdl !== sdl,
        };
      },
      removeImplementingServiceAndTriggerComposition: async (
        _: unknown,
        { graphVariant, name, dryRun }: { graphVariant: string; name: string; dryRun: boolean },
      ) => {
        const composition = await registry.remove(existing(graphVariant), name, signatureOf(null), dryRun);
        return { errors: composition.ok ? [] : composition.errors.map(buildError), updatedGateway: composition.ok };
      },
      validateOperations: (_: unknown, { tag, operations }: { tag: string; operations: RecordedOperation[] }) => ({
        validationResults: invalidOperations(existing(tag), operations),
      }),
      lintSchema: (_: unknown, { sdl, baseSdl }: { sdl: string; baseSdl: string | null }) =>
        lintResult(lintSdl(sdl, baseSdl ?? undefined)),
    },
    GraphVariantMutation: {
      submitSubgraphCheckAsync: async (
        { variant }: NamedVariant,
        { input }: { input: { subgraphName: string; proposedSchema: string } },
      ) => {
        const { id } = await registry.check(variant, input.subgraphName, input.proposedSchema);
        return { __typename: 'CheckRequestSuccess', targetURL: '', workflowID: id };
      },
    },
  };
}

const subgraphOf = ({ name, url, sdl, updatedAt }: PublishedVariant['subgraphs'][number]) => ({
  name,
  url,
  updatedAt,
  activePartialSchema: { sdl },
});

function launchOf({ variant }: NamedVariant) {
  const result = compose(variant.subgraphs);
  const build = result.ok
    ? { __typename: 'BuildSuccess', coreSchema: { coreDocument: result.supergraphSdl } }
    : { __typename: 'BuildFailure', errorMessages: result.errors.map(buildError) };
  return { build: { result: build } };
}

function invalidOperations(variant: PublishedVariant, operations: readonly RecordedOperation[]) {
  const served = compose(variant.served);
  if (!served.ok) throw new GraphQLError('nothing that composes was published', { extensions: { code: 'NOT_FOUND' } });
  const schema = apiSchemaOf(served.supergraphSdl);
  return operations.flatMap((operation) =>
    faultsOf(schema, operation).map((description) => ({
      type: 'FAILURE',
      code: 'INVALID_OPERATION',
      description,
      operation: { name: operation.name },
    })),
  );
}

const signatureOf = (git: GitContext | null): Signature => ({
  who: git?.committer ?? 'unknown',
  why: git?.message ?? '',
});
