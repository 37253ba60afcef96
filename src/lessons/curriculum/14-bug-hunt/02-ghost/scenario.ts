import { goal, happens, hint, lessonOf, miss, reached, both, way } from '../../../engine/build.ts';
import { stage } from '../../../scenarios/world.ts';

const LONELY = ['partition 3, A | 1, 2, B', 'wait 100ms', 'A: create /lonely x', 'wait 300ms'];
const BACK = ['heal', 'restart 3', 'wait until 1, 2, 3 serve', 'wait 500ms'];
const WRITE = [
  'when B is connected: B: create /after x',
  'wait until znode /after exists',
  'wait 300ms',
];

export default lessonOf(
  [
    'wait until 1, 2, 3 serve',
    'new client A servers=3 timeout=10s',
    'new client B servers=1,2 timeout=10s',
    'wait until A is connected',
    'wait until B is connected',
  ],
  {
    world: stage(3, 0, { mutants: ['no-trunc-in-range'] }),
    goals: [
      goal(
        'lonely',
        'lonely',
        reached(
          both(
            { fact: 'logged', server: 3, path: '/lonely', synced: true },
            { fact: 'not', of: { fact: 'logged', server: 1, path: '/lonely' } },
            { fact: 'not', of: { fact: 'logged', server: 2, path: '/lonely' } },
          ),
          200_000,
        ),
        '/lonely is on the disk of server 3, and of no other',
        '/lonely 只在服务器 3 的磁盘上',
      ),
      goal(
        'epoch',
        'moved-on',
        happens({ happening: 'commits', path: '/after' }),
        'The others commit /after in an epoch of their own',
        '另外两台在自己的 epoch 里提交 /after',
        { after: ['lonely'] },
      ),
      goal(
        'ghost',
        'diff',
        happens({ happening: 'syncs', server: 3, how: 'DIFF' }),
        'Server 3 is brought up to date by DIFF, where a SNAP was due',
        '服务器 3 以 DIFF 追上，而本应是 SNAP',
        { after: ['moved-on'] },
      ),
      goal(
        'ghost',
        'broken',
        { test: 'broken', property: 'C.11' },
        'C.11 breaks: two servers processed the same, and have different trees',
        'C.11 被破坏：两台服务器处理了同样的事务，树却不同',
        { after: ['moved-on'] },
      ),
    ],
    hints: [
      hint(
        'lonely',
        'Partition 3 and A from the rest, then let A create /lonely. The ack of nobody else comes.',
        '把 3 和 A 与其余分开，再让 A 创建 /lonely。不会有别人的 ack。',
      ),
      hint(
        'epoch',
        'Crash 3 or wait until it gives up; 1 and 2 elect one another. Then B: `create /after x`.',
        '让 3 崩溃，或等它放弃；1 和 2 会选出 leader。然后 B：`create /after x`。',
      ),
      hint('ghost', 'Heal the links, and start 3 again.', '恢复链路，再启动 3。'),
    ],
    solutions: [
      way(
        'By a crash',
        '崩溃',
        [...LONELY, 'crash 3', 'wait until 1, 2 serve', ...WRITE, ...BACK],
        {
          afterwards: 3_000_000,
        },
      ),
      way(
        'By the partition alone',
        '只用分区',
        [
          ...LONELY,
          'wait until 2 is LEADING',
          'wait until 1, 2 serve',
          ...WRITE,
          'heal',
          'wait until 1, 2, 3 serve',
        ],
        { afterwards: 5_000_000 },
      ),
    ],
    nearMisses: [
      miss('broken', 'Nothing is written meanwhile', '期间什么也没写', [
        ...LONELY,
        'crash 3',
        'wait until 1, 2 serve',
        ...BACK,
      ]),
      miss('lonely', 'Nobody is cut off', '没有隔开任何人', [
        'A: create /lonely x',
        'wait 300ms',
        'crash 3',
        'wait until 1, 2 serve',
        ...WRITE,
        'restart 3',
        'wait until 1, 2, 3 serve',
      ]),
      miss('diff', 'The disk is wiped', '磁盘被清空', [
        ...LONELY,
        'crash 3',
        'wipe 3',
        'wait until 1, 2 serve',
        ...WRITE,
        ...BACK,
      ]),
      miss('lonely', 'Nothing is written on the lonely side', '孤立一侧没有写入', [
        'partition 3, A | 1, 2, B',
        'wait 300ms',
        'crash 3',
        'wait until 1, 2 serve',
        ...WRITE,
        ...BACK,
      ]),
    ],
    par: 6,
  },
);
