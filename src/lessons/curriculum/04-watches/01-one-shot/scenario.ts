import {
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
  threeWith,
  way,
} from '../../../engine/build.ts';
import { RIGHT, WRONG } from '../../../engine/lesson.ts';

const FIRED = { happening: 'watch', client: 'B', path: '/app', type: 'NodeDataChanged' } as const;
const RUN = [
  'B: get -w /app',
  'wait 300ms',
  'A: set /app two',
  'wait 500ms',
  'A: set /app three',
  'wait 500ms',
  'A: set /app four',
  'wait 500ms',
];

export default lessonOf(
  [...threeWith('A', 'B'), 'A: create /app one', 'wait until znode /app exists', 'wait 300ms'],
  {
    questions: [
      question(
        'change',
        'how-often',
        [
          'B sets one watch. A then changes /app three times. How many events does B get?',
          'B 设置一个 watch。然后 A 修改 /app 三次。B 得到几个事件？',
        ],
        {
          one: [
            'One',
            '一个',
            {
              fact: 'all',
              of: [
                { fact: 'znode', path: '/app', text: 'four', at: 'every' },
                not({ fact: 'watch', client: 'B', path: '/app' }),
              ],
            },
          ],
          three: ['Three', '三个', { otherwise: 30_000_000 }],
        },
        { after: ['watching'] },
      ),
    ],
    goals: [
      goal(
        'watch',
        'watching',
        reached({ fact: 'watch', client: 'B', path: '/app', kind: 'data' }),
        'B reads /app and leaves a watch',
        'B 读取 /app 并留下 watch',
      ),
      predicted('change', 'how-often'),
      goal('change', 'told', happens(FIRED), 'B is told of a change', 'B 得知变化', {
        after: ['watching'],
      }),
      goal(
        'change',
        'three',
        reached({ fact: 'znode', path: '/app', version: { min: 3 } }),
        'A has changed /app three times',
        'A 修改了 /app 三次',
        { after: ['watching'] },
      ),
      goal(
        'again',
        'rewatch',
        reached({ fact: 'watch', client: 'B', path: '/app', kind: 'data' }),
        'B watches again',
        'B 再次设置 watch',
        { after: ['told', 'three'] },
      ),
      goal(
        'again',
        'second',
        happens(FIRED),
        'A further change is told, too',
        '之后的变化也被通知',
        { after: ['rewatch'] },
      ),
      safe('again'),
    ],
    hints: [
      hint('watch', '`get -w /app` in the console of B.', '在 B 的控制台里：`get -w /app`。'),
      hint(
        'again',
        '`get -w /app` by B once more, then a change by A.',
        'B 再次 `get -w /app`，然后由 A 修改。',
      ),
    ],
    solutions: [
      way(
        'By get -w',
        '用 get -w',
        [...RUN, 'B: get -w /app', 'wait 300ms', 'A: set /app five', 'wait 500ms'],
        { answers: { 'how-often': RIGHT } },
      ),
      way(
        'By stat -w',
        '用 stat -w',
        [
          'B: stat -w /app',
          ...RUN.slice(1),
          'B: stat -w /app',
          'wait 300ms',
          'A: set /app five',
          'wait 500ms',
        ],
        { answers: { 'how-often': 'one' } },
      ),
    ],
    nearMisses: [
      miss(
        'how-often-predicted',
        'A wrong prediction',
        '预测错误',
        [...RUN, 'B: get -w /app', 'wait 300ms', 'A: set /app five'],
        { answers: { 'how-often': WRONG } },
      ),
      miss(
        'rewatch',
        'Read again without a watch',
        '重新读取但没有 watch',
        [...RUN, 'B: get /app', 'wait 300ms', 'A: set /app five'],
        { answers: { 'how-often': 'one' } },
      ),
      miss(
        'watching',
        'A child watch',
        '子节点的 watch',
        [
          'B: ls -w /app',
          'wait 300ms',
          'A: set /app two',
          'A: set /app three',
          'A: set /app four',
          'wait 1s',
        ],
        { answers: { 'how-often': 'one' } },
      ),
    ],
    par: 6,
  },
);
