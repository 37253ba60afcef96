// All begin together, and nobody goes before all are done.
const zk = await connect({ timeout: 6000 });
const name = `p-${me.number}`;
const mine = `/round/${name}`;

async function enter() {
  const ready = watch();
  // First the watch, then the znode: the other way round the last one could be missed.
  const open = await zk.retry(() => zk.exists('/round/ready', ready));
  await zk.retry(() => zk.create(mine, '', { ephemeral: true }), ['NODEEXISTS']);
  const here = (await zk.retry(() => zk.children('/round'))).filter((one) => one !== 'ready');
  if (here.length >= me.of) {
    await zk.retry(() => zk.create('/round/ready'), ['NODEEXISTS']);
  } else if (!open) {
    await ready.fired;
  }
}

async function leave() {
  for (;;) {
    const names = await zk.retry(() => zk.children('/round'));
    const here = names.filter((one) => one !== 'ready').sort();
    if (here.length === 0) return;
    const lowest = here[0];
    const highest = here[here.length - 1];
    if (here.length === 1 && lowest === name) {
      await zk.retry(() => zk.delete(mine), ['NONODE']);
      return;
    }
    // The lowest waits for the highest, all others for the lowest: nobody wakes in vain.
    if (lowest !== name) await zk.retry(() => zk.delete(mine), ['NONODE']);
    const other = lowest === name ? highest : lowest;
    const gone = watch();
    if (await zk.retry(() => zk.exists(`/round/${other}`, gone))) await gone.fired;
  }
}

await zk.retry(() => zk.ensure('/round'));
await sleep(me.number * 500);
log('arrives');
await enter();
log('begins');
await sleep(me.number * 500);
log('is done');
await leave();
log('goes');
// For the next round.
await zk.retry(() => zk.delete('/round/ready'), ['NONODE']);
await zk.close();
