import {
  NotFound,
  ForManagers,
  PageArgs,
  Paginated,
  pageSize,
  requireRole,
  type Actor,
  type Page,
  type RequestContext,
} from '@brigade/service-kit';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { PlatformDeps } from '../deps.ts';
import { findDeadLetter, listDeadLetters } from '../store/list-dead-letters.ts';
import { discardDeadLetter } from '../use-cases/discard-dead-letter.ts';
import { editDeadLetter } from '../use-cases/edit-dead-letter.ts';
import { deadLetterId, filterName } from '../use-cases/input.ts';
import { redriveDeadLetters } from '../use-cases/redrive-dead-letters.ts';
import { actionsLoader } from './actions.loader.ts';
import { actionFrom, deadLetterFrom } from './dead-letter-from.ts';
import {
  DiscardDeadLetterInput,
  DiscardDeadLetterPayload,
  EditDeadLetterInput,
  EditDeadLetterPayload,
  RedriveDeadLettersInput,
  RedriveDeadLettersPayload,
} from './dead-letter.input.ts';
import { DeadLetter, DeadLetterAction, DeadLetterConnection, DeadLetterStatus } from './dead-letter.type.ts';

/** Payloads hold what guests typed, and a redrive moves money: for managers and admins. */
const requireKeeper = (actor: Actor): string => `user:${requireRole(actor, 'MANAGER', 'ADMIN').userId}`;

@Resolver(() => DeadLetter)
export class DeadLetterResolver {
  constructor(private readonly deps: PlatformDeps) {}

  @ForManagers()
  @Paginated()
  @Query(() => DeadLetterConnection, { description: 'Dead letters, newest first; for managers and admins.' })
  async deadLetters(
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('consumer', () => String, { nullable: true, description: 'Only those of this consumer, e.g. `orders`.' })
    consumer: string | null,
    @Arg('status', () => DeadLetterStatus, {
      nullable: true,
      defaultValue: DeadLetterStatus.WAITING,
      description: 'Only those that stand here; null for all.',
    })
    status: DeadLetterStatus | null,
    @Arg('messageName', () => String, { nullable: true, description: 'Only messages of this name.' })
    messageName: string | null,
    @Ctx() { actor }: RequestContext,
  ): Promise<Page<DeadLetter>> {
    requireKeeper(actor);
    const named = filterName.nullish();
    const filter = { consumer: named.parse(consumer), status, messageName: named.parse(messageName) };
    const { edges, pageInfo } = await listDeadLetters(this.deps.orm, filter, { first: pageSize(first), after });
    return { edges: edges.map(({ cursor, node }) => ({ cursor, node: deadLetterFrom(node) })), pageInfo };
  }

  @ForManagers()
  @Query(() => DeadLetter, {
    nullable: true,
    description: 'One dead letter; for managers and admins. `NOT_FOUND` where there is none.',
  })
  async deadLetter(
    @Arg('id', () => ID, { description: 'Id of the dead letter.' }) id: string,
    @Ctx() { actor }: RequestContext,
  ): Promise<DeadLetter> {
    requireKeeper(actor);
    const letter = await findDeadLetter(this.deps.orm, deadLetterId.parse(id));
    if (!letter) throw new NotFound(`There is no dead letter ${id}.`);
    return deadLetterFrom(letter);
  }

  @Mutation(() => EditDeadLetterPayload, {
    description:
      'Gives a waiting dead letter another payload. Refusals: `FORBIDDEN`, `BAD_USER_INPUT`, `NOT_FOUND`, `DEAD_LETTER_NOT_WAITING`, `DEAD_LETTER_UNREADABLE`, `DEAD_LETTER_NOT_EDITABLE`, `PAYLOAD_BREAKS_CONTRACT` (with `faults`).',
  })
  async editDeadLetter(
    @Arg('input', () => EditDeadLetterInput, { description: 'The edit.' }) input: EditDeadLetterInput,
    @Ctx() { actor }: RequestContext,
  ): Promise<EditDeadLetterPayload> {
    const who = requireKeeper(actor);
    return { deadLetter: deadLetterFrom(await editDeadLetter(this.deps, who, input)) };
  }

  @Mutation(() => RedriveDeadLettersPayload, {
    description:
      'Gives waiting dead letters back to their consumers, each under the id that it always had, so that an effect that happened does not happen again. By a filter up to 500 at a time. Refusals: `FORBIDDEN`, `BAD_USER_INPUT`, `NOT_FOUND`, `DEAD_LETTER_NOT_WAITING`, `DEAD_LETTER_UNREADABLE`.',
  })
  async redriveDeadLetters(
    @Arg('input', () => RedriveDeadLettersInput, { description: 'Which, and why.' }) input: RedriveDeadLettersInput,
    @Ctx() { actor }: RequestContext,
  ): Promise<RedriveDeadLettersPayload> {
    const who = requireKeeper(actor);
    const letters = await redriveDeadLetters(this.deps, who, input);
    return { deadLetters: letters.map(deadLetterFrom) };
  }

  @Mutation(() => DiscardDeadLetterPayload, {
    description:
      'Gives a waiting dead letter up; it stays in the books. Refusals: `FORBIDDEN`, `BAD_USER_INPUT`, `NOT_FOUND`, `DEAD_LETTER_NOT_WAITING`.',
  })
  async discardDeadLetter(
    @Arg('input', () => DiscardDeadLetterInput, { description: 'Which, and why.' }) input: DiscardDeadLetterInput,
    @Ctx() { actor }: RequestContext,
  ): Promise<DiscardDeadLetterPayload> {
    const who = requireKeeper(actor);
    return { deadLetter: deadLetterFrom(await discardDeadLetter(this.deps, who, input)) };
  }

  @FieldResolver(() => [DeadLetterAction], { description: 'Everything that happened to it, oldest first.' })
  async actions(@Root() { id }: DeadLetter, @Ctx() context: RequestContext): Promise<DeadLetterAction[]> {
    return (await actionsLoader(context, this.deps.orm).load(id)).map(actionFrom);
  }
}
