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
import type { Fact } from '../../../engine/goal.ts';
import { RIGHT, WRONG } from '../../../engine/lesson.ts';

const IN_CACHE: Fact = both(
  { fact: 'logged', server: 1, path: '/late' },
  not({ fact: 'logged', server: 1, path: '/late', synced: true }),
);
const UP: Fact = { fact: 'role', server: 1, is: 'LOOKING' };

export default lessonOf([...threeWith('A', 'B'), 'kill A', 'disk 1 slow 200x', 'wait 300ms'], {
  questions: [
    question(
      'power',
      'left',
      [
        'The power of server 1 fails while /late is only in its page cache. What does its disk hold of it when it starts again?',
        '/late 还只在页缓存里时，服务器 1 断电。再启动时，它的磁盘上有什么？',
      ],
      {
        nothing: [
          'Nothing: the page cache is memory',
          '什么也没有：页缓存是内存',
          both(UP, not({ fact: 'logged', server: 1, path: '/late' })),
        ],
        record: [
          'The record: it had been written',
          '那条记录：它已经写过了',
          both(UP, { fact: 'logged', server: 1, path: '/late' }),
        ],
      },
      { after: ['failed'] },
    ),
  ],
  goals: [
    goal(
      'cache',
      'cached',
      reached(IN_CACHE),
      '/late is in the page cache of server 1, and not on its disk',
      '/late 在服务器 1 的页缓存里，而不在磁盘上',
    ),
    goal(
      'cache',
      'committed',
      reached({ fact: 'znode', path: '/late', at: 'leader' }),
      'The leader has committed it all the same',
      'leader 照样提交了它',
    ),
    goal(
      'power',
      'failed',
      happens({ happening: 'does', action: 'crash', server: 1 }),
      'The power of server 1 fails before its fsync is done',
      '服务器 1 在 fsync 完成之前断电',
      { after: ['cached'] },
    ),
    predicted('power', 'left'),
    goal(
      'power',
      'lost',
      reached(not({ fact: 'logged', server: 1, path: '/late' })),
      'Its log does not hold /late any more',
      '它的日志里不再有 /late',
      { after: ['failed'] },
    ),
    goal(
      'back',
      'back',
      stands(both({ fact: 'allServe' }, { fact: 'znode', path: '/late', at: 1 })),
      'Server 1 is back, and has /late from the leader',
      '服务器 1 回来了，并从 leader 得到 /late',
      { after: ['lost'] },
    ),
    safe('back'),
  ],
  hints: [
    hint(
      'cache',
      'Client B is at server 2: `create /late x`. Watch the dashed cell in the row of server 1.',
      '客户端 B 在服务器 2 上：`create /late x`。看服务器 1 那一行的虚线格子。',
    ),
    hint(
      'power',
      'The disk of server 1 is 200 times slower: there are about two seconds.',
      '服务器 1 的磁盘慢 200 倍：大约有两秒。',
    ),
    hint(
      'power',
      'With ⇧C chance decides what is left. In the menu “…” choose “All is lost” first.',
      '用 ⇧C 断电，剩下什么由随机决定。先在“…”菜单里选“全部丢失”。',
    ),
  ],
  solutions: [
    way(
      'Lost with the power',
      '随断电丢失',
      [
        'B: create /late x',
        'wait until znode /late exists',
        'after 100ms crash 1 silent tail=lost',
        'disk 1 healthy',
        'after 1s restart 1',
        'wait until 1, 2, 3 serve',
        'wait 300ms',
      ],
      { answers: { left: RIGHT }, afterwards: 6_000_000 },
    ),
    way(
      'The process dies, its tail is lost',
      '进程死去，尾部丢失',
      [
        'B: create /late x',
        'wait until znode /late exists',
        'after 100ms crash 1 tail=lost',
        'after 300ms disk 1 healthy',
        'after 500ms restart 1',
        'wait until 1, 2, 3 serve',
      ],
      { answers: { left: 'nothing' }, afterwards: 6_000_000 },
    ),
  ],
  nearMisses: [
    miss(
      'lost',
      'Too late: it was synced',
      '太晚了：已经落盘',
      [
        'B: create /late x',
        'wait until znode /late exists',
        'after 6s crash 1 tail=lost',
        'disk 1 healthy',
        'after 1s restart 1',
        'wait until 1, 2, 3 serve',
      ],
      { answers: { left: 'nothing' } },
    ),
    miss(
      'left-predicted',
      'A wrong prediction',
      '预测错误',
      [
        'B: create /late x',
        'wait until znode /late exists',
        'after 100ms crash 1 tail=lost',
        'disk 1 healthy',
        'after 1s restart 1',
        'wait until 1, 2, 3 serve',
      ],
      { answers: { left: WRONG } },
    ),
    miss(
      'back',
      'It stays down',
      '一直停机',
      ['B: create /late x', 'wait until znode /late exists', 'after 100ms crash 1 tail=lost'],
      { answers: { left: RIGHT } },
    ),
  ],
  par: 4,
});
