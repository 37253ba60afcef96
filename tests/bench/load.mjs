#!/usr/bin/env node
// load.mjs -- a pipelined load generator over raw sockets for anything that speaks the ZooKeeper client protocol.
//
//   node load.mjs --hosts 127.0.0.1:21811,127.0.0.1:21812,127.0.0.1:21813 --op set --size 1024 --outstanding 64 --seconds 5
//
//   --op set|get|exists|create|delete|mixed   mixed: --reads 90 (percent of getData; the rest setData)
//   --size N          bytes of data (100)
//   --outstanding N   requests in flight on each connection (1)
//   --conns N         connections (1); connection i goes to host i modulo hosts, or all to the first with --first
//   --seconds S       measured time (5);  --warmup S (1)
//   --paths N         nodes the load is spread over, for each connection (10)
//   --keep            do not delete the nodes at the end
// Prints one JSON line: ops, errors, seconds, opsPerSec, latency in ms (mean, p50, p95, p99, max).
import net from 'node:net';

const arg = (n, d) => {
  const i = process.argv.indexOf('--' + n);
  return i < 0
    ? d
    : process.argv[i + 1] === undefined || process.argv[i + 1].startsWith('--')
      ? true
      : process.argv[i + 1];
};
const hosts = String(arg('hosts', '127.0.0.1:2181'))
  .split(',')
  .map((h) => {
    const k = h.lastIndexOf(':');
    return { host: h.slice(0, k), port: +h.slice(k + 1) };
  });
const op = arg('op', 'set'),
  size = +arg('size', 100),
  outstanding = +arg('outstanding', 1),
  nconn = +arg('conns', 1);
const seconds = +arg('seconds', 5),
  warmup = +arg('warmup', 1),
  npaths = +arg('paths', 10),
  reads = +arg('reads', 90);
const first = process.argv.includes('--first');
const OP = { create: 1, delete: 2, exists: 3, get: 4, set: 5, ping: 11, close: -11 };

function frame(...parts) {
  // numbers of 4 bytes, bigint of 8, strings and buffers with length, booleans 1
  let n = 0;
  for (const p of parts)
    n +=
      typeof p === 'number'
        ? 4
        : typeof p === 'bigint'
          ? 8
          : typeof p === 'boolean'
            ? 1
            : 4 + (typeof p === 'string' ? Buffer.byteLength(p) : p.length);
  const b = Buffer.allocUnsafe(4 + n);
  b.writeInt32BE(n, 0);
  let o = 4;
  for (const p of parts) {
    if (typeof p === 'number') {
      b.writeInt32BE(p, o);
      o += 4;
    } else if (typeof p === 'bigint') {
      b.writeBigInt64BE(p, o);
      o += 8;
    } else if (typeof p === 'boolean') {
      b[o++] = p ? 1 : 0;
    } else {
      const d = typeof p === 'string' ? Buffer.from(p) : p;
      b.writeInt32BE(d.length, o);
      o += 4;
      d.copy(b, o);
      o += d.length;
    }
  }
  return b;
}

class Client {
  constructor(h) {
    this.h = h;
    this.buf = Buffer.alloc(0);
    this.queue = [];
    this.xid = 0;
  }
  connect() {
    return new Promise((res, rej) => {
      const s = (this.s = net.connect(this.h));
      s.setNoDelay(true);
      s.on('error', rej);
      s.on('connect', () => s.write(frame(0, 0n, 10000, 0n, Buffer.alloc(16), false)));
      this.queue.push({ handshake: true, cb: res });
      s.on('data', (d) => this.data(d));
      s.on('close', () => {
        this.closed = true;
        for (const q of this.queue) q.cb(-4);
        this.queue = [];
      });
    });
  }
  data(d) {
    this.buf = this.buf.length ? Buffer.concat([this.buf, d]) : d;
    let o = 0;
    while (this.buf.length - o >= 4) {
      const n = this.buf.readInt32BE(o);
      if (this.buf.length - o < 4 + n) break;
      const q0 = this.queue[0];
      if (q0 && q0.handshake) {
        this.queue.shift();
        q0.cb(this.buf.readInt32BE(o + 8) > 0 ? 0 : -112);
      } else {
        const xid = this.buf.readInt32BE(o + 4);
        if (xid !== -1) {
          const q = this.queue.shift();
          if (!q || q.xid !== xid) throw new Error('xid out of order');
          q.cb(this.buf.readInt32BE(o + 16));
        }
      }
      o += 4 + n;
    }
    this.buf = o ? this.buf.subarray(o) : this.buf;
  }
  send(type, cb, ...body) {
    const xid = ++this.xid;
    this.queue.push({ xid, cb });
    this.s.write(frame(xid, type, ...body));
  }
  call(type, ...body) {
    return new Promise((r) => this.send(type, r, ...body));
  }
}

