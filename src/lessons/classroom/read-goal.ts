/** Reads goals that a stranger wrote: field by field, each within its bounds. */
import { MARKS } from '../../core/coverage-marks.ts';
import type { Action } from '../../sim/actions.ts';
import { PROPERTIES } from '../../sim/check/properties.ts';
import { LIVENESS } from '../../sim/check/liveness/properties.ts';
import {
  asObject,
  flag,
  list,
  object,
  oneMatching,
  oneOf,
  refuse,
  variant,
  whole,
  words,
  type Reader,
} from '../../sim/run-text/readers.ts';
import {
  WATCH_TYPES,
  ZXID_FIELDS,
  type Fact,
  type GoalTest,
  type Happening,
  type Range,
  type ServerRef,
  type TreeRef,
  type What,
} from '../engine/goal.ts';
import type { LessonGoal, Option, Question, Words } from '../engine/lesson.ts';

const SHORT = 200;
const LONG = 2_000;
const PATH_MAX = 1_000;
const LIST_MAX = 50;
/** Facts inside of facts. */
const DEPTH_MAX = 5;
const COUNT_MAX = 1_000_000_000;

const path = words(PATH_MAX);
const name = words(SHORT);
const sid = whole<number>(1, 254);
const count = whole<number>(0, COUNT_MAX);
export const readId = oneMatching(/^[a-z0-9][a-z0-9-]{0,63}$/);

const server: Reader<ServerRef> = (value, where) =>
  typeof value === 'string' ? oneOf('leader', 'firstLeader')(value, where) : sid(value, where);

const tree: Reader<TreeRef> = (value, where) =>
  value === 'some' || value === 'every' ? value : server(value, where);

const number = whole<number>(-1, Number.MAX_SAFE_INTEGER);
const range = object<Range>({ min: number, max: number }, ['min', 'max']);

const ACTIONS: readonly Action['kind'][] = [
  ...(['crash', 'restart', 'pause', 'resume', 'cut', 'heal', 'partition', 'healAll'] as const),
  ...(['latency', 'disk', 'wipe', 'damage', 'skew', 'addClient', 'killClient', 'line'] as const),
  ...(['submit', 'hold', 'release', 'delay', 'breakConnection', 'drop', 'overtake'] as const),
];
const action = oneOf(...ACTIONS);

type Part<T, K extends keyof T, V> = Extract<T, Readonly<Record<K, V>>>;

function facts(depth: number): Reader<Fact> {
  const inner: Reader<Fact> = (value, where) =>
    depth === 0 ? refuse(where, 'is a fact inside of too many') : facts(depth - 1)(value, where);
  const many = object<Extract<Fact, { readonly of: readonly Fact[] }>>({
    fact: oneOf('all', 'any'),
    of: list(inner, LIST_MAX),
  });
  return variant<Fact>('fact', {
    all: many,
    any: many,
    not: object<Part<Fact, 'fact', 'not'>>({ fact: oneOf('not'), of: inner }),
    serves: object<Part<Fact, 'fact', 'serves'>>({ fact: oneOf('serves'), by: server }, ['by']),
    allServe: object<Part<Fact, 'fact', 'allServe'>>(
      { fact: oneOf('allServe'), servers: list(sid, LIST_MAX) },
      ['servers'],
    ),
    role: object<Part<Fact, 'fact', 'role'>>({
      fact: oneOf('role'),
      server: sid,
      is: oneOf('LOOKING', 'FOLLOWING', 'LEADING', 'OBSERVING'),
    }),
    running: object<Part<Fact, 'fact', 'running'>>({ fact: oneOf('running'), server }),
    ...znodeFacts,
    ...clientFacts,
    ...serverFacts,
  });
}

const znodeFacts: Readonly<Record<string, Reader<Fact>>> = {
  znode: object<Part<Fact, 'fact', 'znode'>>(
    {
      fact: oneOf('znode'),
      path,
      at: tree,
      kind: oneOf('persistent', 'ephemeral', 'container', 'ttl'),
      text: words(LONG),
      version: range,
      children: range,
      cversion: range,
      aversion: range,
      rising: list(oneOf(...ZXID_FIELDS), ZXID_FIELDS.length),
      owner: name,
    },
    [
      ...(['at', 'kind', 'text', 'version', 'children', 'owner'] as const),
      ...(['cversion', 'aversion', 'rising'] as const),
    ],
  ),
};

const CLIENT_IS = ['connected', 'disconnected', 'closed'] as const;
const WATCH_KINDS = ['data', 'exist', 'child', 'persistent', 'recursive'] as const;

const clientFacts: Readonly<Record<string, Reader<Fact>>> = {
  client: object<Part<Fact, 'fact', 'client'>>(
    { fact: oneOf('client'), client: name, is: oneOf(...CLIENT_IS), server, timeout: range },
    ['server', 'timeout'],
  ),
  watch: object<Part<Fact, 'fact', 'watch'>>(
    { fact: oneOf('watch'), client: name, path, kind: oneOf(...WATCH_KINDS) },
    ['kind'],
  ),
  watches: object<Part<Fact, 'fact', 'watches'>>({ fact: oneOf('watches'), count: range }),
  sessions: object<Part<Fact, 'fact', 'sessions'>>({ fact: oneOf('sessions'), count: range }),
};

