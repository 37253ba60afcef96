// The first program puts six items in, the others take them out. Each item is done once.
const zk = await connect({ timeout: 6000 });
const id = Math.random().toString(36).slice(2, 10);
const ITEMS = 6;

// The name carries who put it there, so that a lost reply leaves no doubt.
async function put(text) {
  for (;;) {
    try {
      return await zk.create(`/queue/items/${id}-${text}-`, text, { sequential: true });
    } catch (error) {
      if (error.code !== 'CONNECTIONLOSS') throw error;
      const names = await zk.retry(() => zk.children('/queue/items'));
      if (names.some((name) => name.startsWith(`${id}-${text}-`))) return;
    }
  }
}

// A claim goes with its owner's session: what a dead program began is taken up by others.
async function claim(item) {
  try {
    await zk.create(`/queue/claims/${item}`, id, { ephemeral: true });
    return true;
  } catch (error) {
    if (error.code === 'CONNECTIONLOSS') return claim(item);
    if (error.code !== 'NODEEXISTS') throw error;
  }
  try {
    return (await zk.retry(() => zk.get(`/queue/claims/${item}`))).data === id;
  } catch (error) {
    if (error.code === 'NONODE') return false;
    throw error;
  }
}

async function finish(item) {
  const steps = [
    { op: 'delete', path: `/queue/items/${item}` },
    { op: 'delete', path: `/queue/claims/${item}` },
  ];
  await zk.retry(() => zk.multi(steps), ['NONODE']);
}

// Null when nothing is left and nothing more will come.
let begun = false;
async function take() {
  for (;;) {
    const changed = watch();
    const open = await zk.retry(() => zk.exists('/queue/open', changed));
    const items = await zk.retry(() => zk.children('/queue/items', changed));
    const claims = await zk.retry(() => zk.children('/queue/claims', changed));
    begun = begun || open !== null;
    if (begun && !open && items.length === 0) return null;
    const free = items
      .filter((item) => !claims.includes(item))
      .sort((a, b) => Number(a.slice(-10)) - Number(b.slice(-10)));
    for (const item of free) {
      if (!(await claim(item))) continue;
      // The list may be old: what is done by now is not done again.
      if (await zk.retry(() => zk.exists(`/queue/items/${item}`))) return item;
      await zk.retry(() => zk.delete(`/queue/claims/${item}`), ['NONODE']);
    }
    if (free.length === 0) await changed.fired;
  }
}

async function produce() {
  await zk.retry(() => zk.create('/queue/open', '', { ephemeral: true }), ['NODEEXISTS']);
  for (let n = 1; n <= ITEMS; n += 1) {
    await put(`item${n}`);
    log(`puts item${n}`);
    await sleep(200);
  }
  // It stays until all is done: then the others know that nothing more will come.
  for (;;) {
    const changed = watch();
    const items = await zk.retry(() => zk.children('/queue/items', changed));
    if (items.length === 0) return;
    await changed.fired;
  }
}

async function consume() {
  for (;;) {
    const item = await take();
    if (item === null) return;
    const text = item.split('-')[1];
    log('takes', text);
    await sleep(300);
    await finish(item);
    log('has done', text);
  }
}

await zk.retry(() => zk.ensure('/queue/items'));
await zk.retry(() => zk.ensure('/queue/claims'));
await (me.number === 1 ? produce() : consume());
await zk.close();
