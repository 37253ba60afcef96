/** What could come next in a line of a script. */
import { ACTION_WORDS } from '../../sim/script-text/parse-action.ts';
import { CONDITION_WORDS } from '../../sim/script-text/parse-when.ts';

export type OptionKind = 'action' | 'prefix' | 'condition' | 'server' | 'client' | 'option';

export interface Option {
  readonly label: string;
  readonly kind: OptionKind;
}

export interface Options {
  /** The column, from 0, from which on the line is replaced. */
  readonly from: number;
  readonly options: readonly Option[];
}

/** Who is there to be named. */
export interface Cast {
  readonly sids: readonly number[];
  readonly clients: readonly string[];
}

const of = (kind: OptionKind, labels: readonly string[]): Option[] =>
  labels.map((label) => ({ label, kind }));

const PREFIXES = ['at', 'after', 'when', 'wait', 'wait until', 'try'];
const WHO = ['leader', 'follower', 'observer', 'last'];
const DONE_TO_SERVERS = new Set(['crash', 'restart', 'disk', 'wipe', 'damage']);
const DONE_TO_CLIENTS = new Set(['kill', 'expire', 'client']);
const LINKS = new Set(['cut', 'heal', 'latency', 'partition', 'pause', 'resume', 'skew']);
const PACKETS = new Set(['hold', 'release', 'delay', 'drop', 'overtake']);
const TYPES = [
  ...['PROPOSAL', 'ACK', 'COMMIT', 'INFORM', 'NEWLEADER', 'UPTODATE', 'DIFF', 'SNAP', 'TRUNC'],
  ...['LEADERINFO', 'ACKEPOCH', 'FOLLOWERINFO', 'REQUEST', 'PING', 'REVALIDATE'],
];

/** @param before the line up to the cursor. Null: nothing sensible can be said. */
export function optionsAt(before: string, cast: Cast): Options | null {
  const word = /[\w#/.-]*$/.exec(before)?.[0] ?? '';
  const from = before.length - word.length;
  const lead = before.slice(0, from);
  const options = optionsBehind(lead, cast);
  return options.length === 0 ? null : { from, options };
}

function optionsBehind(lead: string, cast: Cast): readonly Option[] {
  const line = lead.trimStart();
  if (/^#(?!\d)/.test(line)) return [];
  const waits = /^(?:when|wait\s+until)\s+(.*)$/.exec(line);
  if (waits !== null) {
    const rest = /^[^:]*:\s*(.*)$/.exec(waits[1] ?? '');
    if (rest === null) return conditionOptions(waits[1] ?? '', cast);
    return actionOptions(rest[1] ?? '', cast);
  }
  if (line === 'wait ') return of('prefix', ['until']);
  const timed = /^(?:at|after)\s+(\S*)\s*:?\s*(.*)$/.exec(line);
  if (timed !== null) return timed[1] === '' ? [] : actionOptions(timed[2] ?? '', cast);
  if (line === '') return [...of('prefix', PREFIXES), ...actionOptions('', cast)];
  return actionOptions(line, cast);
}

function actionOptions(lead: string, cast: Cast): readonly Option[] {
  const line = lead.replace(/^try\s+/, '');
  const lines = of(
    'client',
    cast.clients.map((name) => `${name}: `),
  );
  if (line === '') return [...of('action', ACTION_WORDS), ...lines];
  const [verb = '', ...more] = line.trim().split(/\s+/);
  if (/:\s*$/.test(verb)) return [];
  if (more.length === 0) return firstOptions(verb, cast);
  return laterOptions(verb, more, cast);
}

function firstOptions(verb: string, cast: Cast): readonly Option[] {
  if (DONE_TO_SERVERS.has(verb)) return servers(cast);
  if (DONE_TO_CLIENTS.has(verb)) return of('client', cast.clients);
  if (LINKS.has(verb)) return [...servers(cast), ...of('client', cast.clients)];
  if (PACKETS.has(verb)) return of('option', TYPES);
  if (verb === 'new') return of('option', ['client']);
  return verb === 'break' ? of('option', ['connection']) : [];
}

function laterOptions(verb: string, more: readonly string[], cast: Cast): readonly Option[] {
  const last = more.at(-1) ?? '';
  if (last === '->' || last === '<->' || last.endsWith(',') || last === '|') {
    return [...servers(cast), ...of('client', cast.clients)];
  }
  switch (verb) {
    case 'crash':
      return of('option', ['silent', 'tail=lost', 'tail=kept', 'tail=torn']);
    case 'disk':
      return of('option', ['slow', 'lying', 'full', 'healthy']);
    case 'damage':
      return of('option', ['log-middle', 'log-tail', 'snapshot']);
    case 'new':
      return of('option', ['timeout=', 'servers=', 'noconsole', 'readonly', 'adopts=']);
    case 'cut':
    case 'heal':
      return more.length === 1 ? of('option', ['->', '<->']) : [];
    case 'latency':
      return more.length === 1 ? of('option', ['->']) : of('option', ['usual', '20ms', '200ms']);
    default:
      if (PACKETS.has(verb) && more.length === 1) return servers(cast);
      return PACKETS.has(verb) && more.length === 2 ? of('option', ['->']) : [];
  }
}

function conditionOptions(lead: string, cast: Cast): readonly Option[] {
  if (lead === '') {
    return [...of('condition', CONDITION_WORDS), ...servers(cast), ...of('client', cast.clients)];
  }
  const [first = '', second] = lead.trim().split(/\s+/);
  if (first === 'no') return of('condition', ['leader']);
  if (first === 'any') return of('condition', ['session expires']);
  if (first === 'property') return of('condition', ['breaks']);
  if (first === 'session') {
    return second === undefined ? of('client', cast.clients) : of('condition', ['expires']);
  }
  if (first === 'znode') return second === undefined ? [] : of('condition', ['exists', 'gone']);
  if (first === 'packet') {
    return second === undefined ? of('option', TYPES) : of('condition', ['arrives']);
  }
  if (first === 'timer' || first === 'answer') return [];
  if (second === undefined) {
    if (first === 'leader') return of('condition', ['serves', 'sends', 'receives', 'notes']);
    return of('condition', ['is', 'sends', 'receives', 'notes', 'serves']);
  }
  if (second === 'is') {
    return of('condition', ['LEADING', 'FOLLOWING', 'LOOKING', 'OBSERVING', 'connected']);
  }
  return second === 'sends' || second === 'receives' ? of('option', TYPES) : [];
}

function servers({ sids }: Cast): readonly Option[] {
  return of('server', [...sids.map(String), ...WHO]);
}
