import { expect, test } from 'vitest';
import type { Zxid } from '../../../../src/core/zxid.ts';
import { Lasting, SETTLED } from '../../../../src/ui/tree/lasting.ts';
import { cannedFrame, member, sid } from '../../../component/canned-frames.ts';

const server = cannedFrame().members.find((one) => one.server !== null)?.server;
if (server === null || server === undefined) throw new Error('one of them runs');
const at = (n: number, zxid: number, digest: string) =>
  member(n, { ...server, lastProcessed: BigInt(zxid) as Zxid, digest });

test('a member that follows a transaction behind is no split, however long writes go on', () => {
  const lasting = new Lasting();
  for (let n = 0; n < 50; n++) {
    const members = [at(1, n + 1, `d${String(n + 1)}`), at(2, n, `d${String(n)}`)];
    expect(lasting.update(members, sid(1), n * 50)).toEqual([]);
  }
});

test('one that stands still while others go on is one; when it has caught up it is not', () => {
  const lasting = new Lasting();
  const look = (n: number, now: number) =>
    lasting.update(
      [at(1, n, `d${String(n)}`), at(2, 5, 'd5'), at(3, n, `d${String(n)}`)],
      sid(1),
      now,
    );
  expect(look(5, 0)).toEqual([]);
  expect(look(6, 10)).toEqual([]);
  expect(look(7, SETTLED + 20)).toEqual([2]);
  expect(look(5, SETTLED + 30)).toEqual([]);
});

test('seen from the one that stands still, all others are apart', () => {
  const lasting = new Lasting();
  const look = (n: number, now: number) =>
    lasting.update([at(1, 5, 'd5'), at(2, n, `d${String(n)}`)], sid(1), now);
  expect(look(6, 0)).toEqual([]);
  expect(look(9, SETTLED)).toEqual([2]);
});
