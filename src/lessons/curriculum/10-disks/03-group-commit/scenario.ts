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
  threeWith,
  way,
} from '../../../engine/build.ts';
import { RIGHT, WRONG } from '../../../engine/lesson.ts';

const ten = (name: string): readonly string[] =>
  Array.from(
    { length: 10 },
    (_, i) => `A asks ${String(i + 1)} create /${name}${String(i + 1)} "x"`,
  );

/** An fsync takes about half a second on all three. */
export default lessonOf(
  [...threeWith('A'), ...[1, 2, 3].map((sid) => `disk ${String(sid)} slow 80x`)],
  {
    questions: [
      question(
        'burst',
        'how-long',
        [
          'An fsync takes about half a second here. Ten writes are on their way at once: when is the last one answered?',
          '这里一次 fsync 大约要半秒。十次写入同时在路上：最后一次何时得到答复？',
        ],
        {
          together: [
            'Within two seconds or so',
            '两秒左右之内',
            { happening: 'answer', client: 'A', op: 'create', path: '/w10', err: 0 },
          ],
          serial: [
            'After five seconds: one fsync each',
            '五秒之后：每次一个 fsync',
            { otherwise: 4_000_000 },
          ],
        },
        { after: ['one'] },
      ),
    ],
    goals: [
      goal(
        'one',
        'one',
        happens({ happening: 'answer', client: 'A', op: 'create', path: '/one', err: 0 }),
        'A single write, /one, is answered',
        '单独一次写入 /one 得到答复',
      ),
      predicted('burst', 'how-long'),
      goal(
        'burst',
        'ten',
        happens({ happening: 'answer', client: 'A', op: 'create', err: 0 }, 10),
        'Ten more writes are answered',
        '又有十次写入得到答复',
        { after: ['one'] },
      ),
      goal(
        'burst',
        'all',
        reached({ fact: 'znode', path: '/w10', at: 'every' }),
        '/w10 is on every server',
        '/w10 在每台服务器上',
        { after: ['one'] },
      ),
      safe('burst'),
    ],
    hints: [
      hint(
        'one',
        '`create /one x` by A, and look at the time until “Created”.',
        'A 执行 `create /one x`，看到 “Created” 要多久。',
      ),
      hint(
        'burst',
        'A console waits for each answer. Use the pane Script: ten lines `A asks 1 create /w1 "x"` … `A asks 10 create /w10 "x"`.',
        '控制台会等待每个答复。使用“脚本”面板：十行 `A asks 1 create /w1 "x"` … `A asks 10 create /w10 "x"`。',
      ),
    ],
    solutions: [
      way(
        'By a script',
        '用脚本',
        [
          'A: create /one x',
          'wait until znode /one exists',
          'wait 1500ms',
          ...ten('w'),
          'wait until znode /w10 exists',
          'wait 2s',
        ],
        { answers: { 'how-long': RIGHT } },
      ),
      way(
        'While another write is under way',
        '另一次写入进行中',
        [
          'A: create /one x',
          'wait until znode /one exists',
          'wait 1500ms',
          'A: create /other x',
          ...ten('w'),
          'wait until znode /w10 exists',
          'wait 2s',
        ],
        { answers: { 'how-long': 'together' } },
      ),
    ],
    nearMisses: [
      miss(
        'how-long-predicted',
        'A wrong prediction',
        '预测错误',
        [
          'A: create /one x',
          'wait until znode /one exists',
          'wait 1500ms',
          ...ten('w'),
          'wait until znode /w10 exists',
          'wait 2s',
        ],
        { answers: { 'how-long': WRONG } },
      ),
      miss(
        'ten',
        'Only three',
        '只有三次',
        [
          'A: create /one x',
          'wait until znode /one exists',
          'wait 1500ms',
          ...ten('w').slice(0, 3),
          'wait 3s',
        ],
        { answers: { 'how-long': 'together' } },
      ),
      miss(
        'all',
        'Other names',
        '名字不对',
        ['A: create /one x', 'wait until znode /one exists', 'wait 1500ms', ...ten('v'), 'wait 4s'],
        { answers: { 'how-long': 'together' } },
      ),
    ],
    par: 11,
  },
);