const ACL = [1, 31, 'world', 'anyone'];
const base = '/load' + process.pid;
const data = Buffer.alloc(size, 'x');
const lat = new Float64Array(4e6);
let nlat = 0,
  ops = 0,
  errors = 0,
  measuring = false,
  stop = false;
let rnd = 12345;
const rand = () => (rnd = (Math.imul(rnd, 1103515245) + 12345) >>> 0) / 4294967296;

const clients = [];
for (let i = 0; i < nconn; i++) {
  const c = new Client(first ? hosts[0] : hosts[i % hosts.length]);
  if ((await c.connect()) !== 0) {
    console.error('no session');
    process.exit(1);
  }
  c.i = i;
  clients.push(c);
}
await clients[0].call(OP.create, base, Buffer.alloc(0), ...ACL, 0);
await new Promise((r) => setTimeout(r, 50));
for (const c of clients) {
  await c.call(9, base);
  await c.call(OP.create, `${base}/c${c.i}`, Buffer.alloc(0), ...ACL, 0);
  if (op !== 'create' && op !== 'delete')
    for (let k = 0; k < npaths; k++)
      await c.call(OP.create, `${base}/c${c.i}/n${k}`, data, ...ACL, 0);
}
const made = clients.map(() => 0),
  gone = clients.map(() => 0);

function next(c) {
  if (stop) return;
  const t0 = performance.now();
  const cb = (err) => {
    if (measuring && !stop) {
      ops++;
      if (err !== 0) errors++;
      if (nlat < lat.length) lat[nlat++] = performance.now() - t0;
    }
    if (c.closed) return;
    next(c);
  };
  const p = `${base}/c${c.i}/n${Math.floor(rand() * npaths)}`;
  let o = op;
  if (o === 'mixed') o = rand() * 100 < reads ? 'get' : 'set';
  switch (o) {
    case 'set':
      return c.send(OP.set, cb, p, data, -1);
    case 'get':
      return c.send(OP.get, cb, p, false);
    case 'exists':
      return c.send(OP.exists, cb, p, false);
    case 'create':
      return c.send(OP.create, cb, `${base}/c${c.i}/k${made[c.i]++}`, data, ...ACL, 0);
    case 'delete': {
      const k = gone[c.i]++;
      return k & 1
        ? c.send(OP.delete, cb, `${base}/c${c.i}/d${k >> 1}`, -1)
        : c.send(OP.create, cb, `${base}/c${c.i}/d${k >> 1}`, data, ...ACL, 0);
    }
    default:
      throw new Error('no such op ' + o);
  }
}
for (const c of clients) for (let k = 0; k < outstanding; k++) next(c);
await new Promise((r) => setTimeout(r, warmup * 1000));
measuring = true;
const t0 = performance.now();
await new Promise((r) => setTimeout(r, seconds * 1000));
const dt = (performance.now() - t0) / 1000;
measuring = false;
stop = true;
const l = lat.subarray(0, nlat).sort();
const q = (p) => (nlat ? +l[Math.min(nlat - 1, Math.floor(p * nlat))].toFixed(3) : null);
let mean = 0;
for (const v of l) mean += v;
mean = nlat ? +(mean / nlat).toFixed(3) : null;
console.log(
  JSON.stringify({
    op,
    size,
    outstanding,
    conns: nconn,
    ...(op === 'mixed' ? { reads } : {}),
    ops,
    errors,
    seconds: +dt.toFixed(3),
    opsPerSec: Math.round(ops / dt),
    ms: { mean, p50: q(0.5), p95: q(0.95), p99: q(0.99), max: q(1) },
  }),
);
await Promise.all(
  clients.map(
    (c) =>
      new Promise((r) => {
        const w = () => (c.queue.length && !c.closed ? setTimeout(w, 5) : r());
        w();
      }),
  ),
);
if (!process.argv.includes('--keep')) {
  await Promise.all(
    clients.map(async (c) => {
      const todo = [];
      if (op === 'create')
        for (let k = 0; k < made[c.i]; k++)
          todo.push(c.call(OP.delete, `${base}/c${c.i}/k${k}`, -1));
      else if (op === 'delete')
        for (let k = 0; k <= gone[c.i]; k++)
          todo.push(c.call(OP.delete, `${base}/c${c.i}/d${k}`, -1));
      else
        for (let k = 0; k < npaths; k++) todo.push(c.call(OP.delete, `${base}/c${c.i}/n${k}`, -1));
      await Promise.all(todo);
      await c.call(OP.delete, `${base}/c${c.i}`, -1);
    }),
  );
  await clients[0].call(OP.delete, base, -1);
}
for (const c of clients) {
  await c.call(OP.close);
  c.s.destroy();
}
process.exit(0);
