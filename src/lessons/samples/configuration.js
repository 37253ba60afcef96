// A configuration of two keys that must never be seen half old, half new: each version
// has znodes of its own, and one pointer says which version is in force.
const writer = await connect();
await writer.ensure('/config');
// Nothing is in force yet, also where an earlier run has left something.
await writer.retry(() => writer.set('/config', ''));

async function publish(version) {
  const path = `/config/v${version}`;
  await writer.retry(() => writer.create(path), ['NODEEXISTS']);
  await writer.retry(() => writer.create(`${path}/host`, `db-${version}`), ['NODEEXISTS']);
  await writer.retry(() => writer.create(`${path}/port`, `500${version}`), ['NODEEXISTS']);
  await writer.retry(() => writer.set('/config', String(version)));
  log('publishes', version);
}

async function reader(name) {
  const zk = await connect();
  for (;;) {
    const changed = watch();
    const { data: version } = await zk.retry(() => zk.get('/config', changed));
    if (version !== '') {
      const { data: host } = await zk.retry(() => zk.get(`/config/v${version}/host`));
      const { data: port } = await zk.retry(() => zk.get(`/config/v${version}/port`));
      log(name, 'uses', version, `${host}:${port}`);
      if (version === '5') break;
    }
    // Versions in between may be missed: what counts is the newest.
    await changed.fired;
  }
  await zk.close();
}

const readers = ['reader-1', 'reader-2'].map(reader);
for (let version = 1; version <= 5; version += 1) {
  await sleep(600);
  await publish(version);
}
await Promise.all(readers);
await writer.close();
