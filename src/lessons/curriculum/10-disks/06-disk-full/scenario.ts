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
  threeWith,
  way,
} from '../../../engine/build.ts';
import { RIGHT, WRONG } from '../../../engine/lesson.ts';

const ANSWERED = { happening: 'answer', client: 'B', op: 'create', path: '/a', err: 0 } as const;

export default lessonOf([...threeWith('A', 'B'), 'kill A', 'wait 500ms'], {
  questions: [
    question(
      'full',
      'write',
      [
        'The disk of server 1 is full. Client B writes /a at server 2: what comes of it?',
        '服务器 1 的磁盘满了。客户端 B 在服务器 2 上写 /a：结果如何？',
      ],
      {
        fine: ['It is committed: two of three have it', '它被提交：三台中有两台有它', ANSWERED],
        fails: [
          'It fails: a server cannot log it',
          '失败：有一台无法写日志',
          { otherwise: 6_000_000 },
        ],
      },
      { after: ['is-full'] },
    ),
  ],
  goals: [
    goal(
      'full',
      'is-full',
      happens({ happening: 'does', action: 'disk', server: 1 }),
      'Fill the disk of server 1',
      '让服务器 1 的磁盘写满',
    ),
    predicted('full', 'write'),
    goal(
      'full',
      'answered',
      happens(ANSWERED),
      'B writes /a, and is answered',
      'B 写入 /a，并得到答复',
      { after: ['is-full'] },
    ),
    goal(
      'full',
      'ends',
      reached(not({ fact: 'running', server: 1 })),
      'Server 1 ends itself rather than lie',
      '服务器 1 宁可退出也不撒谎',
      { after: ['is-full'] },
    ),
    goal(
      'mend',
      'back',
      stands(
        both({ fact: 'allServe' }, { fact: 'noFaults' }, { fact: 'znode', path: '/a', at: 1 }),
      ),
      'With space again it is back, and has /a',
      '有了空间之后它回来了，并有了 /a',
      { after: ['ends'] },
    ),
    safe('mend'),
  ],
  hints: [
    hint(
      'full',
      'The disk menu of server 1: full. Then `create /a 1` in the console of B.',
      '服务器 1 的磁盘菜单：“满”。然后在 B 的控制台 `create /a 1`。',
    ),
    hint(
      'mend',
      'Free space first (healthy disk), then start the process.',
      '先腾出空间（健康的磁盘），再启动进程。',
    ),
  ],
  solutions: [
    way(
      'Full, written, mended',
      '写满、写入、修复',
      [
        'disk 1 full',
        'B: create /a 1',
        'wait until znode /a exists',
        'after 2s disk 1 healthy',
        'restart 1',
        'wait until 1, 2, 3 serve',
        'wait 500ms',
      ],
      { answers: { write: RIGHT } },
    ),
    way(
      'Two writes',
      '两次写入',
      [
        'disk 1 full',
        'B: create /a 1',
        'wait until znode /a exists',
        'B: create /c 2',
        'after 2s disk 1 healthy',
        'after 1s restart 1',
        'wait until 1, 2, 3 serve',
        'wait 500ms',
      ],
      { answers: { write: 'fine' } },
    ),
  ],
  nearMisses: [
    miss(
      'back',
      'Started without space',
      '没有空间就启动',
      [
        'disk 1 full',
        'B: create /a 1',
        'wait until znode /a exists',
        'after 2s restart 1',
        'wait 5s',
      ],
      { answers: { write: RIGHT } },
    ),
    miss(
      'write-predicted',
      'A wrong prediction',
      '预测错误',
      [
        'disk 1 full',
        'B: create /a 1',
        'wait until znode /a exists',
        'after 2s disk 1 healthy',
        'restart 1',
        'wait until 1, 2, 3 serve',
      ],
      { answers: { write: WRONG } },
    ),
    miss(
      'answered',
      'Nothing is written',
      '什么也没写',
      ['disk 1 full', 'after 2s disk 1 healthy'],
      { answers: { write: 'fine' } },
    ),
  ],
  par: 4,
});
