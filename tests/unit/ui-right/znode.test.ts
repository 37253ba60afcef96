import { expect, test } from 'vitest';
import type { Micros, Millis, SessionId } from '../../../src/core/units.ts';
import { panesEn } from '../../../src/i18n/panes.en.ts';
import { compareMembers } from '../../../src/ui/tree/compare-members.ts';
import { fitView, revealIn, zoomAt } from '../../../src/ui/tree/pan-zoom.ts';
import { shortName, spokenLabel } from '../../../src/ui/tree/row-label.ts';
import { statFields } from '../../../src/ui/tree/stat-fields.ts';
import { textWidth } from '../../../src/ui/tree/text-width.ts';
import { cannedFrame, cannedTree, sid } from '../../component/canned-frames.ts';

const nodeAt = (path: string) => {
  const node = cannedTree(sid(4)).nodes.find((candidate) => candidate.path === path);
  if (node === undefined) throw new Error(`no ${path}`);
  return node;
};
const config = nodeAt('/app/config');

test('Stat comes in the order of zkCli, with the age of its times', () => {
  const fields = statFields(config, 3_482_000 as Micros, 1_767_225_600_000 as Millis);
  expect(fields.map((field) => field.name)).toEqual([
    'czxid',
    'ctime',
    'mzxid',
    'mtime',
    'pzxid',
    'cversion',
    'dataVersion',
    'aclVersion',
    'ephemeralOwner',
    'dataLength',
    'numChildren',
  ]);
  expect(fields[3]?.value).toEqual({ kind: 'time', at: config.mtime, age: 482_000 });
  expect(fields[6]?.value).toEqual({ kind: 'number', value: 7 });
});

test('Stat of a TTL znode reads the time to live out of the owner', () => {
  const owner = 0xff00_0000_0000_2710n as SessionId;
  const ttl = { ...config, kind: 'ttl', ephemeralOwner: owner } as const;
  const field = statFields(ttl, 0 as Micros, 0 as Millis)[8];
  expect(field).toEqual({ name: 'ttl', value: { kind: 'duration', time: 10_000 } });
});

test('a long sequential name keeps its number', () => {
  expect(shortName('lock-0000000012')).toBe('lock-0000000012');
  expect(shortName('a-very-long-lock-name-0000000012')).toBe('a-very-long-lock-…000012');
});

test('a row says in words what its marks show', () => {
  expect(
    spokenLabel(panesEn, nodeAt('/app/locks/lock-0000000012'), {
      owner: 'A',
      watchers: ['B', 'C'],
      change: 'data',
    }),
  ).toBe('lock-0000000012, ephemeral, sequential, owned by A, watched by B, C, data set');
});

test('a wider text is wider', () => {
  expect(textWidth('members', 12)).toBeGreaterThan(textWidth('little', 12));
  expect(textWidth('节点', 12)).toBe(24);
});

test('members at one zxid are compared by digest, others are elsewhere', () => {
  const { members } = cannedFrame();
  expect(compareMembers(members, sid(4))).toEqual({ same: [1, 2, 6], differs: [], elsewhere: [5] });
  const split = members.map((member) =>
    member.sid === 2 && member.server !== null
      ? { ...member, server: { ...member.server, digest: 'other' } }
      : member,
  );
  expect(compareMembers(split, sid(4)).differs).toEqual([2]);
  expect(compareMembers(members, sid(3))).toEqual({ same: [], differs: [], elsewhere: [] });
});

test('a drawing is fitted without being magnified', () => {
  const box = { x: -16, y: -100, width: 400, height: 200 };
  expect(fitView(box, 800, 600).scale).toBe(1);
  expect(fitView(box, 320, 600).scale).toBe(0.8);
  expect(fitView(box, 100, 100).scale).toBe(0.75);
});

test('zooming keeps the point under the pointer', () => {
  const before = { x: 10, y: 20, scale: 1 };
  const after = zoomAt(before, 2, 110, 220);
  expect((110 - after.x) / after.scale).toBe((110 - before.x) / before.scale);
  expect((220 - after.y) / after.scale).toBe((220 - before.y) / before.scale);
  expect(zoomAt(before, 100, 0, 0).scale).toBe(3);
});

test('revealing moves as little as it can', () => {
  const view = { x: 0, y: 0, scale: 1 };
  const box = { x: 50, y: 50, width: 100, height: 20 };
  expect(revealIn(view, box, 300, 300)).toEqual(view);
  expect(revealIn(view, { ...box, x: 350 }, 300, 300)).toEqual({ x: -158, y: 0, scale: 1 });
  expect(revealIn(view, { ...box, y: -50 }, 300, 300)).toEqual({ x: 0, y: 58, scale: 1 });
});