const serverFacts: Readonly<Record<string, Reader<Fact>>> = {
  epoch: object<Part<Fact, 'fact', 'epoch'>>({ fact: oneOf('epoch'), is: range }),
  agree: object<Part<Fact, 'fact', 'agree'>>({ fact: oneOf('agree') }),
  logged: object<Part<Fact, 'fact', 'logged'>>(
    { fact: oneOf('logged'), server, path, synced: flag },
    ['synced'],
  ),
  snapshots: object<Part<Fact, 'fact', 'snapshots'>>({
    fact: oneOf('snapshots'),
    server,
    count: range,
  }),
  noFaults: object<Part<Fact, 'fact', 'noFaults'>>({ fact: oneOf('noFaults') }),
  cut: object<Part<Fact, 'fact', 'cut'>>({ fact: oneOf('cut'), from: sid, to: sid }),
  voters: object<Part<Fact, 'fact', 'voters'>>({
    fact: oneOf('voters'),
    are: list(sid, LIST_MAX),
  }),
  observers: object<Part<Fact, 'fact', 'observers'>>({
    fact: oneOf('observers'),
    are: list(sid, LIST_MAX),
  }),
};

const packet = (kind: 'sent' | 'arrives'): Reader<Happening> =>
  object<Part<Happening, 'happening', 'sent'>>(
    { happening: oneOf(kind) as Reader<'sent'>, type: name, from: server, to: server },
    ['from', 'to'],
  );

const happening = variant<Happening>('happening', {
  answer: object<Part<Happening, 'happening', 'answer'>>(
    { happening: oneOf('answer'), client: name, op: name, path, err: whole(-200, 0) },
    ['client', 'op', 'path', 'err'],
  ),
  watch: object<Part<Happening, 'happening', 'watch'>>(
    { happening: oneOf('watch'), client: name, path, type: oneOf(...WATCH_TYPES) },
    ['client', 'path', 'type'],
  ),
  expires: object<Part<Happening, 'happening', 'expires'>>(
    { happening: oneOf('expires'), client: name },
    ['client'],
  ),
  session: object<Part<Happening, 'happening', 'session'>>(
    { happening: oneOf('session'), client: name, is: oneOf(...CLIENT_IS), server: sid },
    ['client', 'server'],
  ),
  sent: packet('sent'),
  arrives: packet('arrives'),
  elected: object<Part<Happening, 'happening', 'elected'>>(
    { happening: oneOf('elected'), server: sid },
    ['server'],
  ),
  syncs: object<Part<Happening, 'happening', 'syncs'>>(
    { happening: oneOf('syncs'), server, how: oneOf('DIFF', 'TRUNC', 'SNAP') },
    ['server'],
  ),
  exits: object<Part<Happening, 'happening', 'exits'>>({ happening: oneOf('exits'), server: sid }, [
    'server',
  ]),
  prints: object<Part<Happening, 'happening', 'prints'>>(
    { happening: oneOf('prints'), client: name, line: oneOf('error'), text: words(LONG) },
    ['client', 'line'],
  ),
  logs: object<Part<Happening, 'happening', 'logs'>>(
    { happening: oneOf('logs'), server, text: words(LONG) },
    ['server'],
  ),
  commits: object<Part<Happening, 'happening', 'commits'>>({ happening: oneOf('commits'), path }),
  snapshot: object<Part<Happening, 'happening', 'snapshot'>>(
    { happening: oneOf('snapshot'), server },
    ['server'],
  ),
  mark: object<Part<Happening, 'happening', 'mark'>>(
    { happening: oneOf('mark'), name: oneOf(...MARKS.map((mark) => mark.name)), server },
    ['server'],
  ),
  does: object<Part<Happening, 'happening', 'does'>>(
    { happening: oneOf('does'), action, server, client: name, line: words(LONG) },
    ['server', 'client', 'line'],
  ),
});

const fact = facts(DEPTH_MAX);

const what: Reader<What> = (value, where) =>
  'fact' in asObject(value, where) ? fact(value, where) : happening(value, where);

const test = variant<GoalTest>('test', {
  happens: object<Part<GoalTest, 'test', 'happens'>>(
    { test: oneOf('happens'), what: happening, times: whole(1, COUNT_MAX) },
    ['times'],
  ),
  reached: object<Part<GoalTest, 'test', 'reached'>>(
    { test: oneOf('reached'), what: fact, lasting: count },
    ['lasting'],
  ),
  stands: object<Part<GoalTest, 'test', 'stands'>>({ test: oneOf('stands'), what: fact }),
  never: object<Part<GoalTest, 'test', 'never'>>({ test: oneOf('never'), what }),
  budget: object<Part<GoalTest, 'test', 'budget'>>(
    { test: oneOf('budget'), atMost: count, kinds: list(action, ACTIONS.length) },
    ['kinds'],
  ),
  safe: object<Part<GoalTest, 'test', 'safe'>>({ test: oneOf('safe') }),
  broken: object<Part<GoalTest, 'test', 'broken'>>(
    {
      test: oneOf('broken'),
      property: oneOf(...[...PROPERTIES, ...LIVENESS].map((property) => property.name)),
    },
    ['property'],
  ),
  predicted: object<Part<GoalTest, 'test', 'predicted'>>({
    test: oneOf('predicted'),
    question: readId,
  }),
  diagnosed: object<Part<GoalTest, 'test', 'diagnosed'>>({
    test: oneOf('diagnosed'),
    evidence: count,
  }),
});

export const readWords = object<Words>({ en: words(LONG), 'zh-CN': words(LONG) });

const ids = list(readId, LIST_MAX);

export const readGoal = object<LessonGoal>(
  { id: readId, step: readId, test, after: ids, words: readWords, unchecked: readWords },
  ['after', 'unchecked'],
);

const when: Reader<Option['when']> = (value, where) =>
  'otherwise' in asObject(value, where)
    ? object<Extract<Option['when'], { readonly otherwise: number }>>({ otherwise: count })(
        value,
        where,
      )
    : what(value, where);

const option = object<Option>({ id: readId, words: readWords, when });

export const readQuestion = object<Question>(
  { id: readId, step: readId, ask: readWords, options: list(option, LIST_MAX), after: ids },
  ['after'],
);
