// Before every command of package.json. It must run on the oldest Node that npm can start, so it uses nothing new:
// where Node 24 is missing, Node's own error (ERR_UNKNOWN_FILE_EXTENSION) tells nobody what to do.
const NEEDED = 24;
if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  console.error(
    [
      'Brigade needs Node ' +
        NEEDED +
        ' or newer; this is Node ' +
        process.versions.node +
        ' (' +
        process.execPath +
        ').',
      'On Linux (x64, arm64) `npm ci` installs it into node_modules, unless optional packages are omitted:',
      '  npm ci --include=optional',
      'Elsewhere, on macOS for example, install Node ' + NEEDED + ' (https://nodejs.org) and run the command again.',
    ].join('\n'),
  );
  process.exit(1);
}
