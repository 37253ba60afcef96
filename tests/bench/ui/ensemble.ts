/**
 * How smooth the ring is: seven voters, a client whose writes make a thousand packets a second, at
 * the speed of the wall. Measured is what the main thread works from one animation frame to the
 * next: scripts, styles, layout, painting, and the pictures that come from the workers.
 */
import type { Browser, Page } from '@playwright/test';
import { openPage } from './open-page.ts';

export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

export interface EnsembleFigures {
  readonly frames: number;
  /** Milliseconds of work on the main thread for a frame. */
  readonly work: Spread;
  /** Milliseconds between two animation frames. */
  readonly interval: Spread;
  readonly packetsPerSecond: number;
}

const VOTERS = 7;
const SECONDS = 10;

/** A write is asked and answered, proposed to six, acknowledged by six, committed at six. */
const PACKETS_OF_WRITE = 2 + 3 * (VOTERS - 1);
const WRITES_PER_SECOND = Math.ceil(1000 / PACKETS_OF_WRITE);

/** The milliseconds that a frame has at 60 in a second. */
const AIM = 16.7;

/** @param baseURL of the built page. */
export async function benchEnsemble(browser: Browser, baseURL: string): Promise<EnsembleFigures> {
  const page = await openPage(browser, baseURL);
  try {
    await openSeven(page);
    await startWriting(page);
    await page.waitForTimeout(1500);
    await browser.startTracing(page, { categories: ['devtools.timeline', 'toplevel'] });
    const intervals = await animationFrames(page, SECONDS);
    const trace = await browser.stopTracing();
    const written = await stopWriting(page);
    const works = workPerFrame(trace.toString());
    const figures = {
      frames: works.length,
      work: spreadOf(works),
      interval: spreadOf(intervals),
      packetsPerSecond: Math.round((written.asked * PACKETS_OF_WRITE) / written.seconds),
    };
    print(figures);
    return figures;
  } finally {
    await page.close();
  }
}

function print({ frames, work, interval, packetsPerSecond }: EnsembleFigures): void {
  const ms = (value: number): string => value.toFixed(1).padStart(6);
  const row = (name: string, s: Spread): string =>
    `${name.padEnd(28)} p50 ${ms(s.p50)}  p95 ${ms(s.p95)}  max ${ms(s.max)} ms`;
  console.log(`ensemble: ${VOTERS} voters, ${packetsPerSecond} packets/s, ${frames} frames`);
  console.log(`${row('main thread, a frame', work)}  (aim: p95 <= ${AIM} ms)`);
  console.log(row('between animation frames', interval));
}

export async function openSeven(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^\d voters?/ }).click();
  const dialog = page.getByRole('dialog', { name: 'New ensemble' });
  const voters = dialog.getByRole('group', { name: 'Voters' });
  await voters.getByText(String(VOTERS), { exact: true }).click();
  await dialog.getByRole('button', { name: 'Start this ensemble' }).click();
  const ring = page.getByRole('region', { name: 'Ensemble' });
  await ring.getByRole('button', { name: /^server 7, / }).waitFor();
  await page.locator('label[title*="CONNECTED"]').first().waitFor({ timeout: 60_000 });
  await page.evaluate(() => window.zk?.setSpeed(1));
}

/** What the bench leaves in the page while it runs. */
declare global {
  interface Window {
    benchWriter?: { timer: number; asked: number; since: number };
  }
}

/** Lets the first session write. */
export async function startWriting(page: Page): Promise<void> {
  await page.evaluate((everyMs) => {
    const act = (tag: number, request: object): void => {
      void window.zk?.act({ kind: 'submit', process: 1001, tag, request } as never);
    };
    const acl = [{ perms: 31, id: { scheme: 'world', id: 'anyone' } }];
    const data = new Uint8Array([1, 2, 3]);
    act(1, { op: 'create', path: '/bench', data, acl, flags: 0, ttl: 0 });
    const writer = { timer: 0, asked: 0, since: performance.now() };
    // Timers of a busy page come late: what is due is asked for at once.
    writer.timer = window.setInterval(() => {
      const due = Math.floor((performance.now() - writer.since) / everyMs);
      while (writer.asked < due) {
        writer.asked += 1;
        act(1 + writer.asked, { op: 'setData', path: '/bench', data, version: -1 });
      }
    }, everyMs);
    window.benchWriter = writer;
  }, 1000 / WRITES_PER_SECOND);
}

export async function stopWriting(page: Page): Promise<{ asked: number; seconds: number }> {
  return page.evaluate(() => {
    const writer = window.benchWriter ?? { timer: 0, asked: 0, since: 0 };
    window.clearInterval(writer.timer);
    return { asked: writer.asked, seconds: (performance.now() - writer.since) / 1000 };
  });
}

export function animationFrames(page: Page, seconds: number): Promise<number[]> {
  return page.evaluate(
    (wanted) =>
      new Promise<number[]>((resolve) => {
        const found: number[] = [];
        const begin = performance.now();
        let last = begin;
        const next = (): void => {
          const now = performance.now();
          found.push(now - last);
          last = now;
          if (now - begin > wanted * 1000) resolve(found);
          else requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
    seconds,
  );
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Of the processor, where the browser tells it: what others do on the machine does not count. */
  readonly tdur?: number;
}

/** Milliseconds that the page's main thread was busy, from each animation frame to the next. */
export function workPerFrame(trace: string): number[] {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: readonly TraceEvent[] };
  const fired = traceEvents.filter(({ name }) => name === 'FireAnimationFrame');
  const main = fired[0];
  if (main === undefined) return [];
  const own = traceEvents.filter(({ pid, tid }) => pid === main.pid && tid === main.tid);
  const tasks = own
    .filter(({ name, ph }) => ph === 'X' && name.endsWith('RunTask'))
    .sort((a, b) => a.ts - b.ts);
  const starts = tasks
    .filter((task) => own.some((e) => e.name === 'FireAnimationFrame' && isIn(e, task)))
    .map(({ ts }) => ts);
  const works: number[] = [];
  let at = 0;
  starts.slice(1).forEach((end, i) => {
    let work = 0;
    for (; at < tasks.length; at++) {
      const task = tasks[at];
      if (task === undefined || task.ts >= end) break;
      if (task.ts >= (starts[i] ?? 0)) work += (task.tdur ?? task.dur ?? 0) / 1000;
    }
    works.push(work);
  });
  return works;
}

function isIn(event: TraceEvent, task: TraceEvent): boolean {
  return event.ts >= task.ts && event.ts <= task.ts + (task.dur ?? 0);
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? 0 };
}
