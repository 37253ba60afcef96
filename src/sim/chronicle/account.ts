/** Everything about one event: it is lived once more, with its causes as far as they are near. */
import { defined, unreachable } from '../../core/assert.ts';
import type { Note } from '../../core/quorum/peer-io.ts';
import type { ConnId, Micros, ProcessId } from '../../core/units.ts';
import { formatZxid, type Zxid } from '../../core/zxid.ts';
import type { Outbound } from '../host.ts';
import type { LocalRun, Seen } from '../local.ts';
import { describeMessage } from '../packet-view.ts';
import { rowOf } from '../trace-text.ts';
import type { TraceSubject } from '../trace.ts';
import type { World } from '../world.ts';
import { eventBefore, eventEnd, firstEvent, markOf, ownerOfEvent, type Branch } from './branch.ts';
import { chainBefore, knownOf, type Known, type Link } from './causes.ts';
import type { Names } from './columns.ts';
import { copyRun } from './copy-run.ts';
import { diskWord, timerName, wordsOf } from './event-row.ts';
import type { CauseLink, EventAccount } from './model.ts';
import { goOn, lastRung, settle } from './seek.ts';

/** @throws for an event that the branch does not have. */
export function accountOf(branch: Branch, names: Names, event: number): EventAccount {
  if (event < firstEvent(branch) || event >= eventEnd(branch)) {
    throw new RangeError(`there is no event ${String(event)}`);
  }
  const known = defined(knownOf(branch, names, event) ?? undefined, 'an event of the branch');
  const chain = chainBefore(branch, names, event);
  const wanted = new Map<number, Seen | null>([[event, null]]);
  for (const link of chain) if (link.event >= 0) wanted.set(link.event, null);
  const run = liveThrough(branch, known, wanted);
  const seen = defined(wanted.get(event) ?? undefined, 'the event, seen again');
  const textOf = (number: number): string => {
    const found = wanted.get(number) ?? null;
    if (found !== null) return seenText(run.world, found);
    const other = knownOf(branch, names, number);
    return other === null ? '' : knownText(run.world, other);
  };
  return {
    event,
    at: known.at as Micros,
    process: known.process,
    text: textOf(event),
    effects: effectsOf(branch, run, seen),
    why: chain.map((link, index) => {
      const next = chain[index + 1]?.event ?? event;
      const follows = defined(knownOf(branch, names, next) ?? undefined, 'what it led to');
      return linkOf(branch, run.world, link, follows, textOf);
    }),
  };
}

/** Lives from the last checkpoint up to the event, and keeps what it sees of those wanted. */
function liveThrough(branch: Branch, known: Known, wanted: Map<number, Seen | null>): LocalRun {
  const { event, at } = known;
  const before = settle(branch, { events: event, actions: 0, at: at as Micros });
  const behind = { events: event + 1, actions: Infinity, at: at as Micros };
  const run = copyRun(lastRung(branch, before).run);
  goOn(run, branch, settle(branch, behind), (seen) => {
    if (wanted.has(seen.event)) wanted.set(seen.event, seen);
  });
  return run;
}

function nameOf(world: World, id: ProcessId): string {
  return world.byId.get(id)?.name ?? `process ${String(id)}`;
}

function rowText(world: World, process: ProcessId, subject: TraceSubject): string {
  const at = world.now;
  return rowOf(world, { index: 0, at, process, kind: 'state', subject, interesting: false }).text;
}

function seenText(world: World, { process, turn, delivery, ...rest }: Seen): string {
  if (delivery !== null) {
    const { src, event } = delivery;
    return rowText(world, process.id, { kind: 'delivery', src, event });
  }
  const { own } = turn;
  if (own === null) return process.name;
  if (own.kind === 'durable') {
    const { zxid } = wordsOf({ process, turn, delivery, ...rest }, null);
    const synced = turn.effects.find((e) => e.kind === 'note' && e.note.note === 'synced');
    const upTo = synced?.kind === 'note' && synced.note.note === 'synced' ? synced.note.zxid : zxid;
    if (upTo > 0n) {
      return `${process.name}: its log is safe on disk up to ${formatZxid(upTo)}`;
    }
  }
  return rowText(world, process.id, { kind: 'own', event: own });
}

/** From the columns alone. */
function knownText(world: World, { process, kind, type, src, zxid }: Known): string {
  const name = nameOf(world, process);
  const what = zxid > 0n ? `${type} ${formatZxid(zxid as Zxid)}` : type;
  switch (kind) {
    case 'packet':
      return `${nameOf(world, src)} → ${name}: ${what}`;
    case 'timer':
      return `${name}: timer ${type}`;
    case 'disk':
      return `${name}: ${what} is done`;
    case 'boot':
      return `${name}: boots`;
    case 'client':
    case 'order':
      return `${name}: ${what}`;
    default:
      return unreachable(kind);
  }
}

