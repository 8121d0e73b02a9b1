import { describe, expect, test } from '@jest/globals';
import { judgeImport } from './layers.ts';

describe('the dependency direction', () => {
  test.each([
    ['schema/messages/orders.ts', '@brigade/service-kit'],
    ['subgraphs/service-kit/src/runtime.ts', '@brigade/orders'],
    ['subgraphs/orders/src/service.ts', '@brigade/menu'],
    ['subgraphs/orders/src/service.ts', '@brigade/router'],
    ['subgraphs/orders/src/service.ts', '@brigade/kitchen-device'],
    ['subgraphs/payments/src/service.ts', '@brigade/payment-provider'],
    ['subgraphs/orders/src/service.ts', '../../menu/src/index.ts'],
    ['subgraphs/orders/src/service.ts', '../../../infra/local/src/ports.ts'],
    ['subgraphs/orders/src/service.ts', '../../service-kit/tests/test-runtime.ts'],
    ['subgraphs/orders/tests/orders.int.test.ts', '../../menu/tests/start-menu.ts'],
    ['subgraphs/orders/tests/orders.int.test.ts', '@brigade/menu'],
    ['router/src/service.ts', '@brigade/orders'],
    ['kitchen-device/src/service.ts', '@brigade/kitchen'],
    ['clients/admin/src/app.ts', '@brigade/service-kit'],
    ['infra/local/src/main.ts', '@brigade/orders'],
    ['infra/security/src/stage.ts', '@brigade/router'],
    ['infra/security/src/stage.ts', '../../../router/src/service.ts'],
    ['infra/saga-model/orders.ts', '../../subgraphs/orders/src/store/order-repository.ts'],
    ['infra/saga-model/orders.ts', '@brigade/orders'],
  ])('%s may not import %s', (file, specifier) => {
    expect(judgeImport(file, specifier)).toBeDefined();
  });

  test.each([
    ['subgraphs/service-kit/src/runtime.ts', '@brigade/schema'],
    ['subgraphs/orders/src/service.ts', '@brigade/service-kit'],
    ['subgraphs/inventory/src/seed.ts', '@brigade/schema/demo-data'],
    ['subgraphs/orders/src/graphql/schema.ts', '../read-models/project.ts'],
    ['subgraphs/orders/tests/orders.int.test.ts', '../../service-kit/tests/test-runtime.ts'],
    ['subgraphs/payments/tests/payments.int.test.ts', '@brigade/payment-provider'],
    ['subgraphs/host/src/definitions.ts', '@brigade/orders'],
    ['infra/schema/src/subgraphs.ts', '@brigade/orders'],
    ['infra/security/src/stage.ts', '../../e2e/src/restaurant.ts'],
    ['infra/saga-model/orders.ts', '../../subgraphs/orders/src/order/decide.ts'],
    ['infra/saga-model/orders.ts', '../../subgraphs/orders/src/messaging/publishes.ts'],
    ['clients/admin/src/app.ts', '@brigade/graphql'],
    ['jest.config.mjs', '@brigade/orders'],
  ])('%s may import %s', (file, specifier) => {
    expect(judgeImport(file, specifier)).toBeUndefined();
  });
});

describe('the pure domain', () => {
  test.each([
    ['subgraphs/orders/src/order/decide.ts', '../store/entities.ts'],
    ['subgraphs/orders/src/order/decide.ts', '@brigade/service-kit'],
    ['subgraphs/orders/src/order/decide.ts', 'node:fs'],
    ['subgraphs/orders/src/order/errors.ts', 'zod'],
    ['subgraphs/inventory/src/stock/reservation.ts', '@mikro-orm/core'],
    ['subgraphs/payments/src/payment/payment.ts', 'uuid'],
    ['subgraphs/kitchen/src/ticket/decide.ts', '../config.ts'],
    ['kitchen-device/src/physics/food.ts', '../device/device.ts'],
  ])('%s may not import %s', (file, specifier) => {
    expect(judgeImport(file, specifier)).toContain('pure domain');
  });

  test.each([
    ['subgraphs/orders/src/order/decide.ts', './order.ts'],
    ['subgraphs/orders/src/order/order.ts', '@brigade/schema'],
    ['subgraphs/orders/src/order/errors.ts', '@brigade/service-kit'],
    ['subgraphs/orders/src/order/decide.test.ts', 'fast-check'],
    ['kitchen-device/src/device/device.ts', '../physics/food.ts'],
  ])('%s may import %s', (file, specifier) => {
    expect(judgeImport(file, specifier)).toBeUndefined();
  });
});
