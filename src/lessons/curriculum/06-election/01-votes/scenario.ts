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
const down = (sid: number): Fact => not({ fact: 'running', server: sid });
const has = (server: number): Fact => ({ fact: 'logged', server, path: '/x', synced: true });

const BEHIND = ['crash 2', 'A: create /x 1', 'wait until znode /x exists', 'wait 500ms'];
const HISTORY = ['crash 3', 'restart 2', 'wait until 1, 2 serve', 'wait 300ms'];
const EPOCH = ['crash 1', 'restart 3', 'wait until 2, 3 serve', 'wait 300ms'];
const RIGHTLY = { answers: { history: RIGHT, epoch: RIGHT } };

export default lessonOf(
  ['wait until 1, 2, 3 serve', 'new client A servers=1 timeout=10s', 'wait until A is connected'],
  {
    questions: [
      question(
        'history',
        'history',
        [
          'Server 1 has /x in its log, server 2 has not. Who leads the two?',
          '服务器 1 的日志里有 /x，服务器 2 没有。两者之中谁是 leader？',
        ],
        {
          one: ['Server 1: it has more history', '服务器 1：它的历史更多', leads(1)],
          two: ['Server 2: it has the larger sid', '服务器 2：它的 sid 更大', leads(2)],
          none: ['Neither: they disagree for good', '都不是：它们始终不一致', { otherwise: 2e7 }],
        },
        { after: ['behind'] },
      ),
      question(
        'epoch',
        'epoch',
        [
          'Server 2 was in the new epoch, server 3 was not. Who leads the two?',
          '服务器 2 经历了新的 epoch，服务器 3 没有。两者之中谁是 leader？',
        ],
        {
          two: ['Server 2: its epoch is newer', '服务器 2：它的 epoch 更新', leads(2)],
          three: ['Server 3: it has the larger sid', '服务器 3：它的 sid 更大', leads(3)],
          none: ['Neither', '都不是', { otherwise: 2e7 }],
        },
        { after: ['more-history'] },
      ),
    ],
    goals: [
      goal(
        'behind',
        'behind',
        reached(
          both(leads(3), down(2), has(1), has(3), not({ fact: 'logged', server: 2, path: '/x' })),
        ),
        'Server 2 is down; /x is on the disks of 1 and 3, and not at 2',
        '服务器 2 已停；/x 在 1 和 3 的磁盘上，而不在 2',
      ),
      predicted('history', 'history'),
      goal(
        'history',
        'more-history',
        reached(both(leads(1), down(3), { fact: 'role', server: 2, is: 'FOLLOWING' })),
        'With server 3 away, 1 leads and 2 follows',
        '服务器 3 不在时，1 是 leader，2 跟随',
        { after: ['behind'] },
      ),
      predicted('epoch', 'epoch'),
      goal(
        'epoch',
        'newer-epoch',
        reached(both(leads(2), down(1), { fact: 'role', server: 3, is: 'FOLLOWING' })),
        'With server 1 away, 2 leads and 3 follows',
        '服务器 1 不在时，2 是 leader，3 跟随',
        { after: ['more-history'] },
      ),
      safe('epoch'),
    ],
    hints: [
      hint(
        'behind',
        'The crash tool on server 2; then `create /x 1` in the console of A.',
        '用崩溃工具点服务器 2；然后在 A 的控制台里执行 `create /x 1`。',
      ),
      hint(
        'history',
        'Which row of the log grid is longer? The zxid is compared before the sid.',
        '日志网格里哪一行更长？先比较 zxid，再比较 sid。',
      ),
      hint(
        'epoch',
        'Crash 1, restart 3. Select both: which currentEpoch is larger?',
        '让 1 崩溃，重启 3。分别选中 2 和 3：谁的 currentEpoch 更大？',
      ),
    ],
    solutions: [
      way('One after the other', '一步一步来', [...BEHIND, ...HISTORY, ...EPOCH], RIGHTLY),
      way(
        'Three writes, and power cuts',
        '三次写入，并用断电',
        [
          'crash 2 silent',
          'A: create /x 1',
          'A: create /y 2',
          'A: create /z 3',
          'wait until znode /z exists',
          'wait 500ms',
          'crash 3 silent',
          'restart 2',
          'wait until 1, 2 serve',
          'wait 300ms',
          'crash 1 silent',
          'restart 3',
          'wait until 2, 3 serve',
          'wait 300ms',
        ],
        { answers: { history: 'one', epoch: 'two' } },
      ),
    ],
    nearMisses: [
      miss(
        'history-predicted',
        'A wrong prediction',
        '预测错误',
        [...BEHIND, ...HISTORY, ...EPOCH],
        { answers: { history: WRONG, epoch: RIGHT } },
      ),
      miss(
        'behind',
        'Written while all were there',
        '写入时三台都在',
        [
          'A: create /x 1',
          'wait until znode /x exists',
          'wait 300ms',
          'crash 2',
          ...HISTORY,
          ...EPOCH,
        ],
        RIGHTLY,
      ),
      miss(
        'more-history',
        'Both are restarted: 3 has as much history as 1',
        '两台都重启：3 的历史和 1 一样多',
        [...BEHIND, 'crash 3', 'restart 3', 'restart 2', 'wait until 1, 2, 3 serve', 'wait 300ms'],
        RIGHTLY,
      ),
      miss(
        'newer-epoch',
        'Server 3 returns while 1 still leads',
        '1 还是 leader 时 3 就回来了',
        [...BEHIND, ...HISTORY, 'restart 3', 'wait until 1, 2, 3 serve', 'crash 1', 'wait 3s'],
        RIGHTLY,
      ),
    ],
    par: 6,
  },
);
