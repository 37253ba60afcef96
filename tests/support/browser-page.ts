/** A page of the playground without its looks: what a browser test drives. */
import { afterEach, expect } from 'vitest';
import { DEFAULT_CONFIG, ensembleOf } from '../../src/core/config.ts';
import type { Micros, Millis, ProcessId, Sid } from '../../src/core/units.ts';
import type { WorldConfig } from '../../src/sim/actions.ts';
import type { Frame, MemberView } from '../../src/sim/frame.ts';
import type { OpenResult } from '../../src/worker/api.ts';
import { connectPlayground, type PlaygroundClient } from '../../src/worker/connect.ts';

export const threeServers: WorldConfig = {
  ensemble: { ...DEFAULT_CONFIG, servers: ensembleOf(3, 0) },
  seed: 7,
  latency: { min: 1000 as Micros, max: 4000 as Micros },
  diskLatency: { min: 300 as Micros, max: 2000 as Micros },
  tcpTimeout: 15_000_000 as Micros,
};

export const CONSOLE = 1001 as ProcessId;

export interface Page {
  readonly client: PlaygroundClient;
  readonly opened: OpenResult;
  readonly frames: Frame[];
  frame(): Frame;
  member(sid: number): MemberView;
  /** Runs on by so many virtual seconds, and waits for the frame that shows it. */
  run(seconds: number): Promise<void>;
  /** Types a line and gives what the console printed after it. */
  type(line: string): Promise<string>;
}

const clients = new Set<PlaygroundClient>();

// A test that failed must not keep the lock from the next one.
afterEach(() => {
  for (const client of clients) client.dispose();
  clients.clear();
});

export async function openPage(
  options: { world?: WorldConfig; resume?: boolean; durable?: boolean } = {},
): Promise<Page> {
  const { world = threeServers, resume = false, durable = true } = options;
  const client = connectPlayground();
  clients.add(client);
  const frames: Frame[] = [];
  const opened = await client.open({ world, resume, durable }, (frame) => frames.push(frame));
  const latest = (): Frame => {
    const frame = frames.at(-1);
    if (frame === undefined) throw new Error('no frame yet');
    return frame;
  };
  const page: Page = {
    client,
    opened,
    frames,
    frame: latest,
    member: (sid) => {
      const member = latest().members.find((m) => m.sid === (sid as Sid));
      if (member === undefined) throw new Error(`no server ${String(sid)}`);
      return member;
    },
    run: async (seconds) => {
      const until = (latest().now + seconds * 1e6) as Micros;
      await client.runTo(until);
      await client.pause();
      await expect.poll(() => latest().now >= until, { interval: 5 }).toBe(true);
    },
    type: async (line) => {
      const before = latest().transcripts.get(CONSOLE)?.length ?? 0;
      expect(await client.act({ kind: 'line', process: CONSOLE, line })).toEqual({ ok: true });
      await page.run(0.5);
      const lines = latest().transcripts.get(CONSOLE) ?? [];
      return lines
        .slice(before)
        .map((l) => l.text)
        .join('\n');
    },
  };
  if (opened.kind === 'open') await expect.poll(() => frames.length, { interval: 5 }).not.toBe(0);
  return page;
}

export async function openConsole(page: Page): Promise<void> {
  const outcome = await page.client.act({
    kind: 'addClient',
    process: CONSOLE,
    name: 'A',
    servers: [],
    sessionTimeout: 10_000 as Millis,
    console: true,
  });
  expect(outcome).toEqual({ ok: true });
  await page.run(1);
}
