import { expect, test } from 'vitest';
import { digestId } from '../../../src/core/auth/digest-auth.ts';
import { withIds } from '../../../src/core/auth/id-set.ts';
import type { Id } from '../../../src/core/jute/data.ts';

const ip: Id = { scheme: 'ip', id: '127.0.0.1' };

function digest(user: string, password: string): Id {
  return { scheme: 'digest', id: digestId(user, password) };
}

test('as real ZooKeeper answered whoAmI: by hash, whatever came first', () => {
  const [u1, u2] = [digest('u1', 'p1'), digest('u2', 'p2')];
  const one = withIds([ip], [u1]);
  expect(one).toEqual([u1, ip]);
  expect(withIds(one, [u2])).toEqual([u2, u1, ip]);
  expect(withIds(withIds([ip], [u2]), [u1])).toEqual([u2, u1, ip]);
});

test('an id that is proved again is there once', () => {
  const ids = withIds([ip], [digest('u1', 'p1')]);
  expect(withIds(ids, [digest('u1', 'p1'), { ...ip }])).toEqual(ids);
});

test('nothing is lost beyond the size of the first table', () => {
  let ids: readonly Id[] = [ip];
  for (let n = 0; n < 40; n++) ids = withIds(ids, [digest(`u${String(n)}`, 'p')]);
  expect(new Set(ids.map(({ id }) => id)).size).toBe(41);
});
