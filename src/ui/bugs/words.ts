/** Actions, and what a script waits for, in the words of the page's language. */
import { unreachable } from '../../core/assert.ts';
import type { DeedsDictionary } from '../../i18n/deeds.en.ts';
import { CLIENT_ID_MIN, type Action, type TimedAction } from '../../sim/actions.ts';
import type { Cue, Deed, Script } from '../../sim/explore/script.ts';
import { describeRequest } from '../../sim/packet-view.ts';
import { formatDuration } from '../parts/format.ts';

export type Namer = (id: number) => string;

/** Names of servers and of the clients that come in these actions. */
/** As every frame has them. */
export interface NamedClient {
  readonly process: number;
  readonly name: string;
}

export function namerOf(
  t: DeedsDictionary,
  actions: readonly Action[],
  clients: readonly NamedClient[] = [],
): Namer {
  const names = new Map<number, string>(clients.map(({ process, name }) => [process, name]));
  for (const action of actions) {
    if (action.kind === 'addClient') names.set(action.process, action.name);
  }
  return (id) => {
    if (id < CLIENT_ID_MIN) return t.server(id);
    const name = names.get(id);
    return name === undefined ? t.process(id) : t.client(name);
  };
}

export function actionWords(t: DeedsDictionary, name: Namer, action: Action): string {
  switch (action.kind) {
    case 'crash':
      return (action.silent ? t.power : t.crash)(name(action.sid)) + t.tails[action.tail];
    case 'restart':
      return t.restart(name(action.sid));
    case 'pause':
    case 'resume':
      return t[action.kind](name(action.process));
    case 'cut': {
      const [from, to] = [name(action.from), name(action.to)];
      return action.bothWays ? t.cut(from, to) : t.cutOneWay(from, to);
    }
    case 'heal':
      return t.heal(name(action.from), name(action.to));
    case 'partition':
      return t.partition(action.group.map(name));
    case 'healAll':
      return t.healAll;
    case 'latency':
      return latencyWords(t, name, action);
    case 'disk':
      return diskWords(t, name, action);
    case 'wipe':
      return t.wipe(name(action.sid));
    case 'damage':
      return t.damage[action.what](name(action.sid));
    case 'skew':
      return t.skew(name(action.process), formatDuration(action.skew));
    case 'addClient':
      return t.addClient(t.client(action.name), action.servers);
    case 'killClient':
      return t.killClient(name(action.process));
    case 'line':
      return t.line(name(action.process), action.line);
    case 'submit':
      return t.submit(name(action.process), describeRequest(action.request));
    case 'hold':
    case 'release':
    case 'drop':
    case 'overtake':
      return t[action.kind](name(action.from));
    case 'delay':
      return t.delay(name(action.from), formatDuration(action.by));
    case 'breakConnection':
      return t.breakConnection;
    default:
      return unreachable(action);
  }
}

type Of<Kind extends Action['kind']> = Extract<Action, { readonly kind: Kind }>;

function latencyWords(t: DeedsDictionary, name: Namer, action: Of<'latency'>): string {
  const [from, to] = [name(action.from), name(action.to)];
  if (action.latency === null) return t.latencyBack(from, to);
  const { min, max } = action.latency;
  const range =
    min === max ? formatDuration(min) : `${formatDuration(min)} – ${formatDuration(max)}`;
  return t.latency(from, to, range);
}

function diskWords(t: DeedsDictionary, name: Namer, { sid, faults }: Of<'disk'>): string {
  const said = [
    ...(faults.slowness > 1 ? [t.slow(faults.slowness)] : []),
    ...(faults.lying ? [t.lying] : []),
    ...(faults.full ? [t.full] : []),
  ];
  return said.length === 0 ? t.diskHealthy(name(sid)) : t.disk(name(sid), said);
}

export function deedWords(t: DeedsDictionary, name: Namer, deed: Deed): string {
  switch (deed.kind) {
    case 'attempt':
      return t.attempt(actionWords(t, name, deed.action));
    case 'holdPacket':
    case 'releasePacket': {
      const { type, from, to } = deed.packet;
      const say = deed.kind === 'holdPacket' ? t.holdType : t.releaseType;
      return say(type, name(from), name(to));
    }
    default:
      return actionWords(t, name, deed);
  }
}

function cueWords(t: DeedsDictionary['cues'], name: Namer, cue: Cue): string {
  switch (cue.cue) {
    case 'after':
      return t.after(formatDuration(cue.micros));
    case 'sent':
    case 'received':
      return t[cue.cue](name(cue.by), cue.type);
    case 'note': {
      const more = Object.values(cue.where ?? {}).map((value) =>
        typeof value === 'bigint' ? `0x${value.toString(16)}` : String(value),
      );
      return t.note(name(cue.of), [cue.note, ...more].join(' '));
    }
    case 'timer':
      return t.timer(name(cue.of), cue.name);
    case 'result':
      return t.result;
    case 'serving':
      return t.serving(cue.servers.map(name));
    default:
      return unreachable(cue);
  }
}

/** One line of a script or a record, as a person reads it. */
export interface StepLine {
  readonly at: number;
  readonly what: string;
  /** What it waited for; empty where nothing is known of that. */
  readonly cue: string;
}

export function linesOfRecord(
  t: DeedsDictionary,
  actions: readonly TimedAction[],
): readonly StepLine[] {
  const name = namerOf(
    t,
    actions.map(({ action }) => action),
  );
  return actions.map(({ at, action }) => ({ at, what: actionWords(t, name, action), cue: '' }));
}

/** A record's actions with the script's words, where every deed of the script took place. */
export function linesOfScript(
  t: DeedsDictionary,
  script: Script,
  actions: readonly TimedAction[],
): readonly StepLine[] {
  const deeds = script.steps.flatMap(({ when, then }) =>
    then.map((deed, i) => ({ deed, cue: i === 0 ? when : undefined })),
  );
  if (deeds.length !== actions.length) return linesOfRecord(t, actions);
  const name = namerOf(
    t,
    actions.map(({ action }) => action),
  );
  return actions.map(({ at, action }, i) => {
    const { deed, cue } = deeds[i] ?? { deed: action, cue: undefined };
    const what = deedWords(t, name, deed.kind === 'attempt' ? action : deed);
    return { at, what, cue: cue === undefined ? '' : cueWords(t.cues, name, cue) };
  });
}
