import { both, goal, lessonOf, miss, not, safe, stands, way } from '../../../engine/build.ts';
import type { Fact } from '../../../engine/goal.ts';
import { stage } from '../../../scenarios/world.ts';
import { TROUBLE } from '../trouble.ts';

const SERVERS = [1, 2, 3, 4, 5];
const down = (sid: number): Fact => not({ fact: 'running', server: sid });
const TWO_DOWN: Fact = {
  fact: 'any',
  of: SERVERS.flatMap((a) => SERVERS.filter((b) => b > a).map((b) => both(down(a), down(b)))),
};
const END = ['restart 5', 'wait until 1, 2, 3, 4, 5 serve', 'wait 500ms'];
/** Without server 1 there is no majority then, and its record decides. */
const APART = ['partition 4 | 1, 2, 3, 5, A', 'cut 5 <-> 2', 'cut 5 <-> 3'];

export default lessonOf(
  [
    'wait until 1, 2, 3, 4, 5 serve',
    'new client A servers=5 timeout=10s',
    'wait until A is connected',
  ],
  {
    world: stage(5),
    goals: [
      goal(
        'boss',
        'never-two',
        { test: 'never', what: TWO_DOWN },
        'Never are two servers down or frozen at once',
        '从未有两台服务器同时停机或冻结',
      ),
      goal(
        'boss',
        'lowest',
        stands(both({ fact: 'allServe' }, { fact: 'noFaults' }, { fact: 'serves', by: 1 })),
        'At the end all five serve, and server 1 leads',
        '最后五台都提供服务，由服务器 1 领导',
      ),
      goal(
        'boss',
        'budget',
        { test: 'budget', atMost: 6, kinds: TROUBLE },
        'At most six faults and repairs',
        '最多六次故障与修复',
      ),
      safe('boss'),
    ],
    solutions: [
      way(
        'One more record than the others',
        '比别人多一条记录',
        [
          ...APART,
          'A: create /x',
          'wait 200ms',
          'crash 5',
          'wait until 1 is LEADING',
          'heal',
          ...END,
        ],
        { afterwards: 3_000_000 },
      ),
      way(
        'One way, and a power failure',
        '单向切断，再断电',
        [
          'partition 4 | 1, 2, 3, 5, A',
          'cut 5 -> 2',
          'cut 5 -> 3',
          'A: create /x',
          'wait 200ms',
          'crash 5 silent',
          'wait until 1 is LEADING',
          'heal',
          ...END,
        ],
        { afterwards: 3_000_000 },
      ),
    ],
    nearMisses: [
      miss('lowest', 'Only the leader falls', '只让 leader 倒下', [
        'crash 5',
        'wait until 1, 2, 3, 4 serve',
        ...END,
      ]),
      miss('never-two', 'Until no other is left', '直到没有别人', [
        'crash 5',
        'wait until 1, 2, 3, 4 serve',
        'crash 4',
        'wait until 1, 2, 3 serve',
        'restart 5',
        'restart 4',
        'wait until 1, 2, 3, 4, 5 serve',
      ]),
      miss('lowest', 'A majority without it is left', '还剩一个没有它的多数', [
        'cut 5 <-> 2',
        'cut 5 <-> 3',
        'cut 5 <-> 4',
        'A: create /x',
        'wait 200ms',
        'crash 5',
        'wait until 4 is LEADING',
        'heal',
        ...END,
      ]),
      miss('lowest', 'Healed too soon', '恢复得太早', [
        'cut 5 <-> 2',
        'cut 5 <-> 3',
        'cut 5 <-> 4',
        'A: create /x',
        'wait 200ms',
        'crash 5',
        'heal',
        'wait until 4 is LEADING',
        ...END,
      ]),
      miss('lowest', 'The record reaches a higher sid, too', '记录也到了更大的 sid', [
        'partition 4 | 1, 2, 3, 5, A',
        'cut 5 <-> 3',
        'A: create /x',
        'wait 200ms',
        'crash 5',
        'wait until 2 is LEADING',
        'heal',
        ...END,
      ]),
    ],
    par: 7,
  },
);
