import {
  both,
  goal,
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
import type { Fact } from '../../../engine/goal.ts';
import { RIGHT, WRONG } from '../../../engine/lesson.ts';

const leads = (sid: number): Fact => ({ fact: 'serves', by: sid });
const epoch = (is: number): Fact => ({ fact: 'epoch', is: { min: is, max: is } });

const JOIN = ['restart 3', 'wait until 1, 2, 3 serve', 'wait 300ms'];
const WRITE = [
  'when A is connected: A: create /late x',
  'wait until znode /late exists',
  'wait 500ms',
];
const AGAIN = ['crash 2', 'wait until 1, 3 serve', 'wait 300ms'];
const RIGHTLY = { answers: { start: RIGHT, next: RIGHT } };

/**
 * The first epoch was that of server 3, the second is that of server 2: the session of A is in both
 * of the logs that are left, so that the sid decides.
 */
export default lessonOf(
  [
    'wait until 1, 2, 3 serve',
    'new client A servers=1 timeout=10s',
    'wait until A is connected',
    'wait 300ms',
    'crash 3',
    'wait until 1, 2 serve',
    'wait until A is connected',
  ],
  {
    questions: [
      question(
        'start',
        'start',
        [
          'Server 2 leads 1. Server 3 starts: who leads the three?',
          '服务器 2 领导着 1。服务器 3 启动：三台由谁领导？',
        ],
        {
          two: [
            'Server 2 still',
            '仍是服务器 2',
            both(leads(2), { fact: 'allServe' }, { fact: 'role', server: 3, is: 'FOLLOWING' }),
          ],
          three: ['Server 3: its sid is the largest', '服务器 3：它的 sid 最大', leads(3)],
          election: [
            'All three vote again',
            '三台重新投票',
            {
              fact: 'all',
              of: [1, 2, 3].map((server): Fact => ({ fact: 'role', server, is: 'LOOKING' })),
            },
          ],
        },
      ),
      question(
        'again',
        'next',
        [
          'All three have the same history. The leader dies: who is next?',
          '三台的历史相同。leader 死了：下一个是谁？',
        ],
        {
          one: ['Server 1: it was there first', '服务器 1：它先在那里', leads(1)],
          three: ['Server 3', '服务器 3', leads(3)],
        },
        { after: ['written'] },
      ),
    ],
    goals: [
      goal(
        'start',
        'joined',
        reached(both({ fact: 'allServe' }, leads(2), epoch(2))),
        'All three serve under server 2, in its old epoch',
        '三台都在服务器 2 之下服务，epoch 不变',
      ),
      predicted('start', 'start'),
      goal(
        'member',
        'written',
        reached(both(leads(2), epoch(2), { fact: 'znode', path: '/late', at: 3 })),
        'A write under the same leader reaches server 3',
        '同一个 leader 之下的写入到达服务器 3',
        { after: ['joined'] },
      ),
      predicted('again', 'next'),
      goal(
        'again',
        'sid-decides',
        reached(both(leads(3), epoch(3), not({ fact: 'running', server: 2 }))),
        'Server 2 is gone, and the next epoch is that of server 3',
        '服务器 2 不在了，下一个 epoch 属于服务器 3',
        { after: ['written'] },
      ),
      safe('again'),
    ],
    hints: [
      hint(
        'start',
        'Select server 3 and restart it. 1 and 2 are not looking for anybody.',
        '选中服务器 3 并重启它。1 和 2 并没有在找 leader。',
      ),
      hint(
        'again',
        'Nobody leads now: votes are compared again. Epoch, zxid, sid.',
        '现在没有 leader：选票又要比较。epoch、zxid、sid。',
      ),
    ],
    solutions: [
      way('Start, write, crash', '启动、写入、崩溃', [...JOIN, ...WRITE, ...AGAIN], RIGHTLY),
      way(
        'Server 1 is restarted as well, and the leader loses power',
        '服务器 1 也重启一次，leader 断电',
        [
          ...JOIN,
          'crash 1',
          'after 500ms restart 1',
          'wait until 1, 2, 3 serve',
          ...WRITE,
          'crash 2 silent',
          'wait until 1, 3 serve',
          'wait 300ms',
        ],
        { answers: { start: 'two', next: 'three' } },
      ),
    ],
    nearMisses: [
      miss('start-predicted', 'A wrong prediction', '预测错误', [...JOIN, ...WRITE, ...AGAIN], {
        answers: { start: WRONG, next: RIGHT },
      }),
      miss(
        'joined',
        'The leader is restarted before the newcomer starts',
        '新来者启动之前先重启了 leader',
        [
          'crash 2',
          'after 500ms restart 2',
          'wait until 1, 2 serve',
          ...JOIN,
          ...WRITE,
          'crash 2',
          'wait until 1, 3 serve',
        ],
        RIGHTLY,
      ),
      miss('written', 'Nothing is written', '没有写入', [...JOIN, ...AGAIN], RIGHTLY),
      miss(
        'sid-decides',
        'The follower dies instead of the leader',
        '死的是 follower 而不是 leader',
        [...JOIN, ...WRITE, 'crash 1', 'wait 2s'],
        RIGHTLY,
      ),
    ],
    par: 3,
  },
);
