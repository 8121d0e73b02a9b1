/** What `npm start -- --help` prints. */
export const HELP = `Brigade: a restaurant as a federated supergraph, started on this machine.

  npm start                   private servers, build, migrations, seed, all processes; Ctrl-C ends it
  npm run dev                 the same from source, restarting on change
  npm run order               order two dishes as a guest and watch them being cooked
  npm run doctor              what this machine has and lacks, and what runs
  npm run clean               delete builds and data (asks first)
  npm run orders:rebuild      rebuild the read models of orders from its events
  npm run dead-letters        list, show, edit, redrive, discard what could not be handled (-- --help)
  npm run orders:replay ID    an order's life, event by event, with the state after each

Options (after --, for example: npm start -- --fresh)
  --fresh          begin with empty data
  --no-seed        do not seed the menu, the stock and the demo accounts
  --demo[=12]      virtual guests who order, so many times a minute (1 to 240)
  --data FOLDER    keep the data there
  --yes            clean without asking
  --help           this

Environment
  BRIGADE_PORT     the router's port, the others follow it (4000)
  BRIGADE_DATA     where the data is kept (.data)
  BRIGADE_SERVERS  own: private servers from Debian packages (default); docker: from docker-compose.yml
  POSTGRES_URL, MONGODB_URI, REDIS_URL, AMQP_URL (and AMQP_MANAGEMENT_URL)
                   use this server instead of starting one
  BRIGADE_NAMESPACE  prefix of databases, keys and exchanges (brigade)
  HOST             where Brigade's own processes listen: 127.0.0.1 or 0.0.0.0
  LOG_LEVEL        trace, debug, info, warn, error, fatal, silent (info)
  KITCHEN_PROFILE  default or load; KITCHEN_CLOCK: speed factor of the emulated kitchen
  TELEMETRY_INTERVAL_MS  how often its devices tell of themselves (250; 1000 in the profile load)
  DEMO_PASSWORD    of the demo accounts when they are seeded (brigade-demo)
  OTEL_EXPORTER_OTLP_ENDPOINT  where traces go
Whatever else is set reaches every process.`;
