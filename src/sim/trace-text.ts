/** The text of a trace entry, made when somebody looks at it. */
import { unreachable } from '../core/assert.ts';
import type { Note, ServerEvent } from '../core/quorum/peer-io.ts';
import { formatSessionId, type ProcessId } from '../core/units.ts';
import { formatZxid } from '../core/zxid.ts';
import type { Action } from './actions.ts';
import type { TraceRow } from './frame.ts';
import type { Inbound } from './host.ts';
import { describeMessage, describeRequest } from './packet-view.ts';
import type { TraceEntry } from './trace.ts';
import type { World } from './world-state.ts';

export function rowOf(world: World, entry: TraceEntry): TraceRow {
  const { index, at, process, kind, interesting } = entry;
  return { index, at, process, kind, text: textOf(world, entry), interesting };
}

function textOf(world: World, entry: TraceEntry): string {
  const { subject } = entry;
  switch (subject.kind) {
    case 'delivery':
      return deliveryText(world, subject.src, entry.process, subject.event);
    case 'own':
      return `${nameOf(world, entry.process)}: ${ownText(subject.event)}`;
    case 'note':
      return `${nameOf(world, entry.process)}: ${noteText(subject.note)}`;
    case 'action':
      return actionText(world, subject.action);
    case 'text':
      return subject.text;
    default:
      return unreachable(subject);
  }
}

function nameOf(world: World, id: ProcessId): string {
  return world.byId.get(id)?.name ?? `process ${String(id)}`;
}

function deliveryText(world: World, src: ProcessId, to: ProcessId, event: Inbound): string {
  const name = nameOf(world, to);
  const way = `${nameOf(world, src)} → ${name}`;
  switch (event.kind) {
    case 'packet':
      return `${way}: ${describeMessage(event.message).summary}`;
    case 'dialled':
      return `${way}: dials the ${event.port} port`;
    case 'opened':
      return `${way}: accepts the connection`;
    case 'refused':
      return `${way}: refuses the connection`;
    case 'closed':
      return src === 0 ? `${name}: a connection broke` : `${way}: the connection is closed`;
    case 'line':
      return `${name}: ${event.line}`;
    case 'submit':
      return `${name}: ${describeRequest(event.request)}`;
    case 'start':
      return `${name} starts`;
    case 'disk':
      return `${name}: its disk changes`;
    case 'clock':
      return `${name}: its clock is ${String(event.skew / 1000)} ms off`;
    default:
      return `${name}: ${ownText(event)}`;
  }
}

function ownText(event: ServerEvent): string {
  switch (event.kind) {
    case 'boot':
      return 'boots';
    case 'timer':
      return `timer ${event.name}`;
    case 'durable':
      return `disk operation ${String(event.op)} is durable`;
    case 'diskFailed':
      return `disk operation ${String(event.op)} failed: ${event.reason}`;
    default:
      return event.kind;
  }
}

function noteText(note: Note): string {
  switch (note.note) {
    case 'state': {
      const leader = note.leader === null ? '' : `, leader ${String(note.leader)}`;
      const epoch = `, epoch ${String(note.epoch)}`;
      if (note.state === 'LOOKING') return 'LOOKING';
      const sync = note.syncMode === 'NONE' ? '' : ` by ${note.syncMode}`;
      return `${note.state}, ${note.zabState}${sync}${leader}${epoch}`;
    }
    case 'established':
      return `leads epoch ${String(note.epoch)}`;
    case 'sessionExpired':
      return `session ${formatSessionId(note.sessionId)} expires`;
    case 'violation':
      return `violates ${note.property}: ${note.fact}`;
    case 'config':
      return `goes by configuration ${note.version.toString(16)}`;
    case 'committed':
      return `commits ${formatZxid(note.zxid)}`;
    default:
      return note.note;
  }
}

function actionText(world: World, action: Action): string {
  const name = (id: number): string => nameOf(world, id as ProcessId);
  switch (action.kind) {
    case 'crash':
      return `${name(action.sid)} ${action.silent ? 'loses power' : 'is killed'}`;
    case 'restart':
      return `${name(action.sid)} is started`;
    case 'pause':
      return `${name(action.process)} is paused`;
    case 'resume':
      return `${name(action.process)} goes on`;
    case 'cut':
    case 'heal': {
      const arrow = action.bothWays ? '↔' : '→';
      const done = action.kind === 'cut' ? 'is cut' : 'is whole again';
      return `the link ${name(action.from)} ${arrow} ${name(action.to)} ${done}`;
    }
    case 'partition':
      return `partition: ${action.group.map(name).join(', ')} on one side`;
    case 'healAll':
      return 'all links are whole again';
    case 'latency':
      return latencyText(world, action);
    case 'disk':
      return diskText(name(action.sid), action);
    case 'wipe':
      return `the disk of ${name(action.sid)} is wiped`;
    case 'damage':
      return `a bit flips in ${damaged(action.what)} of ${name(action.sid)}`;
    case 'skew':
      return `the clock of ${name(action.process)} is set ${String(action.skew / 1000)} ms off`;
    case 'addClient':
      return `client ${action.name} comes`;
    case 'killClient':
      return `${name(action.process)} is killed`;
    case 'line':
      return `${name(action.process)} types: ${action.line}`;
    case 'submit':
      return `${name(action.process)} submits ${describeRequest(action.request)}`;
    case 'hold':
      return `a packet from ${name(action.from)} is held`;
    case 'release':
      return `a packet from ${name(action.from)} is let go`;
    case 'delay':
      return `a packet from ${name(action.from)} is delayed by ${String(action.by / 1000)} ms`;
    case 'breakConnection':
      return 'a connection is broken';
    case 'drop':
      return `a packet from ${name(action.from)} vanishes, its connection lives on`;
    case 'overtake':
      return `a packet from ${name(action.from)} overtakes those ahead of it`;
    default:
      return unreachable(action);
  }
}

function latencyText(world: World, action: Extract<Action, { kind: 'latency' }>): string {
  const link = `the link ${nameOf(world, action.from)} → ${nameOf(world, action.to)}`;
  if (action.latency === null) return `${link} is as fast as configured`;
  const { min, max } = action.latency;
  return `${link} takes ${String(min / 1000)}–${String(max / 1000)} ms`;
}

function diskText(server: string, action: Extract<Action, { kind: 'disk' }>): string {
  const { slowness, lying, full } = action.faults;
  const faults = [
    ...(slowness === 1 ? [] : [`${String(slowness)} × slower`]),
    ...(lying ? ['lying'] : []),
    ...(full ? ['full'] : []),
  ];
  return `the disk of ${server} is ${faults.length === 0 ? 'healthy' : faults.join(', ')}`;
}

function damaged(what: Extract<Action, { kind: 'damage' }>['what']): string {
  if (what === 'snapshot') return 'the last snapshot';
  return what === 'logTail' ? 'the last record' : 'the middle of the log';
}
