/** What a stranger may send to a client port, while somebody else is being served. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Millis } from '../../../src/core/units.ts';
import { startEnsemble, type Ensemble } from '../../../src/node/index.ts';
import { askBytes, RawClient } from './raw-client.ts';

let one: Ensemble;
let port: number;
let witness: RawClient;
const lines: string[] = [];

beforeAll(async () => {
  one = await startEnsemble({
    servers: 1,
    config: { tickTime: 500 as Millis, preAllocSize: 64 * 1024, maxClientCnxns: 40 },
    log: (_level, _sid, _logger, message) => {
      lines.push(message);
    },
  });
  await one.ready();
  port = one.members[0]?.clientPort ?? 0;
  witness = new RawClient(port);
  await witness.open();
  expect((await witness.create('/witness', 'here'))?.err).toBe(0);
});

afterAll(async () => {
  expect(await witness.get('/witness')).toBe('here');
  witness.destroy();
  await one.close();
});

function int(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setInt32(i * 4, value);
  return bytes;
}

function text(word: string): Uint8Array {
  return new TextEncoder().encode(word);
}

describe('lengths that cannot be', () => {
  test.each([-1, -2147483648, 0x7fffffff, 1048576])('%i: the connection ends', async (length) => {
    lines.length = 0;
    expect(await askBytes(port, int(length, 0, 0, 0))).toBe('closed');
    expect(lines.join('\n')).toContain(`with advertised length of ${String(length)}`);
    expect(await witness.get('/witness')).toBe('here');
  });

  test('an empty first frame is no ConnectRequest', async () => {
    expect(await askBytes(port, int(0))).toBe('closed');
  });

  test('a frame that breaks off is waited for, and its memory is what has come', async () => {
    expect(await askBytes(port, int(1_000_000, 1, 2, 3), 300)).toBe('silent');
  });

  test('a frame in pieces of one byte is a frame', async () => {
    const raw = new RawClient(port);
    const write = raw.socket.write.bind(raw.socket);
    raw.socket.write = (bytes: Uint8Array) => {
      for (const byte of bytes) write(new Uint8Array([byte]));
      return true;
    };
    expect((await raw.open())?.timeOut).toBe(10_000);
    expect(await raw.get('/witness')).toBe('here');
    raw.destroy();
  });
});

describe('words', () => {
  test('ruok is answered, and the connection ends', async () => {
    expect(await askBytes(port, text('ruok'))).toBe('imok');
    expect(await askBytes(port, text('ruok\n'))).toBe('imok');
  });

  test('a word that is none is a length that cannot be', async () => {
    expect(await askBytes(port, text('quit'))).toBe('closed');
    expect(await askBytes(port, text('GET / HTTP/1.1\r\n\r\n'))).toBe('closed');
  });

  test('half a word is waited for', async () => {
    expect(await askBytes(port, text('ru'), 300)).toBe('silent');
  });
});

describe('requests that cannot be', () => {
  test('an opcode that nobody knows is answered or ends the connection, never the server', async () => {
    const raw = new RawClient(port);
    await raw.open();
    const reply = await raw.call({ op: 'unknown', type: 4242 });
    expect(reply?.err ?? 'closed').toBe(-6);
    raw.destroy();
    expect(await witness.get('/witness')).toBe('here');
  });

  test('a header that is not whole ends the connection', async () => {
    const raw = new RawClient(port);
    await raw.open();
    raw.socket.write(new Uint8Array([...int(4, 1)]));
    await raw.closed;
  });
});

describe('too much', () => {
  test('a flood of connections stops at maxClientCnxns, and the others go on', async () => {
    const sockets = Array.from({ length: 200 }, () => connect({ port, host: '127.0.0.1' }));
    let refused = 0;
    for (const socket of sockets) {
      socket.on('error', () => undefined);
      socket.on('close', () => refused++);
    }
    await expect.poll(() => refused, { timeout: 10_000 }).toBeGreaterThanOrEqual(161);
    expect(await witness.get('/witness')).toBe('here');
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => askBytes(port, text('ruok'), 500), { timeout: 10_000 }).toBe('imok');
  });

  test('a client that never reads is not read from either', async () => {
    const raw = new RawClient(port);
    await raw.open();
    const data = 'x'.repeat(500_000);
    expect((await raw.create('/large', data))?.err).toBe(0);
    raw.socket.pause();
    const path = text('/large');
    const request = [...int(8 + 4 + path.length + 1, 7, 4, path.length), ...path, 0];
    const many = new Uint8Array(Array.from({ length: 50 }, () => request).flat());
    const before = process.memoryUsage().arrayBuffers;
    // 100,000 replies of half a megabyte: 50 GB, were they all made.
    for (let i = 0; i < 2000; i++) raw.socket.write(many);
    const deadline = Date.now() + 1500;
    while (Date.now() < deadline) {
      expect(await witness.get('/witness')).toBe('here');
      const grown = process.memoryUsage().arrayBuffers - before;
      expect(grown).toBeLessThan(300_000_000);
    }
    raw.destroy();
    expect(await witness.get('/witness')).toBe('here');
  });
});
