/** Whether something took place in a turn, or is what a person did. */
import { unreachable } from '../../core/assert.ts';
import { EventType } from '../../core/jute/proto.ts';
import type { Note } from '../../core/quorum/peer-io.ts';
import type { ConnId, ProcessId, Sid } from '../../core/units.ts';
import { CLIENT_ID_MIN, type Action } from '../../sim/actions.ts';
import type { Ledger } from '../../sim/chronicle/operations.ts';
import type { Outbound } from '../../sim/host.ts';
import type { LocalRun, Seen } from '../../sim/local.ts';
import { describeMessage } from '../../sim/packet-view.ts';
import { clientOf, fits, linkOf, type Since } from './facts.ts';
import type { Happening } from './goal.ts';
import { namesPath } from './txn-paths.ts';

/** A turn, with what was known before it. */
export interface Witness {
  readonly run: LocalRun;
  readonly since: Since;
  readonly seen: Seen;
  /** Requests of clients, this turn's included. */
  readonly ledger: Ledger;
  /** Zxids of proposals by what they name, of the epochs that were seen. */
  readonly proposals: ReadonlyMap<bigint, (path: string) => boolean>;
}

/** How often it took place in that turn. */
export function timesSeen(witness: Witness, what: Happening): number {
  const { seen } = witness;
  switch (what.happening) {
    case 'does':
      return 0;
    case 'answer':
      return seen.delivery === null ? 0 : answersSeen(witness, what);
    case 'arrives':
      return isArrival(witness, what) ? 1 : 0;
    case 'syncs':
      return isSync(witness, what) ? 1 : 0;
    case 'snapshot':
      return takesSnapshot(witness, what) ? 1 : 0;
    default:
      return seen.turn.effects.filter((effect) => isEffect(witness, what, effect)).length;
  }
}

type Of<K extends Happening['happening']> = Extract<Happening, { readonly happening: K }>;

function answersSeen({ seen, ledger, run }: Witness, what: Of<'answer'>): number {
  if (seen.process.kind !== 'client') return 0;
  return ledger.entries.filter(
    (entry) =>
      entry.returnEvent === seen.event &&
      isClient(run, what.client, entry.client) &&
      (what.op ?? entry.op) === entry.op &&
      (what.path ?? entry.path) === entry.path &&
      (what.err ?? entry.err) === entry.err,
  ).length;
}

function isClient(run: LocalRun, name: string | undefined, process: ProcessId): boolean {
  return name === undefined || run.world.byId.get(process)?.name === name;
}

function isArrival({ run, since, seen }: Witness, what: Of<'arrives'>): boolean {
  const { delivery, process } = seen;
  if (delivery?.event.kind !== 'packet') return false;
  return (
    describeMessage(delivery.event.message).type === what.type &&
    fits(run, since, what.from, delivery.src) &&
    fits(run, since, what.to, process.id)
  );
}

function isSync({ run, since, seen }: Witness, what: Of<'syncs'>): boolean {
  const event = seen.delivery?.event;
  if (event?.kind !== 'packet') return false;
  return (
    describeMessage(event.message).type === what.how &&
    fits(run, since, what.server, seen.process.id)
  );
}

function takesSnapshot({ run, since, seen }: Witness, what: Of<'snapshot'>): boolean {
  const { asked, process } = seen;
  return (
    asked.some(({ kind }) => kind === 'saveSnapshot') && fits(run, since, what.server, process.id)
  );
}

type InEffects = Exclude<
  Happening['happening'],
  'does' | 'answer' | 'arrives' | 'syncs' | 'snapshot'
>;

