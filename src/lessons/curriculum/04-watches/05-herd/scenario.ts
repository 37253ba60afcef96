import {
  goal,
  happens,
  hint,
  lessonOf,
  miss,
  not,
  reached,
  safe,
  way,
} from '../../../engine/build.ts';

const NAMES = ['B', 'C', 'D', 'E', 'F'];

export default lessonOf(
  [
    'wait until 1, 2, 3 serve',
    'new client A servers=1',
    'wait until A is connected',
    'A: create -e /leader A',
    'wait until znode /leader exists',
    ...NAMES.map((name, i) => `new client ${name} servers=${String((i % 3) + 1)}`),
    ...NAMES.map((name) => `wait until ${name} is connected`),
    'wait 300ms',
    ...NAMES.map((name) => `${name}: stat -w /leader`),
    'wait 300ms',
  ],
  {
    goals: [
      goal(
        'herd',
        'gone',
        reached(not({ fact: 'znode', path: '/leader' })),
        '/leader goes',
        '/leader 消失',
      ),
      goal(
        'herd',
        'five',
        happens({ happening: 'watch', path: '/leader', type: 'NodeDeleted' }, 5),
        'Five clients are woken by it',
        '五个客户端因此被唤醒',
      ),
      goal(
        'race',
        'won',
        reached({ fact: 'znode', path: '/leader', kind: 'ephemeral' }),
        'One of them creates it anew',
        '其中一个重新创建了它',
        { after: ['gone'] },
      ),
      goal(
        'race',
        'lost',
        happens({ happening: 'answer', path: '/leader', err: -110 }),
        'Another comes too late: NodeExists',
        '另一个来晚了：NodeExists',
        { after: ['gone'] },
      ),
      goal(
        'count',
        'few',
        reached({ fact: 'watches', count: { max: 1 } }),
        'At most one watch is left: nobody waits for all',
        '最多剩一个 watch：没有人等待所有人',
        { after: ['five'] },
      ),
      safe('count'),
    ],
    hints: [
      hint(
        'herd',
        '`delete /leader` by A, or its end.',
        'A 执行 `delete /leader`，或者让 A 结束。',
      ),
      hint(
        'race',
        '`create -e /leader B` by B, then `create -e /leader C` by C.',
        'B 执行 `create -e /leader B`，然后 C 执行 `create -e /leader C`。',
      ),
    ],
    solutions: [
      way('A gives up', 'A 放弃', [
        'A: delete /leader',
        'wait 500ms',
        'B: create -e /leader B',
        'wait 300ms',
        'C: create -e /leader C',
        'wait 300ms',
      ]),
      way('D is faster', 'D 更快', [
        'A: delete /leader',
        'wait 500ms',
        'D: create -e /leader D',
        'wait 300ms',
        'B: create -e /leader B',
        'wait 300ms',
      ]),
    ],
    nearMisses: [
      miss('five', 'Only changed', '只是修改', [
        'A: set /leader x',
        'wait 500ms',
        'B: create -e /leader B',
        'wait 300ms',
      ]),
      miss('lost', 'Only one tries', '只有一个尝试', [
        'A: delete /leader',
        'wait 500ms',
        'B: create -e /leader B',
        'wait 300ms',
      ]),
      miss('won', 'A persistent znode', '持久节点', [
        'A: delete /leader',
        'wait 500ms',
        'B: create /leader B',
        'wait 300ms',
        'C: create -e /leader C',
        'wait 300ms',
      ]),
    ],
    par: 3,
  },
);
