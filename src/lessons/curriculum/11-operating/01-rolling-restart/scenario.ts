import {
  both,
  goal,
  happens,
  hint,
  lessonOf,
  miss,
  reached,
  safe,
  stands,
  threeWith,
  way,
} from '../../../engine/build.ts';

const crash = (sid: number) => ({ happening: 'does', action: 'crash', server: sid }) as const;
const restart = (sid: number): readonly string[] => [
  `crash ${String(sid)}`,
  `after 500ms restart ${String(sid)}`,
  'wait until 1, 2, 3 serve',
  'wait 300ms',
];

export default lessonOf([...threeWith('A'), 'A: create /app one', 'wait until znode /app exists'], {
  goals: [
    goal('followers', 'first', happens(crash(1)), 'Server 1 is restarted', '服务器 1 重启'),
    goal('followers', 'second', happens(crash(2)), 'Server 2 is restarted', '服务器 2 重启'),
    goal(
      'leader',
      'third',
      happens(crash(3)),
      'Server 3, the leader, is restarted',
      'leader 服务器 3 重启',
    ),
    goal(
      'leader',
      'whole',
      stands(both({ fact: 'allServe' }, { fact: 'agree' }, { fact: 'noFaults' })),
      'All three serve, with one tree',
      '三台都提供服务，树相同',
      { after: ['first', 'second', 'third'] },
    ),
    goal(
      'leader',
      'one-epoch',
      { test: 'never', what: { fact: 'epoch', is: { min: 3 } } },
      'There was just one new epoch',
      '只产生了一个新的 epoch',
    ),
    goal(
      'leader',
      'never-two',
      {
        test: 'never',
        what: {
          fact: 'any',
          of: [
            [1, 2],
            [1, 3],
            [2, 3],
          ].map(([a = 0, b = 0]) =>
            both(
              { fact: 'not', of: { fact: 'running', server: a } },
              { fact: 'not', of: { fact: 'running', server: b } },
            ),
          ),
        },
      },
      'Never were two of them away at once',
      '从未有两台同时不在',
    ),
    goal(
      'leader',
      'there',
      reached({ fact: 'znode', path: '/app', at: 'every' }),
      'The data is on every server',
      '数据在每台服务器上',
      { after: ['third'] },
    ),
    safe('leader'),
  ],
  hints: [
    hint(
      'followers',
      'C crashes the selected server, R starts it. Wait until it serves again.',
      'C 让选中的服务器崩溃，R 启动它。等它重新提供服务。',
    ),
    hint(
      'leader',
      'The leader last: otherwise you will have to restart the next leader, too.',
      'leader 放在最后：否则下一个 leader 也得重启。',
    ),
  ],
  solutions: [
    way('1, 2, 3', '1、2、3', [...restart(1), ...restart(2), ...restart(3)], {
      afterwards: 3_000_000,
    }),
    way('2, 1, 3', '2、1、3', [...restart(2), ...restart(1), ...restart(3)], {
      afterwards: 3_000_000,
    }),
  ],
  nearMisses: [
    miss(
      'one-epoch',
      'The leader first',
      'leader 最先',
      [...restart(3), ...restart(2), ...restart(1)],
      { afterwards: 3_000_000 },
    ),
    miss(
      'never-two',
      'Impatient',
      '没有耐心',
      [
        'crash 1',
        'crash 2',
        'after 500ms restart 1',
        'restart 2',
        'wait until 1, 2, 3 serve',
        'wait 300ms',
        ...restart(3),
      ],
      { afterwards: 3_000_000 },
    ),
    miss('third', 'The leader is forgotten', '忘了 leader', [...restart(1), ...restart(2)]),
  ],
  par: 6,
});
