import type { Fact } from '../../../engine/goal.ts';
import { PLAIN, RIGHT, words, WRONG, type Lesson } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

const WRITTEN: Fact = { fact: 'znode', path: '/doc', rising: ['czxid', 'mzxid'] };
const PARENTED: Fact = { fact: 'znode', path: '/doc', rising: ['czxid', 'pzxid'] };

const all = (...of: readonly Fact[]): Fact => ({ fact: 'all', of });
const not = (of: Fact): Fact => ({ fact: 'not', of });

const DOC = lines('A types "set /doc two"', 'A types "create /doc/page one"');
const TARGET = lines(
  'A types "create /target"',
  'A types "set /target 1"',
  'A types "set /target 2"',
  'A types "create /target/a"',
  'A types "create /target/b"',
);

const lesson: Lesson = {
  plan: (seed) => ({
    ...PLAIN,
    world: { ...stage(3), seed },
    start: {
      kind: 'script',
      text: lines(
        'wait until 1, 2, 3 serve',
        'new client A',
        'when A is connected: A: create /doc one',
        'wait until znode /doc exists',
        'wait 500ms',
      ),
    },
    questions: [
      {
        id: 'write',
        step: 'birth',
        ask: words('“set /doc two”: which zxid moves?', '“set /doc two”：哪个 zxid 会变？'),
        options: [
          {
            id: 'mzxid',
            words: words('mZxid only', '只有 mZxid'),
            when: all(WRITTEN, not(PARENTED)),
          },
          {
            id: 'both',
            words: words('mZxid and pZxid', 'mZxid 和 pZxid'),
            when: all(WRITTEN, PARENTED),
          },
          {
            id: 'pzxid',
            words: words('pZxid only', '只有 pZxid'),
            when: all(PARENTED, not(WRITTEN)),
          },
        ],
      },
      {
        id: 'child',
        step: 'children',
        after: ['written'],
        ask: words(
          '“create /doc/page one”: what changes in the Stat of /doc?',
          '“create /doc/page one”：/doc 的 Stat 里什么会变？',
        ),
        options: [
          {
            id: 'parent',
            words: words('pZxid, cversion and numChildren', 'pZxid、cversion 和 numChildren'),
            when: {
              fact: 'znode',
              path: '/doc',
              children: { min: 1 },
              cversion: { min: 1 },
              version: { max: 1 },
              rising: ['mzxid', 'pzxid'],
            },
          },
          {
            id: 'data',
            words: words(
              'These, and mZxid and dataVersion too',
              '除了这些，还有 mZxid 和 dataVersion',
            ),
            when: {
              fact: 'znode',
              path: '/doc',
              children: { min: 1 },
              version: { min: 2 },
            },
          },
          {
            id: 'nothing',
            words: words('Nothing but numChildren', '只有 numChildren'),
            when: {
              fact: 'znode',
              path: '/doc',
              children: { min: 1 },
              cversion: { max: 0 },
            },
          },
        ],
      },
    ],
    goals: [
      {
        id: 'said-write',
        step: 'birth',
        test: { test: 'predicted', question: 'write' },
        words: words('You said which zxid a write moves', '你说对了写入会改变哪个 zxid'),
      },
      {
        id: 'written',
        step: 'birth',
        test: { test: 'reached', what: { fact: 'znode', path: '/doc', version: { min: 1 } } },
        words: words('/doc has been written to', '/doc 被写过'),
      },
      {
        id: 'said-child',
        step: 'children',
        test: { test: 'predicted', question: 'child' },
        words: words('You said what a child changes', '你说对了子节点会改变什么'),
      },
      {
        id: 'target',
        step: 'order',
        test: {
          test: 'reached',
          what: {
            fact: 'znode',
            path: '/target',
            version: { min: 2, max: 2 },
            cversion: { min: 3, max: 3 },
            children: { min: 1, max: 1 },
          },
        },
        words: words(
          '/target: dataVersion 2, cversion 3, numChildren 1',
          '/target：dataVersion 2，cversion 3，numChildren 1',
        ),
      },
    ],
    hints: [
      {
        step: 'children',
        words: words(
          'A parent’s data is not written when a child comes.',
          '子节点到来时，父节点的数据没有被写。',
        ),
      },
      {
        step: 'order',
        words: words(
          'Three changes of the list of children, and one child left: how many came, how many went?',
          '子节点列表变了三次，最后剩一个：来了几个，走了几个？',
        ),
      },
      {
        step: 'order',
        words: words('Two creates, one delete; and two sets.', '创建两个，删除一个；再 set 两次。'),
      },
    ],
    solutions: [
      {
        name: words('Two come, one goes', '来两个，走一个'),
        answers: { write: RIGHT, child: RIGHT },
        script: `${DOC}${TARGET}${lines('A types "delete /target/b"', 'A types "stat /target"')}`,
      },
      {
        name: words('One comes, goes, and comes again', '来了，走了，又来'),
        answers: { write: 'mzxid', child: 'parent' },
        script: lines(
          'A types "set /doc three"',
          'A types "create /doc/page one"',
          'A types "create /target"',
          'A types "create /target/a"',
          'A types "delete /target/a"',
          'A types "create /target/a"',
          'A types "set /target x"',
          'A types "set -s /target y"',
        ),
      },
    ],
    nearMisses: [
      {
        name: words('Three children', '三个子节点'),
        misses: 'target',
        answers: { write: RIGHT, child: RIGHT },
        script: `${DOC}${TARGET}${lines('A types "create /target/c"')}`,
      },
      {
        name: words('One write too many', '多写了一次'),
        misses: 'target',
        answers: { write: RIGHT, child: RIGHT },
        script: `${DOC}${lines('A types "create /target"', 'A types "set /target 0"')}${lines(
          'A types "set /target 1"',
          'A types "set /target 2"',
          'A types "create /target/a"',
          'A types "create /target/b"',
          'A types "delete /target/b"',
        )}`,
      },
      {
        name: words('A wrong prediction', '预测错误'),
        misses: 'said-child',
        answers: { write: RIGHT, child: WRONG },
        script: `${DOC}${TARGET}${lines('A types "delete /target/b"')}`,
      },
    ],
    par: 8,
  }),
};

export default lesson;
