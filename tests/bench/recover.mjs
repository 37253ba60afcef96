#!/usr/bin/env node
// recover.mjs -- one repetition of the recovery measure: steady writes through every server, one server is killed,
// time until a write that was sent after the kill succeeds.
//   node recover.mjs --hosts a,b,c --kill-cmd "kill -9 123" [--outstanding 8] [--load 1.5] [--limit 60]
// Prints one JSON line: firstWriteMs (any server), reconnectMs (first accepted session), perServerMs, opsBefore, sessionKept.
import net from 'node:net';
import { spawnSync } from 'node:child_process';
const arg = (n, d) => {
  const i = process.argv.indexOf('--' + n);
  return i < 0 ? d : process.argv[i + 1];
};
const hosts = arg('hosts')
  .split(',')
  .map((h) => {
    const k = h.lastIndexOf(':');
    return { host: h.slice(0, k), port: +h.slice(k + 1) };
  });
const killCmd = arg('kill-cmd'),
  outstanding = +arg('outstanding', 8),
  loadS = +arg('load', 1.5),
  limit = +arg('limit', 60);
const base = '/recover' + process.pid,
  data = Buffer.alloc(100, 'r');
let t0 = 0,
  opsBefore = 0,
  firstWrite = null,
  reconnect = null;
const perServer = {};
let kept = 0,
  lost = 0;

function fr(...parts) {
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
    } else if (typeof p === 'boolean') b[o++] = +p;
    else {
      const d = typeof p === 'string' ? Buffer.from(p) : p;
      b.writeInt32BE(d.length, o);
      o += 4;
      d.copy(b, o);
      o += d.length;
    }
  }
  return b;
}
class C {
  constructor(i) {
    this.i = i;
    this.sess = 0n;
    this.pw = Buffer.alloc(16);
    this.path = `${base}/s${i}`;
  }
  run(ready) {
    const s = (this.s = net.connect(hosts[this.i]));
    s.setNoDelay(true);
    let buf = Buffer.alloc(0),
      up = false,
      done = false;
    const q = [];
    let xid = 0;
    const send = (type, cb, ...b) => {
      const x = ++xid;
      q.push([x, performance.now(), cb]);
      s.write(fr(x, type, ...b));
    };
    const again = () => {
      if (done) return;
      done = true;
      s.destroy();
      clearTimeout(to);
      if (!over) setTimeout(() => this.run(ready), 10);
    };
    const to = setTimeout(() => {
      if (!up) again();
    }, 1000);
    s.on('error', again);
    s.on('close', again);
    s.on('connect', () => s.write(fr(0, 0n, 10000, this.sess, this.pw, false)));
    const loop = () => {
      if (over || done) return;
      send(
        5,
        (err, sent) => {
          if (err === 0) {
            const now = performance.now();
            if (!t0) opsBefore++;
            else if (sent > t0) {
              perServer[this.i] ??= Math.round(now - t0);
              if (firstWrite === null) {
                firstWrite = now - t0;
                setTimeout(finish, 400);
              }
            }
          }
          loop();
        },
        this.path,
        data,
        -1,
      );
    };
    s.on('data', (d) => {
      buf = buf.length ? Buffer.concat([buf, d]) : d;
      let o = 0;
      while (buf.length - o >= 4) {
        const n = buf.readInt32BE(o);
        if (buf.length - o < 4 + n) break;
        if (!up) {
          const tmo = buf.readInt32BE(o + 8);
          up = true;
          if (tmo <= 0) {
            this.sess = 0n;
            this.pw = Buffer.alloc(16);
            lost++;
            again();
            return;
          }
          const id = buf.readBigInt64BE(o + 12);
          if (this.sess && this.sess === id) kept++;
          this.sess = id;
          this.pw = Buffer.from(buf.subarray(o + 24, o + 40));
          if (t0 && reconnect === null) reconnect = performance.now() - t0;
          if (!t0)
            send(
              1,
              () =>
                send(
                  1,
                  () => {
                    ready?.();
                    for (let k = 0; k < outstanding; k++) loop();
                  },
                  this.path,
                  data,
                  1,
                  31,
                  'world',
                  'anyone',
                  0,
                ),
              base,
              data,
              1,
              31,
              'world',
              'anyone',
              0,
            );
          else for (let k = 0; k < outstanding; k++) loop();
        } else {
          const [, sent, cb] = q.shift() ?? [];
          if (cb) cb(buf.readInt32BE(o + 16), sent);
        }
        o += 4 + n;
      }
      buf = buf.subarray(o);
    });
    this.close = () => {
      try {
        s.write(fr(9999, -11));
      } catch {
        // The socket may be closed already.
      }
    };
  }
}
let over = false;
function finish() {
  if (over) return;
  over = true;
  console.log(
    JSON.stringify({
      firstWriteMs: firstWrite === null ? null : Math.round(firstWrite),
      reconnectMs: reconnect === null ? null : Math.round(reconnect),
      perServerMs: perServer,
      opsBefore,
      sessionsKept: kept,
      sessionsLost: lost,
    }),
  );
  for (const c of cs) c.close?.();
  setTimeout(() => process.exit(firstWrite === null ? 1 : 0), 200);
}
const cs = hosts.map((_, i) => new C(i));
await Promise.all(cs.map((c) => new Promise((r) => c.run(r))));
await new Promise((r) => setTimeout(r, loadS * 1000));
spawnSync('bash', ['-c', killCmd], { stdio: 'ignore' });
t0 = performance.now();
setTimeout(finish, limit * 1000);
