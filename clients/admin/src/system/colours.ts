import type { SystemHealth, SystemTraffic } from '@brigade/graphql';

export const healthColours: Record<SystemHealth, string> = {
  UP: '#4fae6a',
  DEGRADED: '#e0a030',
  DOWN: '#e5484d',
  UNKNOWN: '#8d8d8d',
};

export const trafficColours: Record<SystemTraffic, string> = {
  REQUESTS: '#5aa9f0',
  MESSAGES: '#f2a65a',
  TRANSACTIONS: '#9a86e8',
  COMMANDS: '#d873b0',
  TELEMETRY: '#58c7b8',
};
export const ERROR_COLOUR = '#ff4d4d';
