/** Writes actions and steps as the text that `parseScript` reads back as they were. */
import { unreachable } from '../../core/assert.ts';
import type { ProcessId, Sid } from '../../core/units.ts';
import { CLIENT_ID_MIN, type Action, type DiskFaults, type TimedAction } from '../actions.ts';
import type { Cue, Fields, PacketMatch } from '../explore/script.ts';
import { NO_NAMES, whoIs, type ClientNames, type ScriptStep, type When } from './model.ts';
import { idForNew, isPlainName, namesFrom, sayClient, type Names } from './names.ts';
import { sayRequest, sayText } from './requests.ts';
import { sayMoment, sayTime } from './times.ts';

/** One line an action, each with its moment. */
export function printActions(
  actions: readonly TimedAction[],
  clients: ClientNames = NO_NAMES,
): string {
  const names = namesFrom(clients);
  return text(actions.map(({ at, action }) => `at ${sayMoment(at)} ${sayAction(names, action)}`));
}

export function printSteps(steps: readonly ScriptStep[], clients: ClientNames = NO_NAMES): string {
  const names = namesFrom(clients);
  return text(steps.map((step) => sayStep(names, step)));
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function sayStep(names: Names, { when, deed, attempt }: ScriptStep): string {
  const said = deed === null ? '' : (attempt ? 'try ' : '') + sayDeed(names, deed);
  if (when === null) return said;
  switch (when.kind) {
    case 'at':
      return join(`at ${sayMoment(when.at)}`, said);
    case 'after':
      return join(`${said === '' ? 'wait' : 'after'} ${sayTime(when.micros)}`, said);
    default: {
      const condition = sayWhen(names, when);
      return said === '' ? `wait until ${condition}` : `when ${condition}: ${said}`;
    }
  }
}

const join = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

function sayDeed(names: Names, deed: NonNullable<ScriptStep['deed']>): string {
  if (deed.kind === 'act') return sayAction(names, deed.action);
  const by = deed.by === null ? '' : `by ${sayTime(deed.by)}`;
  return join(deed.verb, sayMatch(names, deed.match), by);
}

function sayMatch(names: Names, { type, from, to, where }: PacketMatch): string {
  const link = `${process(names, from)} -> ${process(names, to)}`;
  return join(sayText(type), link, sayFields(where));
}

function sayFields(where: Fields | undefined): string {
  const pairs = Object.entries(where ?? {});
  if (pairs.length === 0) return '';
  const said = pairs.map(([name, value]) => `${sayText(name)}=${sayValue(value)}`);
  return `where ${said.join(', ')}`;
}

function sayValue(value: Fields[string]): string {
  return typeof value === 'bigint' ? `0x${value.toString(16)}` : JSON.stringify(value);
}

function process(names: Names, id: number): string {
  const who = whoIs(id);
  if (who !== null) return who;
  return id < CLIENT_ID_MIN ? String(id) : sayClient(names, id as ProcessId);
}

const server = (sid: Sid): string => whoIs(sid) ?? String(sid);

type Of<Kind extends Action['kind']> = Extract<Action, { readonly kind: Kind }>;

export function sayAction(names: Names, action: Action): string {
  const name = (id: ProcessId): string => process(names, id);
  switch (action.kind) {
    case 'crash': {
      const tail = action.tail === 'chance' ? '' : `tail=${action.tail}`;
      return join('crash', server(action.sid), action.silent ? 'silent' : '', tail);
    }
    case 'restart':
    case 'wipe':
      return `${action.kind} ${server(action.sid)}`;
    case 'pause':
    case 'resume':
      return `${action.kind} ${name(action.process)}`;
    case 'cut':
    case 'heal': {
      const arrow = action.bothWays ? '<->' : '->';
      return join(action.kind, name(action.from), arrow, name(action.to));
    }
    case 'partition':
      return `partition ${action.group.length === 0 ? 'nobody' : action.group.map(name).join(', ')}`;
    case 'healAll':
      return 'heal';
    case 'latency':
      return join('latency', name(action.from), '->', name(action.to), sayLatency(action));
    case 'disk':
      return join('disk', server(action.sid), sayFaults(action.faults));
    case 'damage':
      return join('damage', server(action.sid), DAMAGES[action.what]);
    case 'skew':
      return join('skew', name(action.process), sayTime(action.skew));
    case 'addClient':
      return sayNewClient(names, action);
    case 'killClient':
      return `kill ${name(action.process)}`;
    case 'line':
      return sayLine(names, action);
    case 'submit':
      return join(name(action.process), 'asks', String(action.tag), sayRequest(action.request));
    case 'breakConnection':
      return `break connection ${String(action.conn)}`;
    case 'hold':
    case 'release':
    case 'drop':
    case 'overtake':
    case 'delay': {
      const { conn, index, from } = action;
      const by = action.kind === 'delay' ? `by ${sayTime(action.by)}` : '';
      const packet = `connection ${String(conn)} packet ${String(index)} from ${name(from)}`;
      return join(action.kind, packet, by);
    }
    default:
      return unreachable(action);
  }
}

const DAMAGES = { logMiddle: 'log-middle', logTail: 'log-tail', snapshot: 'snapshot' } as const;

function sayLatency({ latency }: Of<'latency'>): string {
  if (latency === null) return 'usual';
  const { min, max } = latency;
  return min === max ? sayTime(min) : `${sayTime(min)}..${sayTime(max)}`;
}

function sayFaults({ slowness, lying, full }: DiskFaults): string {
  const slow = slowness === 1 ? '' : `slow ${String(slowness)}x`;
  const said = join(slow, lying ? 'lying' : '', full ? 'full' : '');
  return said === '' ? 'healthy' : said;
}

function sayNewClient(names: Names, action: Of<'addClient'>): string {
  const { process: id, name, servers, sessionTimeout, adopts } = action;
  const usual = idForNew(names, name);
  const parts = [
    'new client',
    isPlainName(name) ? name : JSON.stringify(name),
    sessionTimeout === 10_000 ? '' : `timeout=${sayTime(sessionTimeout * 1000)}`,
    servers.length === 0 ? '' : `servers=${servers.map(server).join(',')}`,
    action.console ? '' : 'noconsole',
    action.readOnly === true ? 'readonly' : '',
    adopts === undefined ? '' : `adopts=${process(names, adopts)}`,
    usual === id ? '' : `id=${String(id)}`,
  ];
  names.set(name, id);
  return join(...parts);
}

/** As it was typed, where that is one line that can stand so. */
function sayLine(names: Names, { process: id, line }: Of<'line'>): string {
  const isOneLine = line !== '' && line.trim() === line && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(line);
  const who = process(names, id);
  return isOneLine ? `${who}: ${line}` : `${who} types ${JSON.stringify(line)}`;
}

export function sayWhen(names: Names, when: Exclude<When, { kind: 'at' | 'after' }>): string {
  switch (when.kind) {
    case 'connected':
      return `${process(names, when.process)} is connected`;
    case 'cue':
      return sayCue(names, when.cue);
    case 'goal':
  }
  const { goal } = when;
  switch (goal.kind) {
    case 'serves':
      return 'leader serves';
    case 'leaderless':
      return 'no leader';
    case 'violated':
      return 'property breaks';
    case 'znode':
      return `znode ${sayText(goal.path)} ${goal.exists ? 'exists' : 'gone'}`;
    case 'expires':
      if (goal.process === null) return 'any session expires';
      return `session ${process(names, goal.process)} expires`;
    case 'packet':
      return `packet ${sayText(goal.type)} arrives`;
    case 'role':
      return `${server(goal.sid)} is ${goal.state}`;
    default:
      return unreachable(goal);
  }
}

function sayCue(names: Names, cue: Exclude<Cue, { readonly cue: 'after' }>): string {
  switch (cue.cue) {
    case 'sent':
    case 'received': {
      const verb = cue.cue === 'sent' ? 'sends' : 'receives';
      return join(process(names, cue.by), verb, sayText(cue.type), sayFields(cue.where));
    }
    case 'note':
      return join(process(names, cue.of), 'notes', cue.note, sayFields(cue.where));
    case 'timer':
      return `timer ${sayText(cue.name)} of ${process(names, cue.of)} fires`;
    case 'result':
      return `answer ${String(cue.tag)}`;
    case 'serving':
      return `${cue.servers.map((sid) => process(names, sid)).join(', ')} serve`;
    default:
      return unreachable(cue);
  }
}
