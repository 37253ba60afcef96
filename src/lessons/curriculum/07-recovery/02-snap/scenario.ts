import {
  both,
  goal,
  happens,
  hint,
  lessonOf,
  miss,
  predicted,
  question,
  reached,
  safe,
  stands,
  threeWith,
  way,
} from '../../../engine/build.ts';
import { RIGHT, WRONG } from '../../../engine/lesson.ts';
import { stage } from '../../../scenarios/world.ts';

const writes = (count: number): readonly string[] => [
  'crash 1',
  ...Array.from({ length: count }, (_, i) => `A: create /n${String(i + 1)} x`),
  `wait until znode /n${String(count)} exists`,
  'wait 300ms',
];

/** A leader keeps two transactions in memory here, and reads none back from its disk. */
export default lessonOf(
  [
    ...threeWith('X', 'A'),
    'kill X',
    'A: create /before x',
    'wait until znode /before exists',
    'wait 300ms',
  ],
  {
    world: stage(3, 0, { commitLogCount: 2, snapshotSizeFactor: -1 }),
    questions: [
      question(
        'back',
        'how',
        [
          'The leader remembers two transactions, and server 1 has missed four. What now?',
          'leader 只记得两个事务，而服务器 1 错过了四个。怎么办？',
        ],
        {
          diff: [
            'DIFF: four transactions',
            'DIFF：四个事务',
            { happening: 'syncs', server: 1, how: 'DIFF' },
          ],
          snap: [
            'SNAP: the whole tree',
            'SNAP：整棵树',
            { happening: 'syncs', server: 1, how: 'SNAP' },
          ],
        },
        { after: ['missed'] },
      ),
    ],
    goals: [
      goal(
        'away',
        'missed',
        reached(
          both({ fact: 'not', of: { fact: 'running', server: 1 } }, { fact: 'znode', path: '/n4' }),
        ),
        'Server 1 is down while /n1 to /n4 are written',
        '服务器 1 停机期间写入了 /n1 到 /n4',
      ),
      predicted('back', 'how'),
      goal(
        'back',
        'snap',
        happens({ happening: 'syncs', server: 1, how: 'SNAP' }),
        'Server 1 gets a SNAP',
        '服务器 1 收到 SNAP',
        { after: ['missed'] },
      ),
      goal(
        'back',
        'kept',
        happens({ happening: 'snapshot', server: 1 }),
        'It writes the tree down as a snapshot of its own',
        '它把这棵树写成自己的快照',
        { after: ['snap'] },
      ),
      goal(
        'back',
        'same',
        stands(both({ fact: 'allServe' }, { fact: 'znode', path: '/n4', at: 1 })),
        'It serves, and has it all',
        '它提供服务，并拥有全部',
        { after: ['missed'] },
      ),
      safe('back'),
    ],
    hints: [
      hint(
        'away',
        'Crash server 1; `create /n1 x` … `create /n4 x` by A.',
        '让服务器 1 崩溃；A 执行 `create /n1 x` …… `create /n4 x`。',
      ),
    ],
    solutions: [
      way(
        'Four writes',
        '四次写入',
        [...writes(4), 'restart 1', 'wait until 1, 2, 3 serve', 'wait 500ms'],
        { answers: { how: RIGHT } },
      ),
      way(
        'Six writes',
        '六次写入',
        [...writes(6), 'restart 1', 'wait until 1, 2, 3 serve', 'wait 500ms'],
        { answers: { how: 'snap' } },
      ),
    ],
    nearMisses: [
      miss(
        'how-predicted',
        'A wrong prediction',
        '预测错误',
        [...writes(4), 'restart 1', 'wait until 1, 2, 3 serve', 'wait 500ms'],
        { answers: { how: WRONG } },
      ),
      miss(
        'missed',
        'One write only',
        '只有一次写入',
        [...writes(1), 'restart 1', 'wait until 1, 2, 3 serve'],
        { answers: { how: 'snap' } },
      ),
      miss('same', 'It stays away', '一直不在', writes(4), { answers: { how: 'snap' } }),
    ],
    par: 6,
  },
);
