import { both, goal, hint, lessonOf, miss, not, reached, way } from '../../../engine/build.ts';
import { stage } from '../../../scenarios/world.ts';

const LONELY = [
  'partition 3, A | 1, 2',
  'wait 100ms',
  'A: create /lonely x',
  'wait 300ms',
  'crash 3',
];

export default lessonOf(
  ['wait until 1, 2, 3 serve', 'new client A servers=3 timeout=10s', 'wait until A is connected'],
  {
    world: stage(3, 0, { mutants: ['vote-ignores-epoch'] }),
    goals: [
      goal(
        'long',
        'lonely',
        reached(
          both(
            { fact: 'logged', server: 3, path: '/lonely', synced: true },
            not({ fact: 'logged', server: 1, path: '/lonely' }),
            not({ fact: 'logged', server: 2, path: '/lonely' }),
          ),
          200_000,
        ),
        'The log of server 3 is the longest, by a record that nobody committed',
        '服务器 3 的日志最长，多出一条无人提交的记录',
      ),
      goal(
        'short',
        'second',
        reached(
          both(
            { fact: 'epoch', is: { min: 2, max: 2 } },
            {
              fact: 'any',
              of: [
                { fact: 'serves', by: 1 },
                { fact: 'serves', by: 2 },
              ],
            },
          ),
        ),
        'The two others serve in epoch 2',
        '另外两台在 epoch 2 提供服务',
        { after: ['lonely'] },
      ),
      goal(
        'meet',
        'broken',
        { test: 'broken', property: 'C.28' },
        'C.28 breaks: a server votes for an older history than its own',
        'C.28 被破坏：服务器投票给比自己旧的历史',
        { after: ['second'] },
      ),
    ],
    hints: [
      hint(
        'long',
        'As for the ghost: partition 3 and A, create, crash 3.',
        '和“幽灵”一样：隔开 3 和 A，创建，让 3 崩溃。',
      ),
      hint('short', 'Wait: 1 and 2 elect server 2.', '等待：1 和 2 会选出服务器 2。'),
      hint(
        'meet',
        'Server 1 has entered epoch 2. Let it meet 3 while 2 is away: crash 2, heal, restart 3.',
        '服务器 1 已进入 epoch 2。趁 2 不在时让它遇到 3：让 2 崩溃，恢复链路，重启 3。',
      ),
    ],
    solutions: [
      way(
        'The leader goes',
        'leader 离开',
        [
          ...LONELY,
          'wait until 1, 2 serve',
          'wait 300ms',
          'crash 2',
          'heal',
          'restart 3',
          'wait 5s',
        ],
        { afterwards: 3_000_000 },
      ),
      way(
        'The leader is cut off instead',
        '隔开 leader',
        [
          ...LONELY,
          'wait until 1, 2 serve',
          'wait 300ms',
          'heal',
          'partition 2 | 1, 3, A',
          'restart 3',
          'wait 8s',
        ],
        { afterwards: 3_000_000 },
      ),
    ],
    nearMisses: [
      miss('broken', 'Back while the leader is there', '回来时 leader 还在', [
        ...LONELY,
        'wait until 1, 2 serve',
        'wait 300ms',
        'heal',
        'restart 3',
        'wait 5s',
      ]),
      miss('second', 'No second epoch', '没有第二个 epoch', [
        ...LONELY,
        'crash 2',
        'heal',
        'restart 3',
        'wait 5s',
      ]),
      miss('lonely', 'The record is everywhere', '记录到处都有', [
        'A: create /lonely x',
        'wait 300ms',
        'crash 3',
        'wait until 1, 2 serve',
        'wait 300ms',
        'crash 2',
        'restart 3',
        'wait 5s',
      ]),
    ],
    par: 6,
  },
);
