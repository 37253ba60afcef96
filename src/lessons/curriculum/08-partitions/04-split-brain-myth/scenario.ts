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
  stands,
  way,
} from '../../../engine/build.ts';
import type { Fact } from '../../../engine/goal.ts';
import { RIGHT, WRONG } from '../../../engine/lesson.ts';

const leading = (server: number): Fact => ({ fact: 'role', server, is: 'LEADING' });
/** Server 2 serves with a quorum, and the old leader does not know of it. */
const UNAWARE = both({ fact: 'serves', by: 2 }, not({ fact: 'running', server: 3 }));

const FREEZE = ['pause 3', 'wait until 1, 2 serve'];
const NEW = ['when B is connected: B: create /new B', 'wait until znode /new exists', 'wait 300ms'];
const OLD = ['A types "create /old A"', 'wait 200ms'];
const WAKE = ['resume 3', 'wait 1s', 'wait until 1, 2, 3 serve'];
const RIGHTLY = { answers: { two: RIGHT, old: RIGHT } };

export default lessonOf(
  [
    'wait until 1, 2, 3 serve',
    'new client A servers=3 timeout=10s',
    'new client B servers=1 timeout=10s',
    'wait until A is connected',
    'wait until B is connected',
  ],
  {
    questions: [
      question(
        'old',
        'two',
        [
          'Server 2 leads now, and server 3 wakes. How many servers are LEADING at that moment?',
          '现在服务器 2 是 leader，服务器 3 醒来。那一刻有几台服务器处于 LEADING？',
        ],
        {
          two: ['Two', '两台', both(leading(2), leading(3))],
          new: [
            'One: server 3 wakes as a follower',
            '一台：服务器 3 醒来就是 follower',
            both(leading(2), { fact: 'role', server: 3, is: 'FOLLOWING' }),
          ],
          old: [
            'One: server 2 steps down for it',
            '一台：服务器 2 为它让位',
            both(leading(3), not(leading(2)), { fact: 'running', server: 2 }),
          ],
        },
        { after: ['written'] },
      ),
      question(
        'old',
        'old',
        [
          'Client A has sent the old leader the write /old. What becomes of it when server 3 wakes?',
          '客户端 A 把写入 /old 发给了旧 leader。服务器 3 醒来后，它会怎样？',
        ],
        {
          lost: [
            'A loses its connection, and has no answer',
            'A 断开连接，没有答复',
            { happening: 'session', client: 'A', is: 'disconnected' },
          ],
          done: [
            'It is done: A is told so',
            '完成：A 得到答复',
            { happening: 'answer', client: 'A', path: '/old', err: 0 },
          ],
        },
        { after: ['written'] },
      ),
    ],
    goals: [
      goal(
        'freeze',
        'second',
        reached(UNAWARE),
        'Server 3 stands still, and server 2 leads 1',
        '服务器 3 停住不动，服务器 2 领导着 1',
      ),
      goal(
        'freeze',
        'written',
        reached(both(UNAWARE, { fact: 'znode', path: '/new', at: 2 })),
        '/new is committed meanwhile',
        '其间 /new 已提交',
        { after: ['second'] },
      ),
      goal(
        'old',
        'asked',
        happens({ happening: 'does', action: 'line', client: 'A', line: '/old' }),
        'A asks the old leader for /old',
        'A 请求旧 leader 写入 /old',
        { after: ['written'] },
      ),
      predicted('old', 'two'),
      predicted('old', 'old'),
      goal(
        'old',
        'two-leaders',
        reached(both(leading(3), leading(2))),
        'Both 2 and 3 are LEADING at the same moment',
        '同一时刻 2 和 3 都处于 LEADING',
        { after: ['asked'] },
      ),
      goal(
        'after',
        'one-history',
        stands(
          both(
            { fact: 'allServe' },
            { fact: 'noFaults' },
            { fact: 'znode', path: '/new', at: 'every' },
            not({ fact: 'znode', path: '/old', at: 'some' }),
          ),
        ),
        'All three serve and have /new; /old is nowhere',
        '三台都提供服务并有 /new；/old 哪里也没有',
        { after: ['two-leaders'] },
      ),
      safe('after'),
    ],
    hints: [
      hint(
        'freeze',
        'Pause server 3, as a long garbage collection does, and wait for syncLimit. Then `create /new B` in the console of B.',
        '冻结服务器 3，就像一次很长的垃圾回收，然后等过 syncLimit。再在 B 的控制台里执行 `create /new B`。',
      ),
      hint(
        'old',
        'While server 3 is still frozen: `create /old A` in the console of A. Then resume server 3.',
        '趁服务器 3 还冻着：在 A 的控制台里执行 `create /old A`。然后恢复服务器 3。',
      ),
    ],
    solutions: [
      way('A long pause', '一次长停顿', [...FREEZE, ...NEW, ...OLD, ...WAKE], RIGHTLY),
      way(
        'Two writes in the new epoch, and the old leader sleeps longer',
        '新 epoch 里写两次，旧 leader 睡得更久',
        [
          ...FREEZE,
          ...NEW,
          'B: set /new B2',
          'wait 1s',
          'A: create /old A',
          'wait 1500ms',
          ...WAKE,
        ],
        { answers: { two: 'two', old: 'lost' } },
      ),
    ],
    nearMisses: [
      miss(
        'two-predicted',
        'A wrong prediction',
        '预测错误',
        [...FREEZE, ...NEW, ...OLD, ...WAKE],
        { answers: { two: WRONG, old: RIGHT } },
      ),
      miss(
        'second',
        'The pause is shorter than syncLimit',
        '停顿短于 syncLimit',
        ['pause 3', 'wait 800ms', ...OLD, 'resume 3', 'wait 1s', 'B: create /new B', 'wait 1s'],
        RIGHTLY,
      ),
      miss(
        'two-leaders',
        'A crash instead of a pause: the process comes back without its belief',
        '用崩溃代替停顿：进程回来时已不再相信自己是 leader',
        [
          'crash 3',
          'wait until 1, 2 serve',
          ...NEW,
          ...OLD,
          'restart 3',
          'wait until 1, 2, 3 serve',
          'wait 1s',
        ],
        RIGHTLY,
      ),
      miss(
        'one-history',
        'The same name is written on the other side as well',
        '在另一边也写了同一个名字',
        [...FREEZE, ...NEW, 'B: create /old B', 'wait 500ms', ...OLD, ...WAKE],
        RIGHTLY,
      ),
      miss(
        'asked',
        'The old leader is asked for nothing',
        '没有向旧 leader 请求任何东西',
        [...FREEZE, ...NEW, ...WAKE],
        RIGHTLY,
      ),
    ],
    par: 4,
  },
);
