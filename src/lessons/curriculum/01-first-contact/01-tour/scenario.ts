import type { Fact } from '../../../engine/goal.ts';
import { PLAIN, words, type Lesson } from '../../../engine/lesson.ts';
import { lines, stage } from '../../../scenarios/world.ts';

const HELLO: Fact = { fact: 'znode', path: '/hello', text: 'world', at: 'every' };

const lesson: Lesson = {
  plan: (seed) => ({
    ...PLAIN,
    world: { ...stage(3), seed },
    start: {
      kind: 'script',
      text: lines('wait until 1, 2, 3 serve', 'new client A', 'wait until A is connected'),
    },
    goals: [
      {
        id: 'hello',
        step: 'time',
        test: {
          test: 'reached',
          what: HELLO,
        },
        words: words(
          '/hello holds “world” on every server that runs',
          '每台运行中的服务器上，/hello 的值都是 “world”',
        ),
      },
      {
        id: 'broken',
        step: 'break',
        after: ['hello'],
        test: {
          test: 'reached',
          what: {
            fact: 'any',
            of: [1, 2, 3].map((server) => ({
              fact: 'not' as const,
              of: { fact: 'running' as const, server },
            })),
          },
        },
        words: words('A server does not run any more', '有一台服务器停止了运行'),
        unchecked: words('Crashed or frozen: both count', '崩溃或冻结都算'),
      },
      {
        id: 'mended',
        step: 'break',
        after: ['broken'],
        test: {
          test: 'reached',
          what: { fact: 'all', of: [{ fact: 'allServe' }, HELLO] },
        },
        words: words('All three serve again, and have /hello', '三台都重新提供服务，也都有 /hello'),
      },
    ],
    hints: [
      {
        step: 'time',
        words: words(
          'Click into the console of client A, type the line and press Enter. Time must run.',
          '点进客户端 A 的控制台，输入这一行，按回车。时间要在走才行。',
        ),
      },
      {
        step: 'break',
        words: words(
          'A server that is down is started by clicking it with the crash tool once more.',
          '再用崩溃工具点一下已停机的服务器，它就会启动。',
        ),
      },
    ],
    solutions: [
      {
        name: words('A follower crashes and comes back', 'follower 崩溃后回来'),
        script: lines(
          'A types "create /hello world"',
          'wait until znode /hello exists',
          'after 1s crash 1',
          'after 2s restart 1',
          'wait until 1, 2, 3 serve',
        ),
      },
      {
        name: words('The leader is crashed instead', '崩溃的是 leader'),
        script: lines(
          'A types "create /hello world"',
          'wait until znode /hello exists',
          'after 1s crash leader',
          'when leader serves: restart last',
          'wait until 1, 2, 3 serve',
        ),
      },
      {
        name: words('A server is frozen for a while', '让一台服务器冻结片刻'),
        script: lines(
          'A types "create /hello world"',
          'wait until znode /hello exists',
          'after 1s pause 2',
          'after 1s resume 2',
        ),
      },
    ],
    nearMisses: [
      {
        name: words('Only the write', '只写入'),
        misses: 'broken',
        script: lines('A types "create /hello world"'),
      },
      {
        name: words('It stays down', '没有重启'),
        misses: 'mended',
        script: lines(
          'A types "create /hello world"',
          'wait until znode /hello exists',
          'after 1s crash 1',
        ),
      },
      {
        name: words('Another value', '值写错'),
        misses: 'hello',
        script: lines('A types "create /hello"', 'after 1s crash 1', 'after 2s restart 1'),
      },
    ],
    par: 3,
  }),
};

export default lesson;
