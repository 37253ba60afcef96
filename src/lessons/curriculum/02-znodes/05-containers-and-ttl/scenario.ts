import type { Millis } from '../../../../core/units.ts';
import type { Fact } from '../../../engine/goal.ts';
import { PLAIN, RIGHT, words, WRONG, type Lesson } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

const LOCKS: Fact = { fact: 'znode', path: '/locks', kind: 'container' };
const UNUSED: Fact = { fact: 'znode', path: '/unused', kind: 'container' };
const LEASE: Fact = { fact: 'znode', path: '/lease', kind: 'ttl' };
const SERVES: Fact = { fact: 'serves' };

const all = (...of: readonly Fact[]): Fact => ({ fact: 'all', of });
const not = (of: Fact): Fact => ({ fact: 'not', of });

const CONTAINERS = lines(
  'A types "create -c /locks"',
  'A types "create -c /unused"',
  'A types "create /locks/one"',
  'A types "delete /locks/one"',
);

const lesson: Lesson = {
  plan: (seed) => ({
    ...PLAIN,
    world: {
      ...stage(3, 0, { extendedTypesEnabled: true, containerCheckInterval: 5000 as Millis }),
      seed,
    },
    start: {
      kind: 'script',
      text: lines('wait until 1, 2, 3 serve', 'new client A', 'wait until A is connected'),
    },
    questions: [
      {
        id: 'which',
        step: 'container',
        after: ['used'],
        ask: words(
          '/locks has had a child, /unused never. Both are empty. Which goes?',
          '/locks 有过子节点，/unused 从未有过。两个都空了。哪个会消失？',
        ),
        options: [
          {
            id: 'locks',
            words: words('Only /locks', '只有 /locks'),
            when: all(SERVES, not(LOCKS), UNUSED),
          },
          {
            id: 'unused',
            words: words('Only /unused', '只有 /unused'),
            when: all(SERVES, LOCKS, not(UNUSED)),
          },
          {
            id: 'neither',
            words: words('Neither', '都不会'),
            when: { otherwise: 20_000_000 },
          },
        ],
      },
    ],
    goals: [
      {
        id: 'used',
        step: 'container',
        test: {
          test: 'reached',
          what: all(UNUSED, {
            fact: 'znode',
            path: '/locks',
            kind: 'container',
            children: { min: 1 },
          }),
        },
        words: words(
          'Two containers: /unused without a child, /locks with one',
          '两个 container：/unused 没有子节点，/locks 有一个',
        ),
      },
      {
        id: 'swept',
        step: 'container',
        after: ['used'],
        test: { test: 'reached', what: all(SERVES, not(LOCKS)) },
        words: words('/locks is gone', '/locks 消失了'),
      },
      {
        id: 'not-by-hand',
        step: 'container',
        test: {
          test: 'never',
          what: { happening: 'answer', op: 'delete', path: '/locks', err: 0 },
        },
        words: words('You did not delete /locks yourself', '/locks 不是你自己删的'),
      },
      {
        id: 'said',
        step: 'container',
        test: { test: 'predicted', question: 'which' },
        words: words('You said which container goes', '你说对了哪个 container 会消失'),
      },
      {
        id: 'leased',
        step: 'ttl',
        test: { test: 'reached', what: LEASE },
        words: words('/lease is there, with a TTL', '/lease 存在，带有 TTL'),
      },
      {
        id: 'over',
        step: 'ttl',
        after: ['leased'],
        test: { test: 'reached', what: all(SERVES, not(LEASE)) },
        words: words('/lease is gone again', '/lease 又消失了'),
        unchecked: words('Whether it went by itself is not asked', '不检查它是不是自己消失的'),
      },
    ],
    hints: [
      {
        step: 'container',
        words: words(
          'The leader asks: has it ever had a child, and has it none now?',
          'leader 问的是：它有过子节点吗？现在没有了吗？',
        ),
      },
      {
        step: 'ttl',
        words: words(
          'Three seconds without a write, and then up to five until the next sweep.',
          '三秒没有写入，然后最多再等五秒到下一次清扫。',
        ),
      },
    ],
    solutions: [
      {
        name: words('Both at once', '两个一起'),
        answers: { which: RIGHT },
        script: `${CONTAINERS}${lines(
          'A types "create -t 3000 /lease x"',
          'wait until znode /lease exists',
          'wait until znode /locks gone',
          'wait until znode /lease gone',
        )}`,
      },
      {
        name: words('A lease that is renewed once', '租约续了一次'),
        answers: { which: 'locks' },
        script: `${CONTAINERS}${lines(
          'wait until znode /locks gone',
          'A types "create -t 4000 /lease x"',
          'wait until znode /lease exists',
          'after 3s A types "set /lease y"',
          'wait until znode /lease gone',
        )}`,
      },
    ],
    nearMisses: [
      {
        name: words('Deleted by hand', '手动删除'),
        misses: 'not-by-hand',
        answers: { which: RIGHT },
        script: `${CONTAINERS}${lines(
          'A types "delete /locks"',
          'A types "create -t 3000 /lease x"',
        )}`,
        afterwards: 12_000_000,
      },
      {
        name: words('Never used', '从未用过'),
        misses: 'used',
        answers: { which: RIGHT },
        script: lines(
          'A types "create -c /locks"',
          'A types "create -c /unused"',
          'A types "create -t 3000 /lease x"',
        ),
        afterwards: 12_000_000,
      },
      {
        name: words('The lease has a child', '租约有子节点'),
        misses: 'over',
        answers: { which: RIGHT },
        script: `${CONTAINERS}${lines(
          'A types "create -t 3000 /lease x"',
          'A types "create /lease/child"',
        )}`,
        afterwards: 12_000_000,
      },
      {
        name: words('A wrong prediction', '预测错误'),
        misses: 'said',
        answers: { which: WRONG },
        script: `${CONTAINERS}${lines('A types "create -t 3000 /lease x"')}`,
        afterwards: 12_000_000,
      },
    ],
    par: 5,
  }),
};

export default lesson;
