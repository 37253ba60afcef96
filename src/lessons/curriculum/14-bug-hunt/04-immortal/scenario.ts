import {
  both,
  goal,
  happens,
  hint,
  lessonOf,
  miss,
  not,
  reached,
  way,
} from '../../../engine/build.ts';
import { stage } from '../../../scenarios/world.ts';

const AWAY = [
  'crash 3',
  'wait until 1, 2 serve',
  'new client B servers=1 timeout=2s',
  'when B is connected: B: create -e /mine x',
  'wait until znode /mine exists',
  'wait 300ms',
];

export default lessonOf(
  ['wait until 1, 2, 3 serve', 'new client A servers=1,2 timeout=10s', 'wait until A is connected'],
  {
    world: stage(3, 0, { mutants: ['sync-skips-session-map'] }),
    goals: [
      goal(
        'miss',
        'mine',
        reached(
          both(
            { fact: 'znode', path: '/mine', kind: 'ephemeral' },
            not({ fact: 'logged', server: 3, path: '/mine' }),
          ),
          200_000,
        ),
        'While server 3 is away, a new session makes /mine, an ephemeral',
        '服务器 3 不在时，新 session 创建了 ephemeral 的 /mine',
      ),
      goal(
        'learn',
        'diff',
        happens({ happening: 'syncs', server: 3, how: 'DIFF' }),
        'Server 3 learns of it by DIFF',
        '服务器 3 由 DIFF 得知',
        { after: ['mine'] },
      ),
      goal(
        'immortal',
        'stays',
        reached(
          both(
            { fact: 'serves', by: 3 },
            { fact: 'znode', path: '/mine', at: 3 },
            { fact: 'sessions', count: { max: 1 } },
          ),
          4_000_000,
        ),
        'Server 3 leads, and keeps /mine four seconds long without knowing its session',
        '服务器 3 领导，四秒内一直保留 /mine，却不知道它的 session',
        { after: ['diff'] },
      ),
      goal(
        'immortal',
        'broken',
        { test: 'broken', property: 'C.11' },
        'C.11 breaks: the same transactions, and not the same state',
        'C.11 被破坏：同样的事务，不同的状态',
        { after: ['diff'] },
      ),
    ],
    hints: [
      hint(
        'miss',
        'Crash 3. Then a new client at server 1: `create -e /mine x`.',
        '让 3 崩溃。再给服务器 1 加一个客户端：`create -e /mine x`。',
      ),
      hint(
        'learn',
        'Start server 3 again before the session ends.',
        '在 session 结束前重启服务器 3。',
      ),
      hint(
        'immortal',
        'Kill the client, and crash the leader, so that 3 leads before the session has expired.',
        '杀掉客户端，让 leader 崩溃，使 3 在 session 过期前成为 leader。',
      ),
    ],
    solutions: [
      way(
        'The client dies first',
        '先杀客户端',
        [
          ...AWAY,
          'restart 3',
          'wait until 1, 2, 3 serve',
          'kill B',
          'crash 2',
          'wait until 1, 3 serve',
          'wait 5s',
        ],
        { afterwards: 3_000_000 },
      ),
      way(
        'The leader goes first',
        '先让 leader 离开',
        [
          ...AWAY,
          'restart 3',
          'wait until 1, 2, 3 serve',
          'crash 2',
          'kill B',
          'wait until 1, 3 serve',
          'wait 5s',
        ],
        { afterwards: 3_000_000 },
      ),
    ],
    nearMisses: [
      miss('stays', 'The leader expires it in time', 'leader 及时让它过期', [
        ...AWAY,
        'restart 3',
        'wait until 1, 2, 3 serve',
        'kill B',
        'wait 4s',
        'crash 2',
        'wait until 1, 3 serve',
        'wait 5s',
      ]),
      miss('mine', 'Server 3 was there all the time', '服务器 3 一直都在', [
        'new client B servers=1 timeout=2s',
        'when B is connected: B: create -e /mine x',
        'wait until znode /mine exists',
        'kill B',
        'crash 3',
        'wait until 1, 2 serve',
        'wait 5s',
      ]),
      miss('stays', 'Server 3 never leads', '服务器 3 从未领导', [
        ...AWAY,
        'restart 3',
        'wait until 1, 2, 3 serve',
        'kill B',
        'wait 5s',
      ]),
    ],
    par: 6,
  },
);
