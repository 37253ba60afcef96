// Nobody passes as long as the znode is there. One program, four sessions.
const owner = await connect();
await owner.ensure('/barrier');

async function runner(name) {
  const zk = await connect();
  for (;;) {
    const changed = watch();
    // Look and set the watch in one: between two requests the barrier could open.
    if (!(await zk.retry(() => zk.exists('/barrier', changed)))) break;
    log(name, 'waits');
    // Somebody may have closed it again: so look again.
    await changed.fired;
  }
  log(name, 'passes');
  await zk.close();
}

const runners = ['red', 'green', 'blue'].map(runner);
await sleep(2000);
log('opens');
await owner.retry(() => owner.delete('/barrier'), ['NONODE']);
await Promise.all(runners);
await owner.close();
