import {
  both,
  goal,
  lessonOf,
  miss,
  not,
  reached,
  safe,
  stands,
  way,
} from '../../../engine/build.ts';
import type { Fact } from '../../../engine/goal.ts';
import { stage } from '../../../scenarios/world.ts';
import { TROUBLE } from '../trouble.ts';

const down = (sid: number): Fact => not({ fact: 'running', server: sid });
const early = (path: string, epoch: number): Fact =>
  both({ fact: 'znode', path }, { fact: 'epoch', is: { max: epoch } });
const pairs = [1, 2, 3, 4, 5].flatMap((a) =>
  [1, 2, 3, 4, 5].filter((b) => b > a).map((b) => both(down(a), down(b))),
);
const turn = (leader: number, rest: string, write: string): readonly string[] => [
  `crash ${String(leader)}`,
  `wait until ${rest} serve`,
  'wait 1s',
  `when A is connected: A: create ${write} x`,
  `wait until znode ${write} exists`,
  'wait 300ms',
];

export default lessonOf(
  [
    'wait until 1, 2, 3, 4, 5 serve',
    'new client A servers=1,2,3',
    'wait until A is connected',
    'wait 300ms',
  ],
  {
    world: stage(5),
    goals: [
      goal(
        'boss',
        'one',
        reached(both({ fact: 'epoch', is: { min: 1, max: 1 } }, { fact: 'znode', path: '/one' })),
        '/one is written in epoch 1',
        '在 epoch 1 写入 /one',
      ),
      goal(
        'boss',
        'two',
        reached(both({ fact: 'epoch', is: { min: 2, max: 2 } }, { fact: 'znode', path: '/two' })),
        '/two is written in epoch 2',
        '在 epoch 2 写入 /two',
        { after: ['one'] },
      ),
      goal(
        'boss',
        'three',
        reached(both({ fact: 'epoch', is: { min: 3, max: 3 } }, { fact: 'znode', path: '/three' })),
        '/three is written in epoch 3',
        '在 epoch 3 写入 /three',
        { after: ['two'] },
      ),
      goal(
        'boss',
        'not-early',
        { test: 'never', what: { fact: 'any', of: [early('/two', 1), early('/three', 2)] } },
        'None of them is written in an earlier epoch',
        '没有一个写在更早的 epoch 里',
      ),
      goal(
        'boss',
        'never-two',
        { test: 'never', what: { fact: 'any', of: pairs } },
        'Never were two servers down at once',
        '从未有两台服务器同时停机',
      ),
      goal(
        'boss',
        'end',
        stands(
          both(
            { fact: 'allServe' },
            { fact: 'noFaults' },
            ...['/one', '/two', '/three'].map((path): Fact => ({
              fact: 'znode',
              path,
              at: 'every',
            })),
          ),
        ),
        'At the end all five serve, with all of it',
        '最后五台都提供服务，拥有全部内容',
        { after: ['three'] },
      ),
      goal(
        'boss',
        'budget',
        {
          test: 'budget',
          atMost: 4,
          kinds: TROUBLE,
        },
        'At most four faults and repairs',
        '最多四次故障与修复',
      ),
      safe('boss'),
    ],
    solutions: [
      way(
        'Leader after leader',
        '一个接一个的 leader',
        [
          'A: create /one x',
          'wait 500ms',
          ...turn(5, '1, 2, 3, 4', '/two'),
          'restart 5',
          'wait until 1, 2, 3, 4, 5 serve',
          'wait 300ms',
          ...turn(4, '1, 2, 3, 5', '/three'),
          'restart 4',
          'wait until 1, 2, 3, 4, 5 serve',
          'wait 500ms',
        ],
        { afterwards: 3_000_000 },
      ),
      way(
        'By power failures',
        '断电',
        [
          'A: create /one x',
          'wait 500ms',
          ...turn(5, '1, 2, 3, 4', '/two').map((line) => line.replace('crash 5', 'crash 5 silent')),
          'restart 5',
          'wait until 1, 2, 3, 4, 5 serve',
          'wait 300ms',
          ...turn(4, '1, 2, 3, 5', '/three'),
          'restart 4',
          'wait until 1, 2, 3, 4, 5 serve',
          'wait 500ms',
        ],
        { afterwards: 3_000_000 },
      ),
    ],
    nearMisses: [
      miss('never-two', 'Impatient', '没有耐心', [
        'A: create /one x',
        'wait 500ms',
        ...turn(5, '1, 2, 3, 4', '/two'),
        'crash 4',
        'wait until 1, 2, 3 serve',
        'when A is connected: A: create /three x',
        'wait 500ms',
        'restart 4',
        'restart 5',
        'wait until 1, 2, 3, 4, 5 serve',
        'wait 500ms',
      ]),
      miss('three', 'A follower is crashed', '崩溃的是 follower', [
        'A: create /one x',
        'wait 500ms',
        ...turn(5, '1, 2, 3, 4', '/two'),
        'restart 5',
        'wait until 1, 2, 3, 4, 5 serve',
        'crash 1',
        'wait 1s',
        'when A is connected: A: create /three x',
        'wait 500ms',
        'restart 1',
        'wait until 1, 2, 3, 4, 5 serve',
      ]),
      miss('not-early', 'All at once', '一次写完', [
        'A: create /one x',
        'A: create /two x',
        'A: create /three x',
        'wait 500ms',
        ...turn(5, '1, 2, 3, 4', '/x'),
        'restart 5',
        'wait until 1, 2, 3, 4, 5 serve',
        'wait 300ms',
        ...turn(4, '1, 2, 3, 5', '/y'),
        'restart 4',
        'wait until 1, 2, 3, 4, 5 serve',
      ]),
      miss('end', 'One is left behind', '落下一台', [
        'A: create /one x',
        'wait 500ms',
        ...turn(5, '1, 2, 3, 4', '/two'),
        'restart 5',
        'wait until 1, 2, 3, 4, 5 serve',
        'wait 300ms',
        ...turn(4, '1, 2, 3, 5', '/three'),
      ]),
    ],
    par: 7,
  },
);
