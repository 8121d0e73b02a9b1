// Imported before @apollo/gateway, which would otherwise report metrics to Apollo.
process.env.APOLLO_TELEMETRY_DISABLED = 'true';
