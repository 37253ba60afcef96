// One at a time. Everybody stands in a line of znodes; each watches only the one ahead.
const zk = await connect({ timeout: 6000 });
const id = Math.random().toString(36).slice(2, 10);
const numberOf = (name) => Number(name.slice(-10));

// A reply that got lost leaves open whether the znode was made: its name tells.
async function standInLine() {
  for (;;) {
    try {
      const as = { ephemeral: true, sequential: true };
      return await zk.create(`/lock/${id}-`, `program ${me.number}`, as);
    } catch (error) {
      if (error.code !== 'CONNECTIONLOSS') throw error;
      const names = await zk.retry(() => zk.children('/lock'));
      const mine = names.find((name) => name.startsWith(id));
      if (mine) return `/lock/${mine}`;
    }
  }
}

async function lock() {
  const path = await standInLine();
  for (;;) {
    const names = await zk.retry(() => zk.children('/lock'));
    const line = [...names].sort((a, b) => numberOf(a) - numberOf(b));
    const place = line.findIndex((name) => path.endsWith(name));
    if (place < 0) throw new Error('somebody took my znode away');
    if (place === 0) return path;
    const gone = watch();
    const ahead = `/lock/${line[place - 1]}`;
    if (await zk.retry(() => zk.exists(ahead, gone))) await gone.fired;
  }
}

// Whoever was paused too long still believes that it holds the lock. So what is
// protected remembers the greatest token that it has seen, and refuses lesser ones.
async function write(token) {
  const { data, stat } = await zk.get('/resource');
  if (BigInt(data || 0) > token) throw new Error(`fenced off: ${data} was here`);
  await zk.set('/resource', String(token), stat.version);
}

await zk.retry(() => zk.ensure('/lock'));
await zk.retry(() => zk.ensure('/resource'));
for (let round = 1; round <= 3; round += 1) {
  const path = await lock();
  const { czxid: token } = await zk.retry(() => zk.exists(path));
  log('has the lock, token', token);
  await zk.retry(() => write(token));
  await sleep(400);
  log('gives it back');
  await zk.retry(() => zk.delete(path), ['NONODE']);
}
await zk.close();
