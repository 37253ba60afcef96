import {
  goal,
  happens,
  hint,
  lessonOf,
  miss,
  not,
  reached,
  safe,
  stands,
  threeWith,
  way,
} from '../../../engine/build.ts';
import type { Fact } from '../../../engine/goal.ts';

const vote = (name: string, text: string): Fact => ({ fact: 'znode', path: `/tx/${name}`, text });
const VOTES = [
  'C: ls -w /tx',
  'after 200ms A: create /tx/a yes',
  'wait until znode /tx/a exists',
  'after 200ms C: ls -w /tx',
  'after 200ms B: create /tx/b yes',
  'wait until znode /tx/b exists',
];

export default lessonOf(
  [
    ...threeWith('C', 'A', 'B'),
    'C: create /tx asked',
    'wait until znode /tx exists',
    'wait 200ms',
    'A: get -w /tx',
    'B: get -w /tx',
    'after 300ms C: stat /tx',
  ],
  {
    goals: [
      goal(
        'vote',
        'c-watches',
        reached({ fact: 'watch', client: 'C', path: '/tx', kind: 'child' }),
        'The coordinator C watches for votes',
        '协调者 C 等待投票',
      ),
      goal(
        'vote',
        'voted',
        reached({ fact: 'all', of: [vote('a', 'yes'), vote('b', 'yes')] }),
        'A and B have voted yes, each in a znode of its own',
        'A 和 B 各自在自己的节点里投了 yes',
      ),
      goal(
        'decide',
        'decided',
        reached({
          fact: 'all',
          of: [vote('a', 'yes'), vote('b', 'yes'), { fact: 'znode', path: '/tx', text: 'commit' }],
        }),
        'C decides: /tx says commit, after both votes',
        'C 决定：两票之后 /tx 写上 commit',
        { after: ['voted'] },
      ),
      goal(
        'decide',
        'both-told',
        happens({ happening: 'watch', path: '/tx', type: 'NodeDataChanged' }, 2),
        'A and B are told',
        'A 和 B 得到通知',
      ),
      goal(
        'decide',
        'never-early',
        {
          test: 'never',
          what: {
            fact: 'all',
            of: [
              { fact: 'znode', path: '/tx', text: 'commit' },
              not({ fact: 'all', of: [vote('a', 'yes'), vote('b', 'yes')] }),
            ],
          },
        },
        'commit was never there before both votes',
        '两票到齐之前，从没有出现过 commit',
      ),
      goal(
        'crash',
        'c-dead',
        happens({ happening: 'does', action: 'killClient', client: 'C' }),
        'The coordinator dies after its decision',
        '协调者在决定之后死去',
        { after: ['decided'] },
      ),
      goal(
        'crash',
        'b-reads',
        happens({ happening: 'answer', client: 'B', op: 'getData', path: '/tx', err: 0 }),
        'B reads the decision, though nobody is left to tell it',
        'B 读到决定，尽管已没有人能告诉它',
        { after: ['c-dead'] },
      ),
      goal(
        'crash',
        'stays',
        stands({ fact: 'znode', path: '/tx', text: 'commit' }),
        'The decision stays',
        '决定依然在',
        { after: ['decided'] },
      ),
      safe('crash'),
    ],
    hints: [
      hint(
        'vote',
        '`ls -w /tx` by C; `create /tx/a yes` by A.',
        'C 执行 `ls -w /tx`；A 执行 `create /tx/a yes`。',
      ),
      hint(
        'decide',
        '`set /tx commit` by C, when both are there.',
        '两票都在之后，C 执行 `set /tx commit`。',
      ),
      hint('crash', 'Kill C, then `get /tx` by B.', '杀死 C，然后 B 执行 `get /tx`。'),
    ],
    solutions: [
      way('Votes, decision, death', '投票、决定、死亡', [
        ...VOTES,
        'C: set /tx commit',
        'after 500ms kill C',
        'after 300ms B: get /tx',
      ]),
      way('The session has expired, too', '连 session 也过期了', [
        ...VOTES,
        'after 200ms C: ls /tx',
        'C: set /tx commit',
        'after 500ms kill C',
        'wait until any session expires',
        'B: get /tx',
      ]),
    ],
    nearMisses: [
      miss('never-early', 'Committed with one vote', '只有一票就提交', [
        'C: ls -w /tx',
        'after 200ms A: create /tx/a yes',
        'wait until znode /tx/a exists',
        'C: set /tx commit',
        'after 300ms B: create /tx/b yes',
        'after 500ms kill C',
        'B: get /tx',
      ]),
      miss('voted', 'B votes no', 'B 投 no', [
        'C: ls -w /tx',
        'after 200ms A: create /tx/a yes',
        'B: create /tx/b no',
        'after 500ms C: set /tx abort',
        'after 300ms kill C',
        'B: get /tx',
      ]),
      miss('c-dead', 'The coordinator lives', '协调者活着', [
        ...VOTES,
        'C: set /tx commit',
        'after 500ms B: get /tx',
      ]),
    ],
    par: 6,
  },
);
