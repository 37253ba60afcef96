import {
  goal,
  happens,
  hint,
  lessonOf,
  miss,
  reached,
  safe,
  stands,
  threeWith,
  way,
} from '../../../engine/build.ts';

const NAIVE = ['A: set /naive 1', 'B: set /naive 1', 'after 500ms A: get /naive'];

export default lessonOf(
  [
    ...threeWith('A', 'B'),
    'A: create /naive 0',
    'A: create /count 0',
    'wait until znode /count exists',
    'after 200ms A: get /naive',
    'B: get /naive',
    'A: get -s /count',
    'B: get -s /count',
  ],
  {
    goals: [
      goal(
        'naive',
        'lost',
        reached({ fact: 'znode', path: '/naive', text: '1', version: { min: 2, max: 2 } }),
        'Two increments of /naive have left it at 1: one is lost',
        '/naive 被加了两次，却仍是 1：丢了一次',
      ),
      goal(
        'right',
        'first',
        happens({ happening: 'answer', op: 'setData', path: '/count', err: 0 }),
        'The first increment of /count, with its version, succeeds',
        '对 /count 的第一次带版本的加一成功',
      ),
      goal(
        'right',
        'refused',
        happens({ happening: 'answer', op: 'setData', path: '/count', err: -103 }),
        'The second, with the same version, is refused',
        '第二次用同一个版本，被拒绝',
        { after: ['first'] },
      ),
      goal(
        'retry',
        'two',
        stands({ fact: 'znode', path: '/count', text: '2', version: { min: 2, max: 2 } }),
        'Read again and tried again, /count is 2 after two writes',
        '重新读取再试，两次写入后 /count 为 2',
        { after: ['refused'] },
      ),
      goal(
        'retry',
        'read',
        happens({ happening: 'answer', op: 'getData', path: '/count', err: 0 }),
        'Whoever was refused has read it again',
        '被拒绝的一方重新读取过',
        { after: ['refused'] },
      ),
      safe('retry'),
    ],
    hints: [
      hint(
        'naive',
        'Both have read 0. `set /naive 1` by A, and by B.',
        '两者都读到 0。A 执行 `set /naive 1`，B 也是。',
      ),
      hint('right', '`set -v 0 /count 1` by A, then by B.', '先 A 后 B 执行 `set -v 0 /count 1`。'),
      hint(
        'retry',
        '`get -s /count` shows dataVersion 1: `set -v 1 /count 2`.',
        '`get -s /count` 显示 dataVersion 为 1：`set -v 1 /count 2`。',
      ),
    ],
    solutions: [
      way('A first', 'A 先', [
        ...NAIVE,
        'A: set -v 0 /count 1',
        'after 500ms B: set -v 0 /count 1',
        'after 500ms B: get -s /count',
        'B: set -v 1 /count 2',
      ]),
      way('B first', 'B 先', [
        ...NAIVE,
        'B: set -v 0 /count 1',
        'after 500ms A: set -v 0 /count 1',
        'after 500ms A: get /count',
        'A: set -v 1 /count 2',
      ]),
    ],
    nearMisses: [
      miss('refused', 'Without versions', '不带版本', [
        ...NAIVE,
        'A: set /count 1',
        'after 500ms B: get /count',
        'B: set /count 2',
      ]),
      miss('two', 'Refused, then by force', '被拒绝后强行写入', [
        ...NAIVE,
        'A: set -v 0 /count 1',
        'after 500ms B: set -v 0 /count 1',
        'after 500ms B: get /count',
        'B: set /count 1',
      ]),
      miss('lost', 'The naive one works by luck', '朴素的做法碰巧成功', [
        'A: set /naive 1',
        'after 500ms B: get /naive',
        'after 300ms B: set /naive 2',
        'A: set -v 0 /count 1',
        'after 500ms B: set -v 0 /count 1',
        'after 500ms B: get /count',
        'B: set -v 1 /count 2',
      ]),
    ],
    par: 5,
  },
);
