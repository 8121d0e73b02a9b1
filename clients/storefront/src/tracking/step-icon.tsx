import type { OrderStep } from './order-steps.ts';

const paths: Record<OrderStep['status'], string> = {
  PLACED: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6',
  CONFIRMED: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8',
  PAID: 'M3 6h18v12H3zM3 10h18M7 15h4',
  COOKING: 'M5 11h14v5a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4zM2 12h3M19 12h3M9 3c-1 2 1 2 0 4M13 3c-1 2 1 2 0 4',
  READY: 'M3 18h18M5 18a7 7 0 0 1 14 0M12 8v3M10.5 7h3',
};

export function StepIcon({ status }: { status: OrderStep['status'] }) {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" className="step-icon">
      <path d={paths[status]} />
    </svg>
  );
}
