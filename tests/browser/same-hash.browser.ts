import { expect, inject, it } from 'vitest';
import { script, scriptedWorld, scriptEnd } from '../support/scripted-run.ts';
import { openPage } from '../support/browser-page.ts';

it('a scripted run with workers and IndexedDB has the trace hash that it has in Node', async () => {
  const page = await openPage({ world: scriptedWorld });
  for (const { at, action } of script) {
    await page.client.runTo(at);
    expect(await page.client.act(action)).toEqual({ ok: true });
  }
  await page.client.runTo(scriptEnd);
  await expect.poll(() => page.frame().now).toBe(scriptEnd);
  expect(page.frame().failure).toBeNull();
  expect(page.frame().traceHash).toBe(inject('nodeHash'));
  await page.client.close(true);
  page.client.dispose();
});
