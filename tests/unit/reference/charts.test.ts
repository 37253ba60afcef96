/**
 * The charts of the reference are what the code does: who sends which packet to whom, and how
 * servers get from one state to another, in all scenarios; and what it says of itself to differ
 * from ZooKeeper. `npx vitest run --project node tests/unit/reference -u` writes them anew.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { SCENARIOS } from '../../../src/lessons/scenarios/scenarios.ts';
import { lines, stage } from '../../../src/lessons/scenarios/world.ts';
import { act, createLocalRun, recordOf, runUntil } from '../../../src/sim/local.ts';
import type { LocalRun, Seen } from '../../../src/sim/local.ts';
import { describeMessage } from '../../../src/sim/packet-view.ts';
import { parseScript } from '../../../src/sim/script-text/parse.ts';
import { runSteps } from '../../../src/sim/script-text/run.ts';
import type { RunRecord } from '../../../src/sim/actions.ts';
import type { Scenario } from '../../../src/lessons/scenarios/scenario.ts';

const SRC = fileURLToPath(new URL('../../../src/', import.meta.url));
const CHARTS = join(SRC, 'ui/reference/charts.json');
const DIFFERS = join(SRC, 'ui/reference/differs.json');

interface Packet {
  readonly type: string;
  readonly code: string;
  readonly family: string;
  readonly port: string;
  readonly from: string;
  readonly to: string;
}

/** What no scenario shows: leaders that die at other moments of a server's way. */
const MORE: readonly Pick<Scenario, 'world' | 'script'>[] = [
  {
    world: stage(3, 1),
    script: lines('wait until 1, 2, 3, 4 serve', 'crash 3', 'wait until 4 is LOOKING'),
  },
  ...(['LEADERINFO', 'NEWLEADER'] as const).flatMap((type) =>
    [1, 4].map((sid) => ({
      world: stage(3, 1),
      script: lines(
        'wait until 1, 2, 3, 4 serve',
        `crash ${String(sid)}`,
        `restart ${String(sid)}`,
        `when ${String(sid)} receives ${type}: crash 3`,
        `wait until ${String(sid)} is LOOKING`,
      ),
    })),
  ),
  {
    world: stage(3),
    script: lines('when 3 is LEADING: crash 1', 'crash 2', 'wait until 3 is LOOKING'),
  },
];

function record({ world, script }: Pick<Scenario, 'world' | 'script'>): RunRecord {
  const run = createLocalRun(world, { hash: false });
  expect(runSteps(run, parseScript(script).steps, { afterwards: 2_000_000 }).failure).toBe(null);
  return recordOf(run);
}

/** As the legend calls it: a server by what it is at that moment. */
function roleOf({ hosts }: LocalRun, id: number): string {
  const host = hosts.get(id as never);
  if (host?.kind === 'client') return 'client';
  return host?.server.state.toLowerCase() ?? 'down';
}

test('packets and states are as the scenarios show them', async () => {
  const packets = new Map<string, Packet>();
  const states = new Set<string>();
  for (const scenario of [...SCENARIOS, ...MORE]) {
    const { world, actions, until } = record(scenario);
    const run = createLocalRun(world, { hash: false, single: true });
    const at = new Map<number, string>();
    const observe = (seen: Seen): void => {
      notePackets(packets, run, seen);
      const { id } = seen.process;
      for (const effect of seen.turn.effects) {
        if (effect.kind !== 'note' || effect.note.note !== 'state') continue;
        const { state, zabState } = effect.note;
        const now = `${state} ${zabState}`;
        const before = at.get(id);
        if (before !== undefined && before !== now) states.add(`${before} > ${now}`);
        at.set(id, now);
      }
      if (seen.turn.own?.kind === 'boot') at.delete(id);
    };
    for (const timed of actions) {
      runUntil(run, timed.at, observe);
      act(run, timed.action, observe);
    }
    runUntil(run, until, observe);
  }
  const charts = {
    packets: [...packets.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one),
    states: [...states].sort(),
  };
  const text = await format(JSON.stringify(charts), { parser: 'json', printWidth: 100 });
  await expect(text).toMatchFileSnapshot(CHARTS);
});

function notePackets(packets: Map<string, Packet>, run: LocalRun, { process, turn }: Seen): void {
  for (const effect of turn.effects) {
    if (effect.kind !== 'send') continue;
    const connection = run.world.connections.get(effect.conn);
    if (connection === undefined) continue;
    const { dialler, acceptor, port } = connection;
    const { type, code, family } = describeMessage(effect.message);
    const from = roleOf(run, process.id);
    const to = roleOf(run, dialler.id === process.id ? acceptor.id : dialler.id);
    if (to === 'down') continue;
    const packet = { type, code, family, port, from, to };
    packets.set(JSON.stringify([family, type, from, to]), packet);
  }
}

test('what differs from ZooKeeper is what the code says', async () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort();
  const differs = files.flatMap((file) => {
    const source = readFileSync(join(SRC, file), 'utf8');
    const comments = source.match(/\/\*\*[\s\S]*?\*\//g) ?? [];
    return comments.flatMap((comment) => {
      const text = comment
        .replace(/^\/\*\*|\*\/$/g, '')
        .replace(/^\s*\* ?/gm, '')
        .trim();
      const [, found] = /Differs: ([\s\S]*?)(?:\n\s*\n|\n@|$)/.exec(text) ?? [];
      if (found === undefined) return [];
      const source = /Source: ([^\n]*?)\.(?=\s|$)/.exec(text)?.[1] ?? null;
      return [{ file, source, text: found.replace(/\s+/g, ' ').trim() }];
    });
  });
  const text = await format(JSON.stringify(differs), { parser: 'json', printWidth: 100 });
  await expect(text).toMatchFileSnapshot(DIFFERS);
});
