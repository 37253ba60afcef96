import { expect, it } from 'vitest';
import type { Sid } from '../../src/core/units.ts';
import type { LocalRun } from '../../src/sim/local.ts';
import { CONSOLE, openConsole, openPage, type Page } from '../support/browser-page.ts';

/** The same page goes on from that moment. @returns the milliseconds until its first frame. */
async function goOn(page: Page, moment: LocalRun): Promise<number> {
  const { client, frames } = page;
  const before = performance.now();
  let shown = 0;
  const world = moment.world.config;
  const opened = await client.open({ world, resume: false, durable: true, moment }, (frame) => {
    if (shown === 0) shown = performance.now();
    frames.push(frame);
  });
  expect(opened).toEqual({ kind: 'open', recovered: false });
  await expect.poll(() => shown, { interval: 5 }).toBeGreaterThan(0);
  return shown - before;
}

it('an ensemble goes on from a moment of its past, and a reload finds it so', async () => {
  const page = await openPage();
  await page.run(1);
  await openConsole(page);
  await page.type('create /both x');
  const leader = page.frame().members.find((m) => m.server?.state === 'LEADING')?.sid ?? (0 as Sid);
  const moment = await page.client.checkpoint();
  await page.type('create /left x');
  await page.client.act({ kind: 'crash', sid: leader, tail: 'kept', silent: false });
  await page.run(3);
  const left = page.frame();
  expect(page.member(leader).status).toBe('down');

  const took = await goOn(page, moment);
  expect(took).toBeLessThan(1000);
  expect(page.member(leader).server?.state).toBe('LEADING');
  expect(page.frame().now).toBe(moment.world.now);
  // The same again gives the same, to the last bit.
  await page.type('create /left x');
  await page.client.act({ kind: 'crash', sid: leader, tail: 'kept', silent: false });
  await page.client.runTo(left.now);
  await page.client.pause();
  await expect.poll(() => page.frame().traceHash).toBe(left.traceHash);

  await goOn(page, moment);
  expect(await page.type('create /right x')).toContain('Created');
  expect(await page.type('ls /')).toContain('both');
  // As the browser does it: nobody is told.
  page.client.dispose();

  const after = await openPage({ resume: true });
  expect(after.opened).toEqual({ kind: 'open', recovered: true });
  await after.run(2);
  await openConsole(after);
  const listed = await after.type('ls /');
  expect(listed).toContain('both');
  expect(listed).toContain('right');
  expect(listed).not.toContain('left');
  await after.client.close(true);
  after.client.dispose();
});

it('time runs in workers until a goal is met, and answers an operator', async () => {
  const page = await openPage({ durable: false });
  const { client } = page;
  expect(await client.runUntil({ kind: 'serves' })).toBe('reached');
  const leader = page.frame().members.find((m) => m.server?.state === 'LEADING')?.sid ?? (3 as Sid);
  expect(await client.admin(leader, 'srvr')).toContain('Mode: leader');
  await openConsole(page);
  await client.act({ kind: 'line', process: CONSOLE, line: 'create /x y' });
  expect(await client.runUntil({ kind: 'packet', type: 'PROPOSAL' })).toBe('reached');
  const { until } = await client.record();
  await expect.poll(() => page.frame().now).toBe(until);
  const last = page.frame().trace.findLast(({ kind }) => kind === 'packet');
  expect(last?.text).toContain('PROPOSAL');
  const { now } = page.frame();
  const ended = client.runUntil({ kind: 'packet', type: 'TRUNC' });
  await expect
    .poll(() => page.frame().now - now, { timeout: 20_000, interval: 20 })
    .toBeGreaterThan(20_000_000);
  await client.pause();
  expect(await ended).toBe('stopped');
  client.dispose();
});
