import {
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
import type { Fact } from '../../../engine/goal.ts';

const here = (name: string): Fact => ({
  fact: 'znode',
  path: `/meet/${name.toLowerCase()}`,
  kind: 'ephemeral',
  owner: name,
});
const ENTER = [
  'A: stat -w /meet/ready',
  'after 200ms A: create -e /meet/a',
  'B: stat -w /meet/ready',
  'after 200ms B: create -e /meet/b',
  'wait until znode /meet/b exists',
  'C: stat -w /meet/ready',
  'after 200ms C: create -e /meet/c',
  'wait until znode /meet/c exists',
];

export default lessonOf(
  [...threeWith('A', 'B', 'C'), 'A: create /meet', 'wait until znode /meet exists'],
  {
    goals: [
      goal(
        'enter',
        'a-order',
        reached({
          fact: 'all',
          of: [
            { fact: 'watch', client: 'A', path: '/meet/ready', kind: 'exist' },
            { fact: 'not', of: here('A') },
          ],
        }),
        'A watches /meet/ready before it registers',
        'A 在登记之前就 watch /meet/ready',
      ),
      goal(
        'enter',
        'all-in',
        reached({ fact: 'all', of: [here('A'), here('B'), here('C')] }),
        'A, B and C have registered under /meet, as ephemerals',
        'A、B、C 以 ephemeral 节点登记在 /meet 下',
      ),
      goal(
        'start',
        'ready',
        reached({ fact: 'znode', path: '/meet/ready', kind: 'persistent' }),
        'Whoever counts three creates /meet/ready',
        '数到三的那个创建 /meet/ready',
        { after: ['all-in'] },
      ),
      goal(
        'start',
        'a-told',
        happens({ happening: 'watch', client: 'A', path: '/meet/ready', type: 'NodeCreated' }),
        'A is told, and starts',
        'A 得到通知，开始工作',
        { after: ['a-order'] },
      ),
      goal(
        'start',
        'b-told',
        happens({ happening: 'watch', client: 'B', path: '/meet/ready', type: 'NodeCreated' }),
        'B, too',
        'B 也是',
        { after: ['a-order'] },
      ),
      goal(
        'leave',
        'all-out',
        stands({ fact: 'znode', path: '/meet', children: { max: 1 } }),
        'All have left: nothing but ready is under /meet',
        '全部离开：/meet 下除 ready 外什么也没有',
        { after: ['ready'] },
      ),
      goal(
        'leave',
        'not-early',
        {
          test: 'never',
          what: {
            fact: 'all',
            of: [
              { fact: 'znode', path: '/meet/ready' },
              {
                fact: 'not',
                of: {
                  fact: 'any',
                  of: [
                    here('A'),
                    here('B'),
                    here('C'),
                    { fact: 'znode', path: '/meet', children: { max: 1 } },
                  ],
                },
              },
            ],
          },
        },
        'ready was never there with strangers only',
        'ready 从未在没有参与者时单独与陌生人并存',
      ),
      safe('leave'),
    ],
    hints: [
      hint(
        'enter',
        '`stat -w /meet/ready` by A: it is not there yet, and the watch waits for it.',
        'A 执行 `stat -w /meet/ready`：它还不存在，而 watch 会等着它。',
      ),
      hint(
        'enter',
        'Then `create -e /meet/a`; the same with b and c by B and C.',
        '然后 `create -e /meet/a`；B 和 C 同样创建 b 和 c。',
      ),
      hint(
        'leave',
        'Each deletes its own znode, or closes its session.',
        '各自删除自己的节点，或关闭自己的 session。',
      ),
    ],
    solutions: [
      way('Each deletes its own', '各删各的', [
        ...ENTER,
        'C: create /meet/ready',
        'wait until znode /meet/ready exists',
        'after 500ms A: delete /meet/a',
        'B: delete /meet/b',
        'C: delete /meet/c',
        'wait until znode /meet/c gone',
      ]),
      way('One of them dies', '其中一个死去', [
        ...ENTER,
        'B: create /meet/ready',
        'wait until znode /meet/ready exists',
        'after 500ms A: delete /meet/a',
        'B: delete /meet/b',
        'kill C',
        'wait until znode /meet/c gone',
      ]),
    ],
    nearMisses: [
      miss('a-order', 'A registers first, and watches afterwards', 'A 先登记，后设 watch', [
        'A: create -e /meet/a',
        'wait until znode /meet/a exists',
        'after 200ms A: stat -w /meet/ready',
        'B: stat -w /meet/ready',
        'after 200ms B: create -e /meet/b',
        'C: create -e /meet/c',
        'wait until znode /meet/c exists',
        'C: create /meet/ready',
        'after 500ms A: delete /meet/a',
        'B: delete /meet/b',
        'C: delete /meet/c',
      ]),
      miss('all-in', 'Two are enough for them', '两个就开始了', [
        'A: stat -w /meet/ready',
        'after 200ms A: create -e /meet/a',
        'B: stat -w /meet/ready',
        'after 200ms B: create -e /meet/b',
        'wait until znode /meet/b exists',
        'B: create /meet/ready',
        'after 500ms A: delete /meet/a',
        'B: delete /meet/b',
      ]),
      miss('all-out', 'C stays', 'C 留下', [
        ...ENTER,
        'C: create /meet/ready',
        'wait until znode /meet/ready exists',
        'after 500ms A: delete /meet/a',
        'B: delete /meet/b',
      ]),
    ],
    par: 10,
  },
);
