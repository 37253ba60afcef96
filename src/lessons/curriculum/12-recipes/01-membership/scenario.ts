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

const OF_B: Fact = { fact: 'znode', path: '/group/b' };
const OF_C: Fact = { fact: 'znode', path: '/group/c' };

export default lessonOf(
  [
    ...threeWith('A', 'B', 'C'),
    'A: create /group',
    'wait until znode /group exists',
    'B: create /group/b host-b',
    'wait until znode /group/b exists',
  ],
  {
    goals: [
      goal(
        'naive',
        'b-dead',
        happens({ happening: 'does', action: 'killClient', client: 'B' }),
        'Client B dies without a word',
        '客户端 B 不声不响地死去',
      ),
      goal(
        'naive',
        'b-stays',
        reached(OF_B, 4_000_000),
        '/group/b is still there 4 s later',
        '4 秒后 /group/b 还在',
        { after: ['b-dead'] },
      ),
      goal(
        'right',
        'c-joins',
        reached({ ...OF_C, kind: 'ephemeral', owner: 'C' }),
        'Client C joins as /group/c, an ephemeral znode of its own session',
        '客户端 C 以自己 session 的 ephemeral 节点 /group/c 加入',
      ),
      goal(
        'right',
        'c-dead',
        happens({ happening: 'does', action: 'killClient', client: 'C' }),
        'Client C dies, too',
        '客户端 C 也死去',
        { after: ['c-joins'] },
      ),
      goal(
        'right',
        'c-gone',
        stands(not(OF_C)),
        '/group/c is gone by itself',
        '/group/c 自己消失',
        { after: ['c-dead'] },
      ),
      goal(
        'right',
        'not-by-hand',
        { test: 'never', what: { happening: 'answer', op: 'delete' } },
        'Nobody has deleted anything',
        '没有人删除过任何东西',
      ),
      safe('right'),
    ],
    hints: [
      hint(
        'naive',
        'Select client B in the ring, and kill it in the inspector: “close” would be a word.',
        '在环图中选中客户端 B，在检查器中杀死它：“close” 就算打过招呼了。',
      ),
      hint(
        'right',
        'create has a flag for znodes that live as long as their session.',
        'create 有一个选项，让 znode 与 session 同生共死。',
      ),
      hint(
        'right',
        '`create -e /group/c host-c`, in the console of C.',
        '在 C 的控制台里：`create -e /group/c host-c`。',
      ),
    ],
    solutions: [
      way('One after the other', '一个接一个', [
        'kill B',
        'C: create -e /group/c host-c',
        'wait until znode /group/c exists',
        'after 5s kill C',
        'wait until znode /group/c gone',
      ]),
      way(
        'C joins first',
        'C 先加入',
        [
          'C: create -e /group/c x',
          'wait until znode /group/c exists',
          'kill C',
          'kill B',
          'wait until znode /group/c gone',
        ],
        { afterwards: 8_000_000 },
      ),
    ],
    nearMisses: [
      miss('c-joins', 'C joins as B did', 'C 像 B 那样加入', [
        'kill B',
        'C: create /group/c host-c',
        'after 5s kill C',
      ]),
      miss('not-by-hand', 'Somebody cleans up', '有人来清理', [
        'kill B',
        'C: create -e /group/c x',
        'wait until znode /group/c exists',
        'after 5s A: delete /group/b',
        'kill C',
        'wait until znode /group/c gone',
      ]),
      miss('b-dead', 'B says good-bye', 'B 道别', [
        'B: close',
        'C: create -e /group/c x',
        'wait until znode /group/c exists',
        'after 5s kill C',
        'wait until znode /group/c gone',
      ]),
    ],
    par: 3,
  },
);
