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
  threeWith,
  way,
} from '../../../engine/build.ts';
import { RIGHT, WRONG } from '../../../engine/lesson.ts';

const READ = { happening: 'answer', client: 'B', op: 'getData', path: '/app', err: 0 } as const;
const BEHIND = both(
  { fact: 'znode', path: '/app', text: 'new', at: 'leader' },
  { fact: 'znode', path: '/app', text: 'old', at: 2 },
);

/** Server 2 hears of commits two seconds late; client B reads there. */
export default lessonOf(
  [
    ...threeWith('A', 'B'),
    'A: create /app old',
    'wait until znode /app exists',
    'wait 500ms',
    'latency 3 -> 2 2s',
  ],
  {
    questions: [
      question(
        'read',
        'value',
        [
          'A has written “new”, and has its answer. Now B reads at server 2. What does it get?',
          'A 写入了 “new”，并得到答复。现在 B 在服务器 2 上读取。得到什么？',
        ],
        {
          old: [
            '“old”: its server has not heard of it yet',
            '“old”：它的服务器还没听说',
            { happening: 'prints', client: 'B', text: 'old' },
          ],
          new: [
            '“new”: it has been acknowledged',
            '“new”：已经确认过了',
            { happening: 'prints', client: 'B', text: 'new' },
          ],
        },
        { after: ['written'] },
      ),
    ],
    goals: [
      goal(
        'write',
        'written',
        happens({ happening: 'answer', client: 'A', op: 'setData', path: '/app', err: 0 }),
        'A sets /app to new, and has its answer',
        'A 把 /app 设为 new，并得到答复',
      ),
      predicted('read', 'value'),
      goal(
        'read',
        'behind',
        reached(BEHIND),
        'Server 2 still has the old value',
        '服务器 2 还是旧值',
      ),
      goal(
        'read',
        'stale',
        happens(READ),
        'B reads at server 2 meanwhile',
        'B 在此期间于服务器 2 读取',
        { after: ['written', 'behind'] },
      ),
      goal(
        'later',
        'caught-up',
        reached({ fact: 'znode', path: '/app', text: 'new', at: 2 }),
        'Later server 2 has the new value',
        '之后服务器 2 有了新值',
        { after: ['stale'] },
      ),
      safe('later'),
    ],
    hints: [
      hint('write', '`set /app new` by A, at server 1.', 'A 在服务器 1 上执行 `set /app new`。'),
      hint('read', '`get /app` by B, within two seconds.', 'B 在两秒内执行 `get /app`。'),
    ],
    solutions: [
      way(
        'Read at once',
        '马上读取',
        ['A: set /app new', 'wait until A is connected', 'wait 400ms', 'B: get /app', 'wait 3s'],
        { answers: { value: RIGHT } },
      ),
      way(
        'Read twice',
        '读取两次',
        ['A: set /app new', 'wait 400ms', 'B: get /app', 'wait 300ms', 'B: get /app', 'wait 3s'],
        { answers: { value: 'old' } },
      ),
    ],
    nearMisses: [
      miss(
        'value-predicted',
        'A wrong prediction',
        '预测错误',
        ['A: set /app new', 'wait 400ms', 'B: get /app', 'wait 3s'],
        { answers: { value: WRONG } },
      ),
      miss(
        'value-predicted',
        'Too late',
        '太晚了',
        ['A: set /app new', 'wait 4s', 'B: get /app', 'wait 1s'],
        { answers: { value: 'old' } },
      ),
      miss(
        'stale',
        'A reads, and not B',
        '读取的是 A 而不是 B',
        ['A: set /app new', 'wait 400ms', 'A: get /app', 'wait 3s'],
        { answers: { value: 'old' } },
      ),
    ],
    par: 2,
  },
);
