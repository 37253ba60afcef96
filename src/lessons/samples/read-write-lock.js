// Readers together, writers alone. The first program writes, the others read.
const zk = await connect({ timeout: 6000 });
const id = Math.random().toString(36).slice(2, 10);
const kind = me.number === 1 ? 'write' : 'read';
const numberOf = (name) => Number(name.slice(-10));

async function standInLine() {
  for (;;) {
    try {
      const as = { ephemeral: true, sequential: true };
      return await zk.create(`/rw/${id}-${kind}-`, '', as);
    } catch (error) {
      if (error.code !== 'CONNECTIONLOSS') throw error;
      const names = await zk.retry(() => zk.children('/rw'));
      const mine = names.find((name) => name.startsWith(id));
      if (mine) return `/rw/${mine}`;
    }
  }
}

// A reader waits for the nearest writer ahead of it, a writer for whoever is ahead.
async function lock() {
  const path = await standInLine();
  for (;;) {
    const names = await zk.retry(() => zk.children('/rw'));
    const ahead = names
      .filter((name) => numberOf(name) < numberOf(path))
      .filter((name) => kind === 'write' || name.includes('-write-'))
      .sort((a, b) => numberOf(b) - numberOf(a));
    if (ahead.length === 0) return path;
    const gone = watch();
    if (await zk.retry(() => zk.exists(`/rw/${ahead[0]}`, gone))) await gone.fired;
  }
}

await zk.retry(() => zk.ensure('/rw'));
for (let round = 1; round <= 3; round += 1) {
  await sleep(Math.random() * 300);
  const path = await lock();
  log(`begins to ${kind}`);
  await sleep(300);
  log(`has done its ${kind}`);
  await zk.retry(() => zk.delete(path), ['NONODE']);
}
await zk.close();
