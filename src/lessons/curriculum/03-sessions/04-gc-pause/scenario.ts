import type { Fact } from '../../../engine/goal.ts';
import { PLAIN, RIGHT, words, WRONG, type Lesson } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

const WRITTEN: Fact = { fact: 'znode', path: '/data', text: 'from-A' };
const HELD_BY_B: Fact = { fact: 'znode', path: '/lock', kind: 'ephemeral', owner: 'B' };

const SLEEP = lines(
  'B types "create -e /lock B"',
  'B types "stat -w /lock"',
  'after 1s pause A',
  'after 500ms A types "set /data from-A"',
  'wait until session A expires',
  'wait until znode /lock gone',
  'after 1s B types "create -e /lock B"',
  'wait until znode /lock exists',
);
const WAKE = lines('after 1s resume A', 'wait 4s');

const lesson: Lesson = {
  plan: (seed) => ({
    ...PLAIN,
    world: { ...stage(3), seed },
    start: {
      kind: 'script',
      text: lines(
        'wait until 1, 2, 3 serve',
        'new client A servers=1 timeout=4s',
        'new client B servers=2',
        'wait until B is connected',
        'when A is connected: A: create -e /lock A',
        'A: create /data empty',
        'wait until znode /data exists',
        'wait 500ms',
      ),
    },
    questions: [
      {
        id: 'line',
        step: 'wake',
        after: ['second'],
        ask: words(
          'A wakes up with a write in hand. What becomes of it?',
          'A 醒来，手里有一个写请求。它会怎样？',
        ),
        options: [
          {
            id: 'done',
            words: words('It is done: A does not know better', '写成了：A 不知情'),
            when: WRITTEN,
          },
          {
            id: 'error',
            words: words('A is told an error, and it is not done', 'A 得到一个错误，没有写成'),
            // Of a request that was sent or not, or of a line that came when all was over.
            when: { happening: 'prints', client: 'A', line: 'error', text: '' },
          },
          {
            id: 'nothing',
            words: words('A hears nothing at all', 'A 什么答复也得不到'),
            when: { otherwise: 30_000_000 },
          },
        ],
      },
    ],
    goals: [
      {
        id: 'refused',
        step: 'lock',
        test: {
          test: 'happens',
          what: { happening: 'answer', client: 'B', op: 'create', path: '/lock', err: -110 },
        },
        words: words('B tries while A holds the lock, and is refused', 'A 持锁时 B 尝试，被拒绝'),
      },
      {
        id: 'told',
        step: 'sleep',
        after: ['refused'],
        test: {
          test: 'happens',
          what: { happening: 'watch', client: 'B', path: '/lock', type: 'NodeDeleted' },
        },
        words: words('B is told that the lock is free', 'B 得知锁已空出来'),
      },
      {
        id: 'second',
        step: 'sleep',
        after: ['told'],
        test: { test: 'reached', what: HELD_BY_B },
        words: words('B holds the lock', 'B 持有锁'),
      },
      {
        id: 'said',
        step: 'wake',
        test: { test: 'predicted', question: 'line' },
        words: words('You said what becomes of A’s line', '你说对了 A 的那一行会怎样'),
      },
      {
        id: 'knows',
        step: 'wake',
        after: ['second'],
        test: { test: 'happens', what: { happening: 'session', client: 'A', is: 'closed' } },
        words: words('A learns that its session is over', 'A 得知自己的 session 已结束'),
      },
      {
        id: 'unwritten',
        step: 'wake',
        after: ['refused'],
        test: { test: 'never', what: WRITTEN },
        words: words('/data never holds “from-A”', '/data 的值从未是 “from-A”'),
      },
      {
        id: 'safe',
        step: 'wake',
        test: { test: 'safe' },
        words: words('No promise of ZooKeeper is broken', '没有违反 ZooKeeper 的任何承诺'),
      },
    ],
    hints: [
      {
        step: 'sleep',
        words: words(
          'The session expires about 4 s after A was last heard. B’s console shows NodeDeleted.',
          'A 最后一次音讯之后约 4 秒，session 过期。B 的控制台会显示 NodeDeleted。',
        ),
      },
      {
        step: 'sleep',
        words: words(
          'Type A’s line into the console of A while it is frozen. It waits there.',
          '在 A 冻结时把那一行输入 A 的控制台，它会等在那里。',
        ),
      },
      {
        step: 'wake',
        words: words(
          'The first thing A notices is that it has heard nothing for longer than two thirds of its timeout.',
          'A 首先注意到的是：没有音讯的时间已经超过超时的三分之二。',
        ),
      },
    ],
    solutions: [
      {
        name: words('Freeze, take over, wake', '冻结，接手，唤醒'),
        answers: { line: RIGHT },
        script: `${SLEEP}${WAKE}`,
      },
      {
        name: words('B takes it at once, and A sleeps longer', 'B 立刻接手，A 睡得更久'),
        answers: { line: 'error' },
        script: lines(
          'B types "create -e /lock B"',
          'B types "get -w /lock"',
          'after 500ms pause A',
          'A types "set /data from-A"',
          'wait until znode /lock gone',
          'B types "create -e /lock B"',
          'after 6s resume A',
          'wait 4s',
        ),
      },
      {
        name: words('A’s line comes late into its sleep', 'A 睡了一阵之后才输入那一行'),
        answers: { line: RIGHT },
        script: lines(
          'B types "create -e /lock B"',
          'B types "stat -w /lock"',
          'after 1s pause A',
          'after 3s A types "set /data from-A"',
          'wait until znode /lock gone',
          'after 500ms B types "create -e /lock B"',
          'after 2s resume A',
          'wait 4s',
        ),
      },
    ],
    nearMisses: [
      {
        name: words('A short sleep', '睡得太短'),
        misses: 'told',
        answers: { line: RIGHT },
        script: lines(
          'B types "create -e /lock B"',
          'B types "stat -w /lock"',
          'after 500ms pause A',
          'after 1s resume A',
        ),
      },
      {
        name: words('B leaves no watch', 'B 没有留下 watch'),
        misses: 'told',
        answers: { line: RIGHT },
        script: lines(
          'B types "create -e /lock B"',
          'after 1s pause A',
          'wait until session A expires',
          'after 1s B types "create -e /lock B"',
          'after 1s resume A',
        ),
      },
      {
        name: words('A is never woken', 'A 没有被唤醒'),
        misses: 'knows',
        answers: { line: 'error' },
        script: SLEEP,
      },
      {
        name: words('A wrong prediction', '预测错误'),
        misses: 'said',
        answers: { line: WRONG },
        script: `${SLEEP}${WAKE}`,
      },
    ],
    par: 6,
  }),
};

export default lesson;
