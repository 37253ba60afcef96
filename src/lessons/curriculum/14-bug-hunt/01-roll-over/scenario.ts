import {
  goal,
  hint,
  lessonOf,
  miss,
  predicted,
  question,
  threeWith,
  way,
} from '../../../engine/build.ts';
import { RIGHT, WRONG } from '../../../engine/lesson.ts';
import { stage } from '../../../scenarios/world.ts';

const times = (count: number, line: (n: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, n) => [line(n + 1), 'wait 200ms']).flat();

export default lessonOf(threeWith('A'), {
  world: stage(3, 0, { initialCounter: 0xffff_fff9, mutants: ['no-rollover-check'] }),
  questions: [
    question(
      'write',
      'after-all-ones',
      [
        'The counter reaches 0xffffffff. What comes of the write after it?',
        '计数器到达 0xffffffff。之后的那次写入会怎样？',
      ],
      {
        nothing: [
          'It runs over into the epoch, and is never answered',
          '它溢出到 epoch 部分，永远得不到答复',
          { otherwise: 8_000_000 },
        ],
        carries: [
          'An election: a new epoch begins, and it is written there',
          '选举：新的 epoch 开始，写入在那里完成',
          { happening: 'elected' },
        ],
      },
    ),
  ],
  goals: [
    predicted('write', 'after-all-ones'),
    goal(
      'write',
      'broken',
      { test: 'broken', property: 'C.1' },
      'C.1 breaks: a log holds an epoch that its server has never accepted',
      'C.1 被破坏：日志里有服务器从未接受过的 epoch',
    ),
    goal(
      'write',
      'calm',
      {
        test: 'budget',
        atMost: 0,
        kinds: ['crash', 'restart', 'pause', 'cut', 'partition', 'latency', 'disk', 'skew'],
      },
      'Without a single fault',
      '没有制造任何故障',
    ),
  ],
  hints: [
    hint(
      'write',
      'Look at the zxid of the last cell in the log grid: how far is it from 0x1ffffffff?',
      '看日志网格里最后一格的 zxid：离 0x1ffffffff 还有多远？',
    ),
    hint(
      'write',
      'Write seven times: `create /a x`, `set /a 1`, …',
      '写七次：`create /a x`、`set /a 1` ……',
    ),
  ],
  solutions: [
    way(
      'Write after write',
      '一次接一次地写',
      times(7, (n) => `A: create /n${String(n)} x`),
      {
        answers: { 'after-all-ones': RIGHT },
        afterwards: 12_000_000,
      },
    ),
    way(
      'One znode over and over',
      '反复写同一个 znode',
      ['A: create /n 0', 'wait 200ms', ...times(7, (n) => `A: set /n ${String(n)}`)],
      { answers: { 'after-all-ones': RIGHT }, afterwards: 12_000_000 },
    ),
  ],
  nearMisses: [
    miss(
      'broken',
      'One write too few',
      '少写了一次',
      times(3, (n) => `A: create /n${String(n)} x`),
      {
        answers: { 'after-all-ones': 'nothing' },
      },
    ),
    miss(
      'broken',
      'Reads take no zxid',
      '读取不占用 zxid',
      times(9, () => 'A: get /'),
      {
        answers: { 'after-all-ones': 'nothing' },
      },
    ),
    miss(
      'calm',
      'By way of a crash',
      '借助一次崩溃',
      [
        'crash 3',
        'wait until 1, 2 serve',
        'when A is connected: A: create /n x',
        'wait 300ms',
        ...times(7, (n) => `A: set /n ${String(n)}`),
      ],
      { answers: { 'after-all-ones': 'nothing' } },
    ),
    miss(
      'after-all-ones-predicted',
      'A wrong prediction',
      '预测错误',
      times(7, (n) => `A: create /n${String(n)} x`),
      { answers: { 'after-all-ones': WRONG }, afterwards: 12_000_000 },
    ),
  ],
  par: 7,
});
