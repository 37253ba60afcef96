// The oldest candidate leads. When it goes, or dies, the next one in line takes over.
const zk = await connect({ timeout: 4000 });
const id = Math.random().toString(36).slice(2, 10);
const numberOf = (name) => Number(name.slice(-10));

// Without a connection nobody knows whether they still lead: so they stop.
let connected = true;
zk.on(({ state }) => {
  connected = state === 'SyncConnected';
  log(state);
});

async function offer() {
  for (;;) {
    try {
      const as = { ephemeral: true, sequential: true };
      return await zk.create(`/election/${id}-`, `program ${me.number}`, as);
    } catch (error) {
      if (error.code !== 'CONNECTIONLOSS') throw error;
      const names = await zk.retry(() => zk.children('/election'));
      const mine = names.find((name) => name.startsWith(id));
      if (mine) return `/election/${mine}`;
    }
  }
}

async function untilElected(path) {
  for (;;) {
    const names = await zk.retry(() => zk.children('/election'));
    const line = [...names].sort((a, b) => numberOf(a) - numberOf(b));
    const place = line.findIndex((name) => path.endsWith(name));
    if (place < 0) throw new Error('my offer is gone');
    if (place === 0) return;
    const gone = watch();
    const ahead = `/election/${line[place - 1]}`;
    if (await zk.retry(() => zk.exists(ahead, gone))) await gone.fired;
  }
}

await zk.retry(() => zk.ensure('/election'));
await zk.retry(() => zk.ensure('/leader'));
const path = await offer();
await untilElected(path);
log('leads');
// Whoever wants to know the leader reads this: being first in line is not yet leading.
await zk.retry(() => zk.set('/leader', `program ${me.number}`));
for (let tick = 1; tick <= 5 && connected; tick += 1) await sleep(400);
log('leads no more');
await zk.retry(() => zk.delete(path), ['NONODE']);
await zk.close();
