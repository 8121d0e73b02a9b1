import { ForStaff, requireRole, type RequestContext } from '@brigade/service-kit';
import { Ctx, Query, Resolver } from 'type-graphql';
import type { PlatformApi } from '../deps.ts';
import { SystemMap } from './system-map.type.ts';

@Resolver(() => SystemMap)
export class SystemMapResolver {
  constructor(private readonly deps: PlatformApi) {}

  @ForStaff()
  @Query(() => SystemMap, {
    description:
      'What runs, how it is, and what goes between, over the last seconds; for staff. While nobody asks nothing is measured, so the first answer takes a second.',
  })
  async systemMap(@Ctx() { actor }: RequestContext): Promise<SystemMap> {
    requireRole(actor, 'STAFF', 'MANAGER', 'ADMIN');
    return { at: new Date(), ...(await this.deps.system.read()) };
  }
}
