// Preloaded into what `node --watch` runs: the watcher dies with the launcher, but what it watches would live on.
if (process.channel) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel.unref();
}
