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
import { stage } from '../../../scenarios/world.ts';

const leads = (sid: number): Fact => ({ fact: 'serves', by: sid });
const GONE: Fact = not({ fact: 'running', server: 5 });
/** Nothing passes between the two pairs, and all four look for a leader. */
const SPLIT = both(
  GONE,
  ...[1, 2].flatMap((one) =>
    [3, 4].flatMap((other): readonly Fact[] => [
      { fact: 'cut', from: one, to: other },
      { fact: 'cut', from: other, to: one },
    ]),
  ),
  ...[1, 2, 3, 4].map((server): Fact => ({ fact: 'role', server, is: 'LOOKING' })),
);

const PAIRS = [
  'partition 1, 2, A | 3, 4, 5',
  'crash 5',
  ...[1, 2, 3, 4].map((sid) => `wait until ${String(sid)} is LOOKING`),
  'wait 3s',
];
const HEAL = ['heal', 'wait until 1, 2, 3, 4 serve', 'wait 300ms'];
const RIGHTLY = { answers: { pairs: RIGHT, end: RIGHT } };

export default lessonOf(
  [
    'wait until 1, 2, 3, 4, 5 serve',
    'new client A servers=1 timeout=10s',
    'wait until A is connected',
    'wait 300ms',
  ],
  {
    world: stage(5),
    questions: [
      question(
        'split',
        'pairs',
        [
          'Two servers agree on server 2, two on server 4, and the fifth is gone. Who leads after 1.5 s?',
          '两台一致投服务器 2，两台一致投服务器 4，第五台不在了。1.5 秒之后谁是 leader？',
        ],
        {
          nobody: ['Nobody', '没有', { otherwise: 1_500_000 }],
          two: ['Server 2', '服务器 2', leads(2)],
          four: ['Server 4', '服务器 4', leads(4)],
        },
        { after: ['pairs'] },
      ),
      question(
        'end',
        'end',
        [
          'The links heal, and the two pairs hear of each other. How does it end?',
          '链路恢复，两对服务器听到了彼此。结果如何？',
        ],
        {
          four: ['All four vote for server 4', '四台都投服务器 4', leads(4)],
          two: ['All four vote for server 2', '四台都投服务器 2', leads(2)],
          tie: ['Not at all: it is two against two', '没有结果：二比二', { otherwise: 20_000_000 }],
        },
        { after: ['split'] },
      ),
    ],
    goals: [
      goal(
        'split',
        'pairs',
        reached(SPLIT),
        '5 is gone, 1 and 2 are cut off from 3 and 4, and all four are LOOKING',
        '5 不在了，1、2 与 3、4 相互隔开，四台都处于 LOOKING',
      ),
      predicted('split', 'pairs'),
      goal(
        'split',
        'split',
        reached(SPLIT, 2_000_000),
        'It stays like that for two seconds',
        '这样持续两秒',
        { after: ['pairs'] },
      ),
      predicted('end', 'end'),
      goal(
        'end',
        'ends',
        reached(
          both(
            GONE,
            leads(4),
            { fact: 'allServe', servers: [1, 2, 3, 4] },
            {
              fact: 'epoch',
              is: { min: 2, max: 2 },
            },
          ),
        ),
        'All four serve under server 4, in epoch 2, without server 5',
        '没有服务器 5，四台在服务器 4 之下、在 epoch 2 里提供服务',
        { after: ['split'] },
      ),
      safe('end'),
    ],
    hints: [
      hint(
        'split',
        'First the partition: press G, click 1 and 2, and press G again. Then crash server 5.',
        '先分区：按 G，点击 1 和 2，再按 G。然后让服务器 5 崩溃。',
      ),
      hint('end', 'H heals all links. Leave server 5 down.', 'H 恢复所有链路。让服务器 5 停着。'),
    ],
    solutions: [
      way('Partition, crash, heal', '分区、崩溃、恢复', [...PAIRS, ...HEAL], RIGHTLY),
      way(
        'Crash first, and cut link by link while nobody has decided',
        '先崩溃，趁谁也没决定时逐条切断链路',
        [
          'crash 5',
          'cut 1 <-> 3',
          'cut 1 <-> 4',
          'cut 2 <-> 3',
          'cut 2 <-> 4',
          ...[1, 2, 3, 4].map((sid) => `wait until ${String(sid)} is LOOKING`),
          'wait 4s',
          'heal 1 <-> 3',
          'heal 2 <-> 4',
          'heal 2 <-> 3',
          'heal 1 <-> 4',
          'wait until 1, 2, 3, 4 serve',
          'wait 300ms',
        ],
        { answers: { pairs: 'nobody', end: 'four' } },
      ),
    ],
    nearMisses: [
      miss('pairs-predicted', 'A wrong prediction', '预测错误', [...PAIRS, ...HEAL], {
        answers: { pairs: WRONG, end: RIGHT },
      }),
      miss(
        'pairs',
        'One against three: the three are a quorum',
        '一台对三台：三台就是 quorum',
        ['partition 1, A | 2, 3, 4, 5', 'crash 5', 'wait until 2, 3, 4 serve', 'wait 3s', ...HEAL],
        RIGHTLY,
      ),
      miss(
        'split',
        'Healed at once',
        '马上恢复',
        [...PAIRS.slice(0, -1), 'wait 300ms', ...HEAL],
        RIGHTLY,
      ),
      miss(
        'ends',
        'Server 5 returns to one of the pairs instead',
        '没有恢复链路，而是服务器 5 回到其中一对',
        [...PAIRS, 'restart 5', 'wait until 3, 4, 5 serve', 'wait 500ms', 'heal', 'wait 2s'],
        RIGHTLY,
      ),
      miss('ends', 'Never healed', '没有恢复', PAIRS, RIGHTLY),
    ],
    par: 3,
  },
);
