import {
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

const READ = { happening: 'answer', client: 'B', op: 'getData', path: '/price', err: 0 } as const;

/** The link from server 2 to client B is slow: events and answers take half a second. */
export default lessonOf(
  [
    ...threeWith('A', 'B'),
    'A: create /price 1',
    'wait until znode /price exists',
    'wait 300ms',
    'B: get -w /price',
    'wait 300ms',
    'latency 2 -> B 500ms',
  ],
  {
    questions: [
      question(
        'burst',
        'which',
        [
          'A writes 2, 3 and 4 in a row. B gets an event, and reads. What does it read?',
          'A 连续写入 2、3、4。B 得到一个事件，然后读取。读到什么？',
        ],
        {
          four: [
            '4: the latest; 2 and 3 it never sees',
            '4：最新的；2 和 3 它从没见过',
            { happening: 'prints', client: 'B', text: '4' },
          ],
          two: [
            '2: events and values come one by one',
            '2：事件和值逐个到来',
            { happening: 'prints', client: 'B', text: '2' },
          ],
        },
        { after: ['burst'] },
      ),
    ],
    goals: [
      goal(
        'burst',
        'burst',
        reached({ fact: 'znode', path: '/price', text: '4', version: { min: 3 } }),
        'A has written 2, 3 and 4',
        'A 写入了 2、3、4',
      ),
      predicted('burst', 'which'),
      goal(
        'read',
        'told',
        happens({ happening: 'watch', client: 'B', path: '/price' }),
        'B is told of a change',
        'B 得知变化',
      ),
      goal('read', 'read', happens(READ), 'B reads after the event', 'B 在事件之后读取', {
        after: ['told', 'burst'],
      }),
      goal(
        'read',
        'watches',
        stands({ fact: 'watch', client: 'B', path: '/price' }),
        'B read with a watch, so nothing later is missed',
        'B 带着 watch 读取，之后的变化不会错过',
        { after: ['told'] },
      ),
      safe('read'),
    ],
    hints: [
      hint(
        'burst',
        '`set /price 2`, `set /price 3`, `set /price 4` by A.',
        'A 执行 `set /price 2`、`set /price 3`、`set /price 4`。',
      ),
      hint(
        'read',
        'Read and watch in one call: `get -w /price`.',
        '读取和设置 watch 用同一个调用：`get -w /price`。',
      ),
    ],
    solutions: [
      way(
        'Three writes',
        '三次写入',
        [
          'A: set /price 2',
          'A: set /price 3',
          'A: set /price 4',
          'wait 1500ms',
          'B: get -w /price',
          'wait 2s',
        ],
        { answers: { which: RIGHT } },
      ),
      way(
        'Even more of them',
        '写得更多',
        [
          'A: set /price 2',
          'A: set /price 3',
          'A: set /price 3',
          'A: set /price 4',
          'wait 1500ms',
          'B: get -w /price',
          'wait 2s',
        ],
        { answers: { which: 'four' } },
      ),
    ],
    nearMisses: [
      miss(
        'which-predicted',
        'A wrong prediction',
        '预测错误',
        [
          'A: set /price 2',
          'A: set /price 3',
          'A: set /price 4',
          'wait 1500ms',
          'B: get -w /price',
          'wait 2s',
        ],
        { answers: { which: WRONG } },
      ),
      miss(
        'watches',
        'Without a watch',
        '没有 watch',
        [
          'A: set /price 2',
          'A: set /price 3',
          'A: set /price 4',
          'wait 1500ms',
          'B: get /price',
          'wait 2s',
        ],
        { answers: { which: RIGHT } },
      ),
      miss(
        'read',
        'B trusts the event',
        'B 只相信事件',
        ['A: set /price 2', 'A: set /price 3', 'A: set /price 4', 'wait 2500ms'],
        { answers: { which: RIGHT } },
      ),
    ],
    par: 4,
  },
);
