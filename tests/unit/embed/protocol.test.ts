/** What a window is told comes from anywhere: each end reads it without trusting it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressOf } from '../../../src/embed/address.ts';
import {
  answer,
  eventOf,
  METHODS,
  readReply,
  readRequest,
  refusal,
  request,
  SOURCE,
  VERSION,
} from '../../../src/embed/protocol.ts';

const marked = { source: SOURCE, version: VERSION };

describe('readRequest', () => {
  test.each(METHODS)('%s is understood', (method) => {
    const sent = request(7, method, { a: 1 });
    expect(readRequest(structuredClone(sent))).toEqual(sent);
  });

  test.each([[null], [undefined], [1], ['play'], [[]], [{}], [{ source: 'other', id: 1 }]])(
    '%j is not ours',
    (data) => expect(readRequest(data)).toBeNull(),
  );

  test.each([
    [{ ...marked, version: 2, id: 1 }, 1, 'badVersion'],
    [{ source: SOURCE }, null, 'badVersion'],
    [{ ...marked, kind: 'answer', id: 1 }, 1, 'badMessage'],
    [{ ...marked, kind: 'request', method: 'play' }, null, 'badMessage'],
    [{ ...marked, kind: 'request', id: NaN, method: 'play' }, null, 'badMessage'],
    [{ ...marked, kind: 'request', id: 'x'.repeat(65), method: 'play' }, null, 'badMessage'],
    [{ ...marked, kind: 'request', id: 'a', method: 'toString' }, 'a', 'unknownMethod'],
    [{ ...marked, kind: 'request', id: 'a', method: 5 }, 'a', 'unknownMethod'],
  ])('%j is refused', (data, id, code) => {
    expect(readRequest(data)).toMatchObject({ kind: 'answer', ok: false, id, error: { code } });
  });

  test('no value makes it throw, and what it quotes is short', () => {
    const any = fc.anything({ withBigInt: true, withMap: true, withNullPrototype: true });
    const ours = fc.dictionary(fc.constantFrom('version', 'kind', 'id', 'method', 'params'), any);
    fc.assert(
      fc.property(fc.oneof(any, ours), (data) => {
        const read = readRequest(
          typeof data === 'object' && data !== null ? { ...data, source: SOURCE } : data,
        );
        if (read?.kind !== 'answer' || read.ok) return;
        expect(read.error.message.length).toBeLessThan(200);
      }),
    );
  });
});

describe('readReply', () => {
  test.each([
    answer(1, { a: [1] }),
    refusal('a', 'refused', 'server 3 is down already'),
    refusal(null, 'badMessage', 'what?'),
    eventOf('state', { now: 1 }),
  ])('%j is understood', (reply) => expect(readReply(structuredClone(reply))).toEqual(reply));

  test.each([
    [{ ...marked, kind: 'event', event: 'format' }],
    [{ ...marked, kind: 'request', id: 1, method: 'play' }],
    [{ ...marked, version: 2, kind: 'event', event: 'ready' }],
    ['ready'],
  ])('%j is nothing', (data) => expect(readReply(data)).toBeNull());

  test('an error that cannot be read is still one', () => {
    const read = readReply({ ...marked, kind: 'answer', id: 1, ok: false, error: { code: 'new' } });
    expect(read).toEqual(refusal(1, 'failed', ''));
  });
});

test('an address says what is wished, below any path', () => {
  const base = 'https://host.example/some/where/index.html?old#x';
  expect(
    addressOf(base, {
      panes: 'ensemble,log',
      theme: '',
      speed: 'max',
      origin: 'https://a.example',
    }),
  ).toBe(
    'https://host.example/some/where/index.html?embed&panes=ensemble,log&speed=max' +
      '&origin=https%3A%2F%2Fa.example',
  );
  expect(addressOf(base, { run: 'https://elsewhere.example/#run=abc' })).toBe(
    'https://host.example/some/where/index.html?embed#run=abc',
  );
});
