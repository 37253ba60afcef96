import {
  both,
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
  stands,
  way,
} from '../../../engine/build.ts';
import type { Fact } from '../../../engine/goal.ts';
import { RIGHT, WRONG } from '../../../engine/lesson.ts';
import { stage } from '../../../scenarios/world.ts';

const SPLIT = ['partition 5, 4, A | 1, 2, 3, B'];
/** Nothing passes from the two to the three. */
const ACROSS = [4, 5].flatMap((from) => [1, 2, 3].map((to): Fact => ({ fact: 'cut', from, to })));
const REST = [
  'wait until 3 is LEADING',
  'wait until 1, 2, 3 serve',
  'when B is connected: B: create /right x',
  'wait until znode /right exists',
  'wait 500ms',
];

export default lessonOf(
  [
    'wait until 1, 2, 3, 4, 5 serve',
    'new client A servers=5,4',
    'new client B servers=1,2',
    'wait until A is connected',
    'wait until B is connected',
    'wait 300ms',
  ],
  {
    world: stage(5),
    questions: [
      question(
        'write',
        'left',
        [
          'The leader is on the side with two of five. Client A, on its side, writes /left. What comes of it?',
          'leader 在五台中的两台那一边。客户端 A 在它那边写 /left。结果如何？',
        ],
        {
          nothing: [
            'Nothing: it is never acknowledged',
            '什么也没有：永远不会确认',
            { otherwise: 10_000_000 },
          ],
          done: [
            'It is done: the leader has it',
            '完成：leader 有它',
            { happening: 'answer', client: 'A', op: 'create', path: '/left', err: 0 },
          ],
        },
        { after: ['split'] },
      ),
    ],
    goals: [
      goal(
        'split',
        'split',
        reached(both({ fact: 'role', server: 5, is: 'LEADING' }, ...ACROSS)),
        'Cut the leader and server 4 off from the three others',
        '把 leader 和服务器 4 与另外三台隔开',
      ),
      predicted('write', 'left'),
      goal(
        'write',
        'tried',
        happens({ happening: 'does', action: 'line', client: 'A', line: '/left' }),
        'A tries to write /left',
        'A 尝试写入 /left',
        { after: ['split'] },
      ),
      goal(
        'two',
        'two-leaders',
        reached({ fact: 'serves', by: 3 }),
        'The majority elects server 3, and serves',
        '多数一方选出服务器 3 并提供服务',
        { after: ['split'] },
      ),
      goal(
        'two',
        'right',
        reached(both({ fact: 'serves', by: 3 }, { fact: 'znode', path: '/right' })),
        'B writes /right there',
        'B 在那里写入 /right',
        { after: ['split'] },
      ),
      goal(
        'heal',
        'one-history',
        stands(
          both(
            { fact: 'allServe' },
            { fact: 'znode', path: '/right', at: 'every' },
            not({ fact: 'znode', path: '/left', at: 'some' }),
          ),
        ),
        'Healed, all five have /right, and /left is nowhere',
        '恢复后，五台都有 /right，而 /left 哪里也没有',
        { after: ['right'] },
      ),
      safe('heal'),
    ],
    hints: [
      hint(
        'split',
        'The group tool: 5, 4 and client A; then make the partition (G).',
        '分组工具：5、4 和客户端 A；然后制造分区（G）。',
      ),
      hint('write', '`create /left x` in the console of A.', '在 A 的控制台里：`create /left x`。'),
      hint('heal', 'H heals all links.', 'H 恢复所有链路。'),
    ],
    solutions: [
      way(
        'Both sides write',
        '两边都写',
        [
          ...SPLIT,
          'wait 200ms',
          'A: create /left x',
          ...REST,
          'kill A',
          'heal',
          'wait until 1, 2, 3, 4, 5 serve',
          'wait 500ms',
        ],
        { answers: { left: RIGHT }, afterwards: 6_000_000 },
      ),
      way(
        'A stays',
        'A 留下',
        [
          ...SPLIT,
          'A: create /left x',
          ...REST,
          'heal',
          'wait until 1, 2, 3, 4, 5 serve',
          'wait 500ms',
        ],
        { answers: { left: 'nothing' }, afterwards: 6_000_000 },
      ),
    ],
    nearMisses: [
      miss(
        'left-predicted',
        'A wrong prediction',
        '预测错误',
        [...SPLIT, 'A: create /left x', ...REST, 'heal', 'wait until 1, 2, 3, 4, 5 serve'],
        { answers: { left: WRONG }, afterwards: 6_000_000 },
      ),
      miss(
        'two-leaders',
        'The leader is with the majority',
        'leader 在多数一边',
        ['partition 1, 2 | 3, 4, 5', 'A: create /left x', 'wait 2s', 'heal', 'wait 3s'],
        { answers: { left: 'nothing' } },
      ),
      miss('one-history', 'Never healed', '没有恢复', [...SPLIT, 'A: create /left x', ...REST], {
        answers: { left: 'nothing' },
      }),
    ],
    par: 4,
  },
);