function isEffect(witness: Witness, what: Of<InEffects>, effect: Outbound): boolean {
  const { run, since, seen } = witness;
  const { id, kind, name } = seen.process;
  const isHere = (wanted: string | undefined): boolean =>
    kind === 'client' && (wanted ?? name) === name;
  switch (what.happening) {
    case 'watch':
      return (
        effect.kind === 'watch' &&
        effect.event.type !== EventType.None &&
        isHere(what.client) &&
        (what.path ?? effect.event.path) === effect.event.path &&
        (what.type === undefined || EventType[what.type] === effect.event.type)
      );
    case 'session':
      return (
        effect.kind === 'session' &&
        isHere(what.client) &&
        linkOf(effect.state) === what.is &&
        (what.server === undefined || effect.server === (what.server as Sid))
      );
    case 'prints':
      return (
        effect.kind === 'print' &&
        isHere(what.client) &&
        (what.line ?? effect.line) === effect.line &&
        effect.text.includes(what.text)
      );
    case 'sent':
      return (
        effect.kind === 'send' &&
        describeMessage(effect.message).type === what.type &&
        fits(run, since, what.from, id) &&
        (what.to === undefined || fits(run, since, what.to, otherEnd(run, effect.conn, id)))
      );
    case 'exits':
      return effect.kind === 'exit' && (what.server ?? id) === (id as number);
    case 'logs':
      return (
        effect.kind === 'log' &&
        effect.message.includes(what.text) &&
        fits(run, since, what.server, id)
      );
    case 'expires':
    case 'elected':
    case 'commits':
    case 'mark':
      return effect.kind === 'note' && isNote(witness, what, effect.note);
    default:
      return unreachable(what);
  }
}

function otherEnd(run: LocalRun, conn: ConnId, self: ProcessId): number | null {
  const connection = run.world.connections.get(conn);
  if (connection === undefined) return null;
  const { dialler, acceptor } = connection;
  return dialler.id === self ? acceptor.id : dialler.id;
}

function isNote(
  { run, since, seen, proposals }: Witness,
  what: Of<'expires' | 'elected' | 'commits' | 'mark'>,
  note: Note,
): boolean {
  const { id } = seen.process;
  switch (what.happening) {
    case 'expires':
      return (
        note.note === 'sessionExpired' &&
        (what.client === undefined || clientOf(run, what.client)?.sessionId === note.sessionId)
      );
    case 'elected':
      return note.note === 'established' && (what.server ?? id) === (id as number);
    case 'commits':
      return note.note === 'committed' && proposals.get(note.zxid)?.(what.path) === true;
    case 'mark':
      return note.note === 'mark' && note.name === what.name && fits(run, since, what.server, id);
    default:
      return unreachable(what);
  }
}

/** What a turn proposes is known by its zxid from then on. */
export function noteProposals(
  proposals: Map<bigint, (path: string) => boolean>,
  { turn }: Seen,
): void {
  for (const effect of turn.effects) {
    if (effect.kind !== 'note') continue;
    const { note } = effect;
    if (note.note !== 'proposed' && note.note !== 'logged') continue;
    const txn = note.record?.txn;
    if (txn !== undefined) proposals.set(note.zxid, (path) => namesPath(txn, path));
  }
}

/** Whether an action is what was meant. @param since facts of the moment before it. */
export function isDeed(run: LocalRun, since: Since, what: Happening, action: Action): boolean {
  if (what.happening !== 'does' || what.action !== action.kind) return false;
  if (what.line !== undefined && !(action.kind === 'line' && action.line.includes(what.line))) {
    return false;
  }
  const touched = touchedBy(action);
  const isServer =
    what.server === undefined ||
    touched.some((id) => id < CLIENT_ID_MIN && fits(run, since, what.server, id));
  const isNamed =
    what.client === undefined ||
    touched.some((id) => run.world.byId.get(id as ProcessId)?.name === what.client);
  return isServer && isNamed;
}

function touchedBy(action: Action): readonly number[] {
  const found: number[] = [];
  if ('sid' in action) found.push(action.sid);
  if ('process' in action) found.push(action.process);
  if ('from' in action) found.push(action.from);
  if ('to' in action) found.push(action.to);
  if (action.kind === 'partition') found.push(...action.group);
  return found;
}
