// Who is there? Everybody keeps an ephemeral znode; the second program dies without a word.
const zk = await connect({ timeout: 3000 });
const name = `member-${me.number}`;

let present = [];
async function look() {
  const names = await zk.retry(() => zk.children('/members', changed));
  present = [...names].sort();
  log('sees', present.join(' '));
}
async function changed({ type }) {
  // A watch is used up by its event, so looking sets the next one.
  if (type === 'NodeChildrenChanged') await look();
}

await zk.retry(() => zk.ensure('/members'));
await sleep(me.number * 300);
await zk.retry(() => zk.create(`/members/${name}`, '', { ephemeral: true }), ['NODEEXISTS']);
await look();
if (me.number === 2) {
  await sleep(1500);
  log('dies');
  zk.kill();
} else {
  // Long enough to see that the dead one is missed only when its session expires.
  await sleep(7000 + me.number * 1000);
  log('leaves');
  await zk.close();
}
