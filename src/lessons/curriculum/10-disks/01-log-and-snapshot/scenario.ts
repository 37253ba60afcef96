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
import { stage } from '../../../scenarios/world.ts';

const writes = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `A: create /n${String(from + i)} x`);

/** A snapshot comes after six to ten transactions, and not after a hundred thousand. */
export default lessonOf(threeWith('A'), {
  world: stage(3, 0, { snapCount: 10 }),
  goals: [
    goal(
      'write',
      'snapshot',
      happens({ happening: 'snapshot', server: 1 }),
      'Server 1 takes a snapshot of its tree',
      '服务器 1 为它的树生成快照',
    ),
    goal(
      'write',
      'more',
      reached({ fact: 'snapshots', server: 1, count: { min: 2 } }),
      'It has a second snapshot beside the first',
      '除最初的之外，它又有了一个快照',
      { after: ['snapshot'] },
    ),
    goal(
      'tail',
      'tail',
      reached({ fact: 'logged', server: 1, path: '/last', synced: true }),
      'Write /last: its record stands in the log of server 1',
      '写入 /last：它的记录在服务器 1 的日志里',
      { after: ['more'] },
    ),
    goal(
      'crash',
      'crashed',
      happens({ happening: 'does', action: 'crash', server: 1 }),
      'Crash server 1',
      '让服务器 1 崩溃',
      { after: ['tail'] },
    ),
    goal(
      'crash',
      'back',
      stands({ fact: 'all', of: [{ fact: 'allServe' }, { fact: 'znode', path: '/last', at: 1 }] }),
      'It is back, and has /last again',
      '它回来了，又有了 /last',
      { after: ['crashed'] },
    ),
    safe('crash'),
  ],
  hints: [
    hint(
      'write',
      'Every create is a record. Here six to ten of them lead to a snapshot.',
      '每次 create 都是一条记录。这里六到十条就会产生快照。',
    ),
    hint(
      'crash',
      'Select server 1: C crashes it, R starts it again.',
      '选中服务器 1：C 让它崩溃，R 重新启动。',
    ),
  ],
  solutions: [
    way(
      'Twelve writes',
      '十二次写入',
      [
        ...writes(1, 12),
        'wait until znode /n12 exists',
        'wait 300ms',
        'A: create /last x',
        'wait until znode /last exists',
        'after 300ms crash 1',
        'after 500ms restart 1',
        'wait until 1, 2, 3 serve',
        'wait 300ms',
      ],
      { afterwards: 3_000_000 },
    ),
    way(
      'Power fails',
      '断电',
      [
        ...writes(1, 14),
        'wait until znode /n14 exists',
        'wait 300ms',
        'A: create /last y',
        'wait until znode /last exists',
        'after 500ms crash 1 silent',
        'after 500ms restart 1',
        'wait until 1, 2, 3 serve',
      ],
      { afterwards: 6_000_000 },
    ),
  ],
  nearMisses: [
    miss('snapshot', 'Too few writes', '写得太少', [
      'A: create /n1 x',
      'A: create /last x',
      'wait until znode /last exists',
      'after 300ms crash 1',
      'after 500ms restart 1',
    ]),
    miss('crashed', 'Another server is crashed', '崩溃的是另一台', [
      ...writes(1, 12),
      'wait until znode /n12 exists',
      'A: create /last x',
      'wait until znode /last exists',
      'after 300ms crash 2',
      'after 500ms restart 2',
    ]),
    miss('back', 'It is not started again', '没有重新启动', [
      ...writes(1, 12),
      'wait until znode /n12 exists',
      'A: create /last x',
      'wait until znode /last exists',
      'after 300ms crash 1',
    ]),
  ],
  par: 14,
});
