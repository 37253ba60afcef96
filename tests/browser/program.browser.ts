import { expect, inject, it } from 'vitest';
import { replay, traceHash } from '../../src/sim/local.ts';
import { hostProgram, type Outcome } from '../../src/worker/sandbox/host.ts';
import { openPage, type Page } from '../support/browser-page.ts';
import { PROGRAMS } from '../support/program-run.ts';

interface Begun {
  readonly outcome: Promise<Outcome>;
  readonly lines: string[];
  readonly ending: AbortController;
}

/** Resolves when it has its seat in the run. */
async function begin(page: Page, text: string, id: number, of: number): Promise<Begun> {
  const lines: string[] = [];
  const ending = new AbortController();
  let seated: () => void = () => undefined;
  const seat = new Promise<void>((resolve) => (seated = resolve));
  const { startTime, world } = PROGRAMS;
  const outcome = hostProgram({
    text,
    settings: { id, number: id, of, seed: world.seed, startTime },
    onReport: (report) => lines.push(...report.lines.map((line) => line.text)),
    join: (port) => {
      const end = page.client.runProgram(id, port);
      seated();
      return end;
    },
    signal: ending.signal,
  });
  await Promise.race([seat, outcome]);
  return { outcome, lines, ending };
}

it('programs in workers of their own do what they do in Node, and their record alone as well', async () => {
  const { from, until, deeds, of, text, world } = PROGRAMS;
  const page = await openPage({ world, durable: false });
  await page.client.runTo(from);
  await expect.poll(() => page.frame().now).toBe(from);
  const begun: Begun[] = [];
  for (let id = 1; id <= of; id += 1) begun.push(await begin(page, text, id, of));
  for (const { at, action } of deeds) {
    await page.client.runTo(at);
    expect(await page.client.act(action)).toEqual({ ok: true });
  }
  await page.client.runTo(until);
  await expect.poll(() => page.frame().now, { timeout: 20_000 }).toBe(until);
  expect(await Promise.all(begun.map(({ outcome }) => outcome))).toEqual(
    begun.map(() => ({ kind: 'done' })),
  );
  expect(page.frame().traceHash).toBe(inject('programHash'));
  expect(traceHash(replay(await page.client.record()))).toBe(inject('programHash'));
  await page.client.close(true);
});

it('a program finds nothing of the browser, also where it breaks out of its function', async () => {
  const page = await openPage({ world: PROGRAMS.world, durable: false });
  await page.client.runTo(PROGRAMS.from);
  const names =
    "['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'importScripts', 'eval', 'Function', 'setTimeout', 'performance', 'indexedDB', 'caches', 'navigator', 'Worker', 'crypto']";
  const look = `log(${names}.filter((name) => globalThis[name] !== undefined));
    log(typeof Date.prototype.constructor, typeof (() => 1).constructor, typeof (async () => 1).constructor);`;
  const tame = await begin(page, look, 1, 1);
  const wild = await begin(
    page,
    'log(globalThis.found); }, globalThis.found = [typeof fetch, typeof setTimeout], () => {',
    2,
    1,
  );
  await page.client.runTo((PROGRAMS.from + 1_000_000) as typeof PROGRAMS.from);
  expect(await tame.outcome).toEqual({ kind: 'done' });
  expect(tame.lines).toEqual(['[]', 'undefined undefined undefined']);
  expect(await wild.outcome).toEqual({ kind: 'done' });
  expect(wild.lines).toEqual(['["undefined", "undefined"]']);
  const imports = await begin(page, "log(1);\nconst other = [...import('./x.js')];", 3, 1);
  expect(await imports.outcome).toMatchObject({ kind: 'failed', name: 'ImportError', line: 2 });
  await page.client.close(true);
});

it('a loop without an end is ended, its processes die, and the world goes on', async () => {
  const page = await openPage({ world: PROGRAMS.world, durable: false });
  await page.client.runTo(PROGRAMS.from);
  const text = "await connect();\nlog('so far');\nfor (;;) log('again');";
  const { outcome, lines } = await begin(page, text, 1, 1);
  const until = (PROGRAMS.from + 2_000_000) as typeof PROGRAMS.from;
  await page.client.runTo(until);
  expect(await outcome).toEqual({ kind: 'tooLong' });
  expect(lines[0]).toBe('so far');
  expect(lines.length).toBeLessThan(2000);
  await expect.poll(() => page.frame().now).toBe(until);
  expect(page.frame().clients.map(({ status }) => status)).toEqual(['down']);
  await page.client.close(true);
});

it('a text that is no program says in which line', async () => {
  const page = await openPage({ world: PROGRAMS.world, durable: false });
  const texts = ['const a = 1;\nconst b = ;\n', '\nfunction f() { await sleep(1); }', '({', '}'];
  const results = [];
  for (const [n, text] of texts.entries()) {
    results.push(await (await begin(page, text, n + 1, 1)).outcome);
  }
  expect(results).toMatchObject([
    { kind: 'failed', name: 'SyntaxError', line: 2 },
    { kind: 'failed', name: 'SyntaxError', line: 2 },
    { kind: 'failed', name: 'SyntaxError' },
    { kind: 'failed', name: 'SyntaxError' },
  ]);
  await page.client.close(true);
});
