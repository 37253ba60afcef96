/**
 * A monkey: it plays with the world as it likes, and everything it does comes from its seed. It
 * mends more than it breaks, so the ensemble serves now and then, and it keeps some clients of its
 * own busy. Clients of a person it does not touch.
 */
import { draw, drawInt, Purpose } from '../../core/chance.ts';
import type { Micros, Millis, ProcessId } from '../../core/units.ts';
import { CLIENT_ID_MIN, type Action } from '../actions.ts';
import type { World } from '../world-state.ts';
import {
  FAULT_KINDS,
  faultAction,
  mendAction,
  pick,
  type Chooser,
  type FaultKind,
} from './faults.ts';
import { randomRequest } from './workload.ts';

/** Plain data. */
export interface Monkey {
  readonly seed: number;
  /** 1..10: how often it acts, and how bad that is. */
  readonly intensity: number;
  /** When it acts next, in virtual time. */
  nextAt: Micros;
  /** Draws made so far. */
  drawn: number;
  /** Numbers its requests. */
  tag: number;
  /** Its own clients, oldest first; the dead are forgotten. */
  readonly clients: ProcessId[];
}

/** From gentle to brutal: at intensity n the first so many can happen. */
const BY_HARM: readonly FaultKind[] = [
  'delay',
  'breakConnection',
  'pause',
  'crash',
  'cut',
  'slowLink',
  'skew',
  'slowDisk',
  'powerLoss',
  'oneWay',
  'hold',
  'partition',
  'fullDisk',
];

/** Its tags are far above those that anybody else uses. */
const TAG_MIN = 2 ** 48;

const CLIENTS = 3;

/** Its processes are numbered from here, so that they do not take the numbers of others. */
const CLIENT_MIN = CLIENT_ID_MIN + 500;

/** Between two of its doings at intensity 1, at the longest. */
const LONGEST_PAUSE = 3_000_000;

export function createMonkey(seed: number, intensity: number, now: Micros): Monkey {
  const bounded = Math.min(10, Math.max(1, Math.round(intensity)));
  return { seed, intensity: bounded, nextAt: now, drawn: 0, tag: TAG_MIN, clients: [] };
}

/** What it does now; moves `nextAt` on. An action that the world refuses does no harm. */
export function monkeyActions(monkey: Monkey, world: World): readonly Action[] {
  const choose = chooserOf(monkey);
  const pause = LONGEST_PAUSE / monkey.intensity;
  monkey.nextAt = (world.now + choose.between(Math.ceil(pause / 20), Math.ceil(pause))) as Micros;
  const actions: Action[] = [...keepClients(monkey, world, choose)];
  const requests = choose.between(0, 1 + monkey.intensity);
  for (let i = 0; i < requests; i++) {
    const process = pick(choose, monkey.clients);
    if (process === null) break;
    const tag = ++monkey.tag;
    actions.push({ kind: 'submit', process, tag, request: randomRequest(choose, tag - TAG_MIN) });
  }
  const deed = play(monkey, world, choose);
  if (deed?.kind === 'partition') actions.push(...cutsOf(world, deed.group));
  else if (deed !== null && !isPersons(world, monkey, deed)) actions.push(deed);
  return actions;
}

/** A partition among the servers alone: the clients keep all their links. */
function cutsOf(world: World, group: readonly ProcessId[]): readonly Action[] {
  const servers = world.processes.filter(({ kind }) => kind === 'server').map(({ id }) => id);
  const outside = servers.filter((id) => !group.includes(id));
  return servers
    .filter((id) => group.includes(id))
    .flatMap((from) => outside.map((to) => ({ kind: 'cut', from, to, bothWays: true }) as const));
}

function chooserOf(monkey: Monkey): Chooser {
  return {
    between: (min, max) => {
      return drawInt(draw(monkey.seed, Purpose.fault, 1, monkey.drawn++), min, max);
    },
  };
}

/** A mend of whatever is broken, or a fault: the more is broken, the more it mends. */
function play(monkey: Monkey, world: World, choose: Chooser): Action | null {
  const known = Math.ceil((BY_HARM.length * (monkey.intensity + 2)) / 12);
  const kinds = BY_HARM.slice(0, known);
  if (choose.between(0, 9) < 6) {
    const mends = FAULT_KINDS.map((kind) => mendAction(world, choose, kind));
    const mend = pick(
      choose,
      mends.filter((action) => action !== null),
    );
    if (mend !== null || choose.between(0, 1) === 0) return mend;
  }
  const kind = pick(choose, kinds);
  return kind === null ? null : faultAction(world, choose, kind);
}

/** Brings the number of its clients up, and kills one of them now and then. */
function keepClients(monkey: Monkey, world: World, choose: Chooser): readonly Action[] {
  const { clients } = monkey;
  const alive = clients.filter((id) => world.byId.get(id)?.status !== 'down');
  clients.splice(0, clients.length, ...alive);
  const first = clients[0];
  if (clients.length >= CLIENTS) {
    if (first === undefined || choose.between(0, 19) > 0) return [];
    return [{ kind: 'killClient', process: first }];
  }
  let next: number = CLIENT_MIN;
  for (const { id } of world.processes) if (id >= next) next = id + 1;
  const process = next as ProcessId;
  clients.push(process);
  const sessionTimeout = choose.between(4_000, 20_000) as Millis;
  const name = `monkey ${String(next - CLIENT_MIN + 1)}`;
  return [{ kind: 'addClient', process, name, servers: [], sessionTimeout, console: false }];
}

/** Does it concern a client that is not the monkey's? */
function isPersons(world: World, monkey: Monkey, action: Action): boolean {
  return concerned(world, action).some(
    (id) => world.byId.get(id)?.kind === 'client' && !monkey.clients.includes(id),
  );
}

function concerned(world: World, action: Action): readonly ProcessId[] {
  switch (action.kind) {
    case 'latency':
    case 'cut':
    case 'heal':
      return [action.from, action.to];
    case 'pause':
    case 'resume':
      return [action.process];
    case 'hold':
    case 'delay':
    case 'breakConnection': {
      const connection = world.connections.get(action.conn);
      return connection === undefined ? [] : [connection.dialler.id, connection.acceptor.id];
    }
    default:
      return [];
  }
}
