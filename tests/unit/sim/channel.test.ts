/** The inbox hands out what its channels hold, in the order (at, source, sequence number). */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConnId, Micros, ProcessId } from '../../../src/core/units.ts';
import type { Inbound } from '../../../src/sim/host.ts';
import {
  clearChannel,
  createChannel,
  itemsOf,
  NEVER,
  pushItem,
  reorderChannel,
  shiftItem,
  unshiftItem,
  type Channel,
} from '../../../src/sim/channel.ts';
import { createProcess } from '../../../src/sim/process.ts';

const EVENT: Inbound = { kind: 'start' };
const CHANNELS = 7;

function createInbox(): { readonly inbox: Channel[]; readonly channels: readonly Channel[] } {
  const process = (n: number) =>
    createProcess(n as ProcessId, 'client', String(n), false, 0 as Micros);
  const receiver = process(100);
  const channels = Array.from({ length: CHANNELS }, (_, n) => {
    const link = {
      from: n as ProcessId,
      to: 100 as ProcessId,
      cut: false,
      latency: null,
      draws: 0,
    };
    return createChannel((n + 1) as ConnId, process(n), receiver, link);
  });
  return { inbox: receiver.inbox, channels };
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('push' as const),
      channel: fc.integer({ min: 0, max: CHANNELS - 1 }),
      gap: fc.integer({ min: 1, max: 9 }),
    }),
  },
  { weight: 5, arbitrary: fc.constant({ kind: 'take' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'putBack' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('hold' as const, 'release' as const, 'clear' as const),
      channel: fc.integer({ min: 0, max: CHANNELS - 1 }),
    }),
  },
);

test('agrees with a search through everything', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
      const { inbox, channels } = createInbox();
      let seq = 0;
      for (const s of steps) {
        const channel = 'channel' in s ? channels[s.channel] : undefined;
        if (s.kind === 'push' && channel !== undefined) {
          const at = (Math.max(channel.last, 0) + s.gap) as Micros;
          pushItem(channel, at, 0 as Micros, seq++, EVENT);
        } else if (s.kind === 'take' || s.kind === 'putBack') {
          const head = inbox[0];
          const least = leastOf(channels);
          expect(head?.at ?? NEVER).toBe(least?.at ?? NEVER);
          if (head === undefined || head.at === NEVER) continue;
          const item = shiftItem(head);
          expect(item?.seq).toBe(least?.seq);
          if (s.kind === 'putBack' && item !== undefined) unshiftItem(head, item);
        } else if (channel !== undefined) {
          const item = itemsOf(channel)[0];
          if (s.kind === 'clear') clearChannel(channel);
          else if (item !== undefined) item.held = s.kind === 'hold';
          reorderChannel(channel);
        }
        for (const [place, member] of inbox.entries()) expect(member.pos).toBe(place);
      }
    }),
  );
});

function leastOf(channels: readonly Channel[]): { at: number; seq: number } | null {
  let least: { at: number; src: number; seq: number } | null = null;
  for (const channel of channels) {
    const item = itemsOf(channel)[0];
    if (item === undefined || item.held) continue;
    const { at, src, seq } = item;
    if (
      least === null ||
      at < least.at ||
      (at === least.at && (src < least.src || (src === least.src && seq < least.seq)))
    ) {
      least = { at, src, seq };
    }
  }
  return least;
}

test('a long queue gives back the room of what was taken', () => {
  const { channels } = createInbox();
  const [channel] = channels;
  if (channel === undefined) throw new Error('no channel');
  for (let n = 0; n < 1000; n++) pushItem(channel, n as Micros, 0 as Micros, n, EVENT);
  for (let n = 0; n < 900; n++) expect(shiftItem(channel)?.seq).toBe(n);
  expect(channel.queue.length).toBeLessThan(300);
  expect(itemsOf(channel)).toHaveLength(100);
});
