/** Plays a scenario in one thread and keeps what its promise is about. */
import type { Note } from '../../../src/core/quorum/peer-io.ts';
import type { ServerState } from '../../../src/core/quorum/vote.ts';
import { childrenOf } from '../../../src/core/server-view.ts';
import type { Scenario } from '../../../src/lessons/scenarios/scenario.ts';
import { act, createLocalRun, runUntil, type LocalRun, type Seen } from '../../../src/sim/local.ts';
import { recordOf } from '../../../src/sim/local.ts';
import type { MemberHost } from '../../../src/sim/member.ts';
import { describeMessage } from '../../../src/sim/packet-view.ts';
import { parseScript } from '../../../src/sim/script-text/parse.ts';
import { runSteps, type TextRun } from '../../../src/sim/script-text/run.ts';

export interface SentPacket {
  readonly at: number;
  readonly from: number;
  readonly type: string;
}

export interface Noted {
  readonly at: number;
  readonly by: number;
  readonly note: Note;
}

export interface Played {
  readonly script: TextRun;
  /** At its end. */
  readonly run: LocalRun;
  readonly sent: readonly SentPacket[];
  readonly notes: readonly Noted[];
  /** Of the consoles: `A: Created /a`. */
  readonly printed: readonly string[];
}

const AFTERWARDS = 2_000_000;

/** First for its times, and then again from its record, as the page does. */
export function play(scenario: Scenario, seed: number): Played {
  const world = { ...scenario.world, seed };
  const parsed = parseScript(scenario.script);
  if (parsed.errors.length > 0) throw new Error(JSON.stringify(parsed.errors));
  const first = createLocalRun(world, { hash: false });
  const script = runSteps(first, parsed.steps, { afterwards: AFTERWARDS });
  const record = recordOf(first);
  const run = createLocalRun(world, { hash: false, check: true });
  const kept = { sent: [] as SentPacket[], notes: [] as Noted[], printed: [] as string[] };
  const observe = (seen: Seen): void => keep(kept, run, seen);
  for (const { at, action } of record.actions) {
    runUntil(run, at, observe);
    act(run, action, observe);
  }
  runUntil(run, record.until, observe);
  return { script, run, ...kept };
}

function keep(
  kept: { sent: SentPacket[]; notes: Noted[]; printed: string[] },
  run: LocalRun,
  { process, turn }: Seen,
): void {
  const at = run.world.now;
  for (const effect of turn.effects) {
    if (effect.kind === 'send') {
      kept.sent.push({ at, from: process.id, type: describeMessage(effect.message).type });
    } else if (effect.kind === 'note') {
      kept.notes.push({ at, by: process.id, note: effect.note });
    } else if (effect.kind === 'print') {
      kept.printed.push(`${process.name}: ${effect.text}`);
    }
  }
}

function members(run: LocalRun): readonly MemberHost[] {
  return [...run.hosts.values()].filter((host) => host.kind === 'member');
}

/** `5: LEADING` …, of those that run, by sid; who serves has `*`. */
export function roles(run: LocalRun): readonly string[] {
  return members(run)
    .filter(({ ended }) => !ended)
    .map(({ server }) => ({ ...server, sid: server.settings.sid }))
    .sort((a, b) => a.sid - b.sid)
    .map(({ sid, state, zabState }) => {
      return `${String(sid)}: ${state}${zabState === 'broadcast' ? '*' : ''}`;
    });
}

/** `serving(5, [1, 2, 3, 4])`: what `roles` says of an ensemble that serves whole. */
export function serving(leader: number, others: readonly number[]): readonly string[] {
  return [...others, leader]
    .sort((a, b) => a - b)
    .map((sid) => `${String(sid)}: ${sid === leader ? 'LEADING' : 'FOLLOWING'}*`);
}

/** Whether the znode is in the tree of every server that runs. */
export function everywhere(run: LocalRun, path: string): readonly boolean[] {
  return members(run)
    .filter(({ ended }) => !ended)
    .map(({ server }) => childrenOf(server.db.tree, path) !== null);
}

export function epochs(run: LocalRun): readonly number[] {
  return [...new Set(members(run).map(({ server }) => server.currentEpoch))];
}

/** What the leader sent to synchronise learners, from the nth action on. */
export function syncsAfter({ script, sent }: Played, action: number): readonly string[] {
  const from = script.actions[action]?.at ?? Infinity;
  return sent
    .filter(({ at, type }) => at >= from && ['DIFF', 'SNAP', 'TRUNC'].includes(type))
    .map(({ type }) => type);
}

export function stateNotes(played: Played, sid: number): readonly ServerState[] {
  return played.notes.flatMap(({ by, note }) =>
    by === sid && note.note === 'state' ? [note.state] : [],
  );
}
