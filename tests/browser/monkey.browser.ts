import { expect, inject, it } from 'vitest';
import { MONKEY } from '../support/monkey-run.ts';
import { openPage } from '../support/browser-page.ts';

it('a monkey in real workers does what it does in Node, to the last bit', async () => {
  const page = await openPage({ world: MONKEY.world, durable: false });
  await page.client.runTo(MONKEY.from);
  await page.client.setMonkey(MONKEY.intensity);
  await page.client.runTo(MONKEY.until);
  await expect.poll(() => page.frame().now).toBe(MONKEY.until);
  expect(page.frame().failure).toBeNull();
  expect(page.frame().traceHash).toBe(inject('monkeyHash'));
  await page.client.close(true);
  page.client.dispose();
});

it('a record takes place again in real workers, and the moment can be taken along', async () => {
  const page = await openPage({ world: MONKEY.world, durable: false });
  await page.client.runTo(MONKEY.from);
  await page.client.setMonkey(MONKEY.intensity);
  await page.client.runTo(MONKEY.until);
  const record = await page.client.record();
  const run = await page.client.checkpoint();
  expect(run.world.actions).toEqual(record.actions);
  expect(run.hosts.size + run.images.size).toBeGreaterThanOrEqual(3);
  const again: string[] = [];
  const options = { world: record.world, resume: false, durable: false, record };
  await page.client.open(options, (frame) => {
    if (frame.now === MONKEY.until) again.push(frame.traceHash);
  });
  await page.client.runTo(MONKEY.until);
  await expect.poll(() => again.at(-1)).toBe(inject('monkeyHash'));
  await page.client.close(true);
  page.client.dispose();
});
