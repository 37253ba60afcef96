// Everybody adds ten to one counter. The version of what was read guards the write.
const zk = await connect({ timeout: 6000 });
const id = `p-${me.number}`;

async function add(n) {
  for (;;) {
    const { data, stat } = await zk.retry(() => zk.get('/counter'));
    const counter = data === '' ? { value: 0, last: {} } : JSON.parse(data);
    // A write whose reply got lost may have been done: the counter remembers whose.
    if (counter.last[id] === n) return counter.value;
    counter.value += 1;
    counter.last[id] = n;
    try {
      await zk.set('/counter', counter, stat.version);
      return counter.value;
    } catch (error) {
      if (error.code === 'BADVERSION') log('was too late, tries again');
      else if (error.code !== 'CONNECTIONLOSS') throw error;
    }
  }
}

await zk.retry(() => zk.ensure('/counter'));
for (let n = 1; n <= 10; n += 1) {
  await add(n);
  await sleep(Math.random() * 100);
}
const { data } = await zk.retry(() => zk.get('/counter'));
log('sees', JSON.parse(data).value);
await zk.close();
