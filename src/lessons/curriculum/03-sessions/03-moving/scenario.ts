import type { Fact } from '../../../engine/goal.ts';
import { PLAIN, RIGHT, words, WRONG, type Lesson } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

const OWN: Fact = { fact: 'znode', path: '/mine', kind: 'ephemeral', owner: 'A' };
const SERVES: Fact = { fact: 'serves' };

const at = (server: number): Fact => ({ fact: 'client', client: 'A', is: 'connected', server });
const down = (server: number): Fact => ({ fact: 'not', of: { fact: 'running', server } });
const all = (...of: readonly Fact[]): Fact => ({ fact: 'all', of });

/** It was connected to server 1 at first. */
const MOVED = all(at(2), OWN);

const lesson: Lesson = {
  plan: (seed) => ({
    ...PLAIN,
    world: { ...stage(5), seed },
    start: {
      kind: 'script',
      text: lines(
        'wait until 1, 2, 3, 4, 5 serve',
        '# A is to be connected to server 1, whichever it tries first.',
        'new client A servers=1, 2 timeout=6s',
        'cut 2 <-> A',
        'when A is connected: heal',
        'A: create -e /mine A',
        'wait until znode /mine exists',
        'wait 500ms',
      ),
    },
    questions: [
      {
        id: 'session',
        step: 'move',
        ask: words(
          'Server 1 crashes. What becomes of A’s session?',
          '服务器 1 崩溃。A 的 session 会怎样？',
        ),
        options: [
          {
            id: 'same',
            words: words('It goes on at server 2, with /mine', '在服务器 2 上继续，/mine 还在'),
            when: MOVED,
          },
          {
            id: 'over',
            words: words('It is over, and /mine is gone', '结束了，/mine 也没了'),
            when: { happening: 'expires', client: 'A' },
          },
        ],
      },
    ],
    goals: [
      {
        id: 'moved',
        step: 'move',
        test: { test: 'reached', what: MOVED },
        words: words(
          'A is connected to server 2, and still owns /mine',
          'A 连到服务器 2，仍拥有 /mine',
        ),
      },
      {
        id: 'said',
        step: 'move',
        test: { test: 'predicted', question: 'session' },
        words: words('You said what becomes of the session', '你说对了 session 会怎样'),
      },
      {
        id: 'written',
        step: 'luggage',
        after: ['moved'],
        test: {
          test: 'reached',
          what: { fact: 'znode', path: '/mine', text: 'moved', owner: 'A' },
        },
        words: words('/mine holds “moved”', '/mine 的值是 “moved”'),
      },
      {
        id: 'served',
        step: 'nowhere',
        after: ['written'],
        test: { test: 'reached', what: all(down(1), down(2), SERVES) },
        words: words(
          'Servers 1 and 2 are away, and the others serve',
          '服务器 1 和 2 不在，其余的照常服务',
        ),
      },
      {
        id: 'expired',
        step: 'nowhere',
        after: ['served'],
        test: { test: 'happens', what: { happening: 'expires', client: 'A' } },
        words: words('The session of A expires', 'A 的 session 过期'),
      },
      {
        id: 'safe',
        step: 'nowhere',
        test: { test: 'safe' },
        words: words('No promise of ZooKeeper is broken', '没有违反 ZooKeeper 的任何承诺'),
      },
    ],
    hints: [
      {
        step: 'move',
        words: words(
          'The prompt of the console says which server A is connected to.',
          '控制台的提示符写着 A 连的是哪台服务器。',
        ),
      },
      {
        step: 'nowhere',
        words: words(
          'Crash the second one, and leave both down for more than the 6 seconds of the timeout.',
          '让第二台也崩溃，两台都停机，时间超过 6 秒的超时。',
        ),
      },
    ],
    solutions: [
      {
        name: words('Crash both, one after the other', '先后让两台崩溃'),
        answers: { session: RIGHT },
        script: lines(
          'crash 1',
          'wait 3s',
          'when A is connected: A types "set /mine moved"',
          'after 1s crash 2',
          'wait until session A expires',
        ),
      },
      {
        name: words('One is frozen, the other loses power', '一台冻结，另一台断电'),
        answers: { session: 'same' },
        script: lines(
          'pause 1',
          'wait 6s',
          'when A is connected: A types "set /mine moved"',
          'after 1s crash 2 silent',
          'wait until session A expires',
        ),
      },
    ],
    nearMisses: [
      {
        name: words('The first comes back', '第一台回来了'),
        misses: 'served',
        answers: { session: RIGHT },
        script: lines(
          'crash 1',
          'wait 3s',
          'when A is connected: A types "set /mine moved"',
          'after 1s restart 1',
          'wait until 1, 3, 4, 5 serve',
          'after 500ms crash 2',
        ),
        afterwards: 10_000_000,
      },
      {
        name: words('Another server is crashed', '崩溃的是别的服务器'),
        misses: 'moved',
        answers: { session: RIGHT },
        script: lines('crash 4', 'after 3s A types "set /mine moved"'),
      },
      {
        name: words('Both at once', '两台同时崩溃'),
        misses: 'moved',
        answers: { session: RIGHT },
        script: lines('crash 1', 'crash 2', 'wait until session A expires'),
      },
      {
        name: words('A wrong prediction', '预测错误'),
        misses: 'said',
        answers: { session: WRONG },
        script: lines(
          'crash 1',
          'wait 3s',
          'when A is connected: A types "set /mine moved"',
          'after 1s crash 2',
          'wait until session A expires',
        ),
      },
    ],
    par: 3,
  }),
};

export default lesson;
