import { expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/core/config.ts';
import type { SessionId } from '../../../src/core/units.ts';
import { makeZxid, ZXID_NONE } from '../../../src/core/zxid.ts';
import { panesEn } from '../../../src/i18n/panes.en.ts';
import { panesZhCN } from '../../../src/i18n/panes.zh-CN.ts';
import { createChecker, propertyViews } from '../../../src/sim/check/checker.ts';
import {
  countedAcks,
  lagOf,
  quorumOf,
  runningTimers,
  shareOf,
} from '../../../src/ui/inspector/facts-of-server.ts';
import { matching, textOf } from '../../../src/ui/inspector/log-lines.ts';
import { sessionExpiry } from '../../../src/ui/inspector/session-facts.ts';
import { placesOf, whatOf } from '../../../src/ui/inspector/zxid-places.ts';
import { epochClass } from '../../../src/ui/parts/epoch-class.ts';
import { memberState } from '../../../src/ui/parts/member-state.ts';
import { cannedFrame, micros, session, sid, worldOf } from '../../component/canned-frames.ts';

const frame = cannedFrame();
const z = makeZxid;

test.each([
  [3, 2],
  [4, 3],
  [5, 3],
  [7, 4],
])('of %d voters, %d are a quorum', (voters, want) => {
  expect(quorumOf(worldOf(voters, 2).ensemble)).toBe(want);
});

test('the acks of observers do not count', () => {
  const config = worldOf(5, 1).ensemble;
  const proposal = { zxid: z(3, 5), acks: [sid(2), sid(6), sid(4)] };
  expect(countedAcks(proposal, config)).toEqual([2, 4]);
});

test('a lag is counted within an epoch only', () => {
  expect(lagOf(z(3, 2), z(3, 5))).toBe(3);
  expect(lagOf(z(3, 6), z(3, 5))).toBe(0);
  expect(lagOf(z(2, 9), z(3, 5))).toBeNull();
  expect(lagOf(ZXID_NONE, z(3, 5))).toBeNull();
});

test('the next timer comes first, with what has passed of it', () => {
  const timers = runningTimers(
    [
      { name: 'syncLimit', since: micros(0), until: micros(1000) },
      { name: 'tick', since: micros(400), until: micros(600) },
    ],
    micros(500),
  );
  expect(timers.map(({ timer, left, passed }) => [timer.name, left, passed])).toEqual([
    ['tick', 100, 0.5],
    ['syncLimit', 500, 0.5],
  ]);
});

test('a share stays within 0 and 1', () => {
  expect([shareOf(-1, 4), shareOf(1, 4), shareOf(9, 4), shareOf(0, 0)]).toEqual([0, 0.25, 1, 1]);
});

test('log lines are filtered by every word, and copied as an operator reads them', () => {
  expect(matching(frame.logLines, 'warn diff').map((line) => line.logger)).toEqual([
    'LearnerHandler',
  ]);
  expect(matching(frame.logLines, '').length).toBe(frame.logLines.length);
  const [, line] = frame.logLines;
  expect(line === undefined ? '' : textOf(line)).toBe(
    '3.266 [INFO] Leader - LEADING - LEADER ELECTION TOOK - 245 MS',
  );
});

test('a session expires when the leader says so; without a leader nobody does', () => {
  expect(sessionExpiry(frame, session(1))).toBe(11_000_000);
  expect(sessionExpiry(frame, 99n as SessionId)).toBeNull();
  const leaderless = { ...frame, members: frame.members.filter((member) => member.sid !== 4) };
  expect(sessionExpiry(leaderless, session(1))).toBeNull();
});

test('a transaction is followed from member to member', () => {
  expect(placesOf(frame.members, z(3, 5)).map(({ sid: of, state }) => [of, state])).toEqual([
    [1, 'absent'],
    [2, 'synced'],
    [3, 'absent'],
    [4, 'cached'],
    [5, 'absent'],
    [6, 'absent'],
  ]);
  expect(placesOf(frame.members, z(3, 1))[0]?.state).toBe('committed');
  expect(placesOf(frame.members, z(0, 1))[0]?.state).toBe('before');
  expect(whatOf(frame.members, z(3, 1))).toBe('createSession');
  expect(whatOf(frame.members, z(9, 9))).toBeNull();
});

test('a member is named by its role while it runs, else by why it does not', () => {
  expect(frame.members.map(memberState)).toEqual([
    'following',
    'following',
    'down',
    'leading',
    'looking',
    'observing',
  ]);
});

test('six hues in turn, and none for no epoch', () => {
  expect([null, 0, 1, 6, 7, 12].map(epochClass)).toEqual([
    'epoch-0',
    'epoch-0',
    'epoch-1',
    'epoch-6',
    'epoch-1',
    'epoch-6',
  ]);
});

/** Every text with its path, functions called with something printable. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const said: unknown = (value as (...args: unknown[]) => unknown)('7', 7, 7);
    return [[path, String(said)]];
  }
  return Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) =>
    texts(inner, `${path}.${key}`),
  );
}

test('both languages say something everywhere', () => {
  const chinese = new Map(texts(panesZhCN));
  for (const [path, text] of texts(panesEn)) {
    expect(text, path).not.toBe('');
    expect(chinese.get(path), path).toMatch(/\S/);
  }
});

test('every invariant is said in Chinese; the checkers themselves speak English', () => {
  const names = propertyViews(createChecker(DEFAULT_CONFIG)).map((property) => property.name);
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !(name in panesZhCN.properties.titles))).toEqual([]);
});
