import {
  both,
  goal,
  happens,
  hint,
  lessonOf,
  miss,
  not,
  predicted,
  question,
  reached,
  safe,
  way,
} from '../../../engine/build.ts';
import type { Fact, Happening } from '../../../engine/goal.ts';
import { RIGHT, WRONG } from '../../../engine/lesson.ts';

const down = (server: number): Fact => not({ fact: 'running', server });
const takesRound = (server: number): Happening => ({
  happening: 'mark',
  name: 'election.higher-round',
  server,
});

const ALONE = ['crash 2', 'crash 3', 'wait until 1 is LOOKING', 'wait 4s'];
const BACK = ['restart 2', 'wait until 1, 2 serve', 'wait 300ms'];
const RIGHTLY = { answers: { round: RIGHT } };

/** The session of A is in every log, so that the sid decides. */
export default lessonOf(
  [
    'wait until 1, 2, 3 serve',
    'new client A servers=1 timeout=10s',
    'wait until A is connected',
    'wait 300ms',
    'kill A',
  ],
  {
    questions: [
      question(
        'round',
        'round',
        [
          'Server 1 is in its second round of voting. Server 2 has lost its memory, and begins with round 1. What becomes of the rounds?',
          '服务器 1 在它的第二轮投票里。服务器 2 失去了内存，从第 1 轮开始。轮次会怎样？',
        ],
        {
          up: ['Server 2 takes over round 2', '服务器 2 改用第 2 轮', takesRound(2)],
          down: [
            'Server 1 takes the round of the newcomer',
            '服务器 1 改用新来者的轮次',
            takesRound(1),
          ],
          never: [
            'Neither: they never agree',
            '都不改：它们始终谈不拢',
            { otherwise: 600_000_000 },
          ],
        },
        { after: ['backed-off'] },
      ),
    ],
    goals: [
      goal(
        'alone',
        'alone',
        reached(both({ fact: 'role', server: 1, is: 'LOOKING' }, down(2), down(3))),
        'Server 1 is LOOKING, and nobody else is up',
        '服务器 1 处于 LOOKING，别的都停了',
      ),
      goal(
        'alone',
        'backed-off',
        happens({ happening: 'logs', server: 1, text: 'Notification time out: 3200 ms' }),
        'Server 1 waits 3.2 s until it says its vote again',
        '服务器 1 要等 3.2 秒才再说一遍自己的选票',
        { after: ['alone'] },
      ),
      predicted('round', 'round'),
      goal(
        'round',
        'joined-round',
        happens(takesRound(2)),
        'Server 2 hears of a higher round, and takes it over',
        '服务器 2 听说更高的轮次，并改用它',
        { after: ['backed-off'] },
      ),
      goal(
        'round',
        'led',
        reached(both({ fact: 'serves', by: 2 }, { fact: 'running', server: 1 }, down(3))),
        'The two of them serve, and 2 leads',
        '两台一起提供服务，2 是 leader',
        { after: ['joined-round'] },
      ),
      safe('round'),
    ],
    hints: [
      hint(
        'alone',
        'Crash servers 2 and 3. Then read the log of server 1: the timeouts double, from 200 ms on.',
        '让服务器 2 和 3 崩溃。然后读服务器 1 的日志：超时从 200 毫秒起逐次加倍。',
      ),
      hint('alone', 'Go on for about four virtual seconds.', '继续运行大约四个虚拟秒。'),
      hint('round', 'Restart server 2, and leave 3 down.', '重启服务器 2，让 3 停着。'),
    ],
    solutions: [
      way('Alone for four seconds', '独自四秒', [...ALONE, ...BACK], RIGHTLY),
      way(
        'The leader first, without a word, and a longer wait',
        'leader 先无声断电，再等久一些',
        ['crash 3 silent', 'crash 2 silent', 'wait until 1 is LOOKING', 'wait 9s', ...BACK],
        { answers: { round: 'up' } },
      ),
    ],
    nearMisses: [
      miss('round-predicted', 'A wrong prediction', '预测错误', [...ALONE, ...BACK], {
        answers: { round: WRONG },
      }),
      miss(
        'backed-off',
        'Server 2 returns after a second: the waits are still short',
        '服务器 2 一秒后就回来：等待还很短',
        ['crash 2', 'crash 3', 'wait until 1 is LOOKING', 'wait 1s', ...BACK],
        RIGHTLY,
      ),
      miss(
        'alone',
        'Only the leader dies: the two others elect at once',
        '只有 leader 死了：另外两台马上选举',
        ['crash 3', 'wait until 1, 2 serve', 'wait 4s', 'crash 2', 'restart 2', 'wait 2s'],
        RIGHTLY,
      ),
      miss(
        'joined-round',
        'Server 3 returns instead',
        '回来的是服务器 3',
        [...ALONE, 'restart 3', 'wait until 1, 3 serve', 'wait 300ms'],
        RIGHTLY,
      ),
    ],
    par: 3,
  },
);