function linkOf(
  branch: Branch,
  world: World,
  link: Link,
  next: Known,
  textOf: (event: number) => string,
): CauseLink {
  const { event, how } = link;
  if (how === 'action') {
    const mark = markOf(branch, -2 - link.action);
    const action = mark?.timed ?? world.actions[-2 - link.action];
    const text =
      action === undefined
        ? ''
        : rowText(world, next.process, { kind: 'action', action: action.action });
    const at = (action?.at ?? next.at) as Micros;
    return { event: -1, at, process: next.process, how, text: `You: ${text}` };
  }
  const { columns } = ownerOfEvent(branch, event);
  const process = (columns.process[event - columns.first] ?? 0) as ProcessId;
  const at = (columns.at[event - columns.first] ?? 0) as Micros;
  const text = `${textOf(event)}; ${ledTo(world, how, process, next)}`;
  return { event, at, process, how, text };
}

function ledTo(world: World, how: CauseLink['how'], process: ProcessId, next: Known): string {
  const name = nameOf(world, process);
  const zxid = next.zxid > 0n ? ` ${formatZxid(next.zxid as Zxid)}` : '';
  switch (how) {
    case 'sent':
      return `${name} sent ${next.type}${zxid} to ${nameOf(world, next.process)}`;
    case 'timer':
      return `${name} set its timer ${next.type}`;
    case 'disk':
      return `${name} asked its disk for ${next.type}`;
    case 'before':
      return `${name} wrote it to its log, and its disk was busy`;
    case 'action':
      return '';
    default:
      return unreachable(how);
  }
}

function effectsOf(branch: Branch, run: LocalRun, seen: Seen): readonly string[] {
  const { world } = run;
  const { process, turn, asked } = seen;
  const lines: string[] = [];
  for (const effect of turn.effects) {
    const line = effectText(world, process.id, effect);
    if (line !== null) lines.push(line);
  }
  for (const ask of asked) lines.push(`asks its disk: ${diskWord(ask)}`);
  const before = eventBefore(branch, process.id, seen.event);
  const { columns } = ownerOfEvent(branch, before);
  const known = before < 0 ? undefined : columns.planned[before - columns.first];
  const from = known ?? branch.plannedBefore.get(process.id) ?? 0;
  for (const { name, at, seq } of run.hosts.get(process.id)?.agenda.timers ?? []) {
    if (name === null || seq < from) continue;
    lines.push(`sets the timer ${timerName(name)}: in ${String((at - turn.at) / 1000)} ms`);
  }
  return lines;
}

function effectText(world: World, process: ProcessId, effect: Outbound): string | null {
  switch (effect.kind) {
    case 'send':
      return `sends${toWhom(world, process, effect.conn)}: ${describeMessage(effect.message).summary}`;
    case 'connect':
      return `dials ${nameOf(world, effect.to)}, the ${effect.port} port`;
    case 'accept':
      return `accepts the connection${toWhom(world, process, effect.conn)}`;
    case 'refuse':
      return 'refuses the connection';
    case 'close':
      return 'closes a connection';
    case 'note':
      return noteLine(world, process, effect.note);
    case 'log':
      return `${effect.level} ${effect.logger}: ${effect.message}`;
    case 'exit':
      return `ends itself: ${effect.reason}`;
    case 'print':
      return `prints: ${effect.text}`;
    case 'session':
      return `is ${effect.state}`;
    case 'result':
      return `tells its program the answer: error ${String(effect.err)}`;
    case 'watch':
      return `tells its watchers: ${effect.event.path}`;
    case 'look':
    case 'setTimer':
    case 'clearTimer':
      return null;
    default:
      return unreachable(effect);
  }
}

function toWhom(world: World, process: ProcessId, conn: ConnId): string {
  const connection = world.connections.get(conn);
  if (connection === undefined) return '';
  const { dialler, acceptor } = connection;
  return ` to ${(dialler.id === process ? acceptor : dialler).name}`;
}

function noteLine(world: World, process: ProcessId, note: Note): string | null {
  switch (note.note) {
    case 'mark':
      return null;
    case 'logged':
      return `writes ${formatZxid(note.zxid)} to its log, not yet safe`;
    case 'synced':
      return `its log is safe up to ${formatZxid(note.zxid)}`;
    case 'proposed':
      return `proposes ${formatZxid(note.zxid)}`;
    case 'committed':
      return `commits ${formatZxid(note.zxid)}: ${note.acks.map(String).join(', ')} have it`;
    case 'applied':
      return `applies ${formatZxid(note.zxid)} to its tree`;
    case 'epoch':
      return `${note.file} ${String(note.epoch)} is safe on its disk`;
    case 'recovered':
      return `has read its database, up to ${formatZxid(note.lastProcessed)}`;
    case 'synchronized':
      return `has what its leader has, up to ${formatZxid(note.zxid)}`;
    case 'state':
    case 'established':
    case 'sessionExpired':
    case 'config':
    case 'violation':
      return rowText(world, process, { kind: 'note', note });
    default:
      return unreachable(note);
  }
}
