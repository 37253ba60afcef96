import { expect, it } from 'vitest';
import { openConsole, openPage } from '../support/browser-page.ts';

const WRITES = 8;

it('a reload is a power failure: every acknowledged write is there after it', async () => {
  const before = await openPage();
  expect(before.opened).toEqual({ kind: 'open', recovered: false });
  await before.run(1);
  await openConsole(before);
  for (let i = 0; i < WRITES; i += 1) {
    expect(await before.type(`create /node-${String(i)} value-${String(i)}`)).toContain('Created');
  }
  const now = before.frame().now;
  // As the browser does it: nobody is told.
  before.client.dispose();

  const after = await openPage({ resume: true });
  expect(after.opened).toEqual({ kind: 'open', recovered: true });
  expect(after.frame().now).toBeGreaterThan(now);
  await after.run(2);
  await openConsole(after);
  for (let i = 0; i < WRITES; i += 1) {
    expect(await after.type(`get /node-${String(i)}`)).toContain(`value-${String(i)}`);
  }
  await after.client.close(true);
  after.client.dispose();

  const wiped = await openPage({ resume: true });
  expect(wiped.opened).toEqual({ kind: 'open', recovered: false });
  await wiped.client.close(true);
  wiped.client.dispose();
});

it('one page at a time has the stores; another may run in memory', async () => {
  const first = await openPage();
  const second = await openPage();
  expect(second.opened).toEqual({ kind: 'locked' });
  second.client.dispose();
  const third = await openPage({ durable: false });
  expect(third.opened).toEqual({ kind: 'open', recovered: false });
  await third.run(1);
  expect(third.frame().members.some((m) => m.server?.state === 'LEADING')).toBe(true);
  await third.client.act({ kind: 'crash', sid: third.member(3).sid, tail: 'lost', silent: false });
  await third.client.act({ kind: 'restart', sid: third.member(3).sid });
  await third.run(2);
  expect(third.member(3).server?.serving).toBe(true);
  third.client.dispose();
  await first.client.close(true);
  first.client.dispose();
});
