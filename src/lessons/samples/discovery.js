// Services register themselves; a client spreads its calls over those that are there.
async function service(name) {
  const zk = await connect({ timeout: 4000 });
  await zk.ensure('/services');
  await zk.retry(
    () => zk.create(`/services/${name}`, `10.0.2.${name.slice(-1)}:80`, { ephemeral: true }),
    ['NODEEXISTS'],
  );
  return zk;
}

const services = {
  'web-1': await service('web-1'),
  'web-2': await service('web-2'),
  'web-3': await service('web-3'),
};

const zk = await connect();
let known = [];
async function refresh() {
  // The next change is watched from the very same look at the list.
  const names = await zk.retry(() => zk.children('/services', refresh));
  known = [...names].sort();
  log('knows', known.join(' '));
}
await refresh();

for (let call = 0; call < 24; call += 1) {
  const name = known[call % known.length];
  // Between its death and the end of its session it is still in the list.
  log('calls', name, services[name].state === 'CLOSED' ? 'in vain' : 'fine');
  if (call === 8) {
    services['web-2'].kill();
    log('web-2 dies');
  }
  await sleep(400);
}
for (const one of Object.values(services)) if (one.state !== 'CLOSED') await one.close();
await zk.close();
