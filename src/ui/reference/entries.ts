/** What the reference has to say: from the code where the code says it. */
import { COMMANDS, CONSOLE_COMMANDS } from '../../core/client/commands/index.ts';
import { ErrorCode } from '../../core/error-code.ts';
import { becomesTxn, OpCode, type OpName } from '../../core/jute/proto.ts';
import type { ReferenceDictionary } from '../../i18n/reference.en.ts';
import { GLOSSARY } from '../../lessons/glossary.ts';
import type { PacketFamily } from '../../sim/frame.ts';
import type { LocaleName } from '../state/locale.svelte.ts';
import charts from './charts.json';
import differs from './differs.json';

export const SECTIONS = [
  'glossary',
  'zkcli',
  'requests',
  'errors',
  'packets',
  'states',
  'differs',
  'docs',
] as const;
export type Section = (typeof SECTIONS)[number];

export interface Entry {
  readonly id: string;
  readonly title: string;
  /** Behind the title, as it is typed or sent. */
  readonly code: string;
  readonly text: string;
  /** A line for the console. */
  readonly line?: string;
  readonly url?: string;
}

export interface PacketEntry extends Entry {
  readonly family: PacketFamily;
  readonly letters: string;
  /** `leader → follower` … */
  readonly ways: readonly string[];
}

type RequestName = Exclude<OpName, 'error'>;

const REQUESTS = (Object.keys(OpCode) as OpName[]).filter(
  (name): name is RequestName => name !== 'error',
);

const byTitle = (a: Entry, b: Entry): number => a.title.localeCompare(b.title);

export function entriesOf(section: Section, locale: LocaleName, t: ReferenceDictionary): Entry[] {
  switch (section) {
    case 'glossary':
      return Object.entries(GLOSSARY)
        .map(([id, { term, meaning }]) => ({
          id,
          title: term[locale],
          code: '',
          text: meaning[locale],
        }))
        .sort(byTitle);
    case 'zkcli':
      return zkcli(t);
    case 'requests':
      return REQUESTS.map((name) => ({
        id: name,
        title: name,
        code: String(OpCode[name]),
        text: becomesTxn(name) ? t.writes : '',
      }));
    case 'errors':
      return Object.entries(ErrorCode).flatMap(([name, code]) => {
        const text = new Map(Object.entries(t.errors)).get(name);
        return text === undefined ? [] : [{ id: name, title: name, code: String(code), text }];
      });
    case 'packets':
      return packetsOf(t).slice();
    case 'states':
      return transitions(t);
    case 'differs':
      return differs.map(({ file, source, text }, index) => ({
        id: String(index),
        title: file,
        code: source ?? '',
        text,
      }));
    case 'docs':
      return docs(t);
  }
}

function zkcli(t: ReferenceDictionary): Entry[] {
  const meanings = new Map(Object.entries(t.commands));
  const usages = [
    ...[...COMMANDS.values()].map(({ name, usage }) => [name, usage] as const),
    ...CONSOLE_COMMANDS,
  ];
  return usages
    .map(([name, usage]) => ({
      id: name,
      title: name,
      code: usage,
      text: meanings.get(name) ?? '',
      line: `${name} `,
    }))
    .sort(byTitle);
}

const CHART_FAMILIES = ['election', 'sync', 'broadcast', 'session'] as const;

/** Packets between servers, and those that keep sessions alive. */
export function packetsOf(t: ReferenceDictionary): readonly PacketEntry[] {
  const roles = new Map(Object.entries(t.roles));
  const meanings = new Map(Object.entries(t.packets));
  const found = new Map<string, PacketEntry & { ways: string[] }>();
  for (const { type, code, family, from, to } of charts.packets) {
    const known = CHART_FAMILIES.find((one) => one === family);
    if (known === undefined) continue;
    const way = `${roles.get(from) ?? from} → ${roles.get(to) ?? to}`;
    const entry = found.get(type) ?? {
      id: type,
      title: type,
      code: '',
      text: meanings.get(type) ?? '',
      family: known,
      letters: code,
      ways: [],
    };
    entry.ways.push(way);
    found.set(type, entry);
  }
  const order = Object.keys(t.packets);
  return [...found.values()].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

export interface Transition {
  readonly from: string;
  readonly to: string;
}

export const TRANSITIONS: readonly Transition[] = charts.states.map((way) => {
  const [from = '', to = ''] = way.split(' > ');
  return { from, to };
});

/** `LEADING broadcast` as ZooKeeper's log says it. */
const stateText = (state: string): string => {
  const [server = '', zab = ''] = state.split(' ');
  return `${server} · ${zab.toUpperCase()}`;
};

function transitions(t: ReferenceDictionary): Entry[] {
  const isStart = ({ from }: Transition): boolean => from.startsWith('LOOKING');
  const inOrder = [...TRANSITIONS].sort((a, b) => Number(isStart(b)) - Number(isStart(a)));
  const states = [...new Set(inOrder.map(({ from }) => from))];
  return states.map((state) => {
    const ways = TRANSITIONS.filter(({ from }) => from === state);
    const next = ways.map(({ to }) => stateText(to)).join(', ');
    return { id: state, title: stateText(state), code: '', text: `${t.then} ${next}` };
  });
}

const DOCS = 'https://zookeeper.apache.org/doc/current/';

function docs(t: ReferenceDictionary): Entry[] {
  const pages: Readonly<Record<keyof ReferenceDictionary['topics'], string>> = {
    start: 'zookeeperStarted.html',
    programmer: 'zookeeperProgrammers.html',
    internals: 'zookeeperInternals.html',
    recipes: 'recipes.html',
    admin: 'zookeeperAdmin.html',
    cli: 'zookeeperCLI.html',
    reconfig: 'zookeeperReconfig.html',
    observers: 'zookeeperObservers.html',
    quorums: 'zookeeperHierarchicalQuorums.html',
    monitor: 'zookeeperMonitor.html',
    quotas: 'zookeeperQuotas.html',
  };
  return Object.entries(pages).map(([topic, page]) => ({
    id: topic,
    title: t.topics[topic as keyof typeof t.topics],
    code: page,
    text: '',
    url: DOCS + page,
  }));
}

/** Those with all of these words in them. */
export function matching(entries: readonly Entry[], query: string): readonly Entry[] {
  const wanted = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return entries.filter(({ id, title, code, text }) => {
    const all = `${id} ${title} ${code} ${text}`.toLowerCase();
    return wanted.every((word) => all.includes(word));
  });
}
