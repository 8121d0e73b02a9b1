import { describe, expect, test } from '@jest/globals';
import { judgePlainString } from './user-text.ts';

describe('a plain z.string()', () => {
  test.each([
    'schema/messages/menu.ts',
    'subgraphs/menu/src/dish/dish.ts',
    'subgraphs/menu/src/use-cases/create-category.ts',
    'subgraphs/orders/src/graphql/order-filter.input.ts',
    'subgraphs/platform/src/use-cases/edit-dead-letter.ts',
    'subgraphs/identity/src/account/registration.ts',
  ])('is refused in %s', (file) => expect(judgePlainString(file)).toContain('text({'));

  test.each([
    'schema/messages/text.ts',
    'schema/messages/text.test.ts',
    'subgraphs/menu/src/config.ts',
    'subgraphs/identity/src/tokens/key-store.ts',
    'subgraphs/kitchen/tests/kitchen-world.ts',
    'subgraphs/service-kit/src/config/base-config.ts',
    'router/src/settings/settings.ts',
  ])('is no matter of this rule in %s', (file) => expect(judgePlainString(file)).toBeUndefined());
});
