import {
  both,
  goal,
  hint,
  lessonOf,
  miss,
  not,
  predicted,
  question,
  reached,
  safe,
  stands,
  way,
} from '../../../engine/build.ts';
import type { Fact } from '../../../engine/goal.ts';
import { RIGHT, WRONG } from '../../../engine/lesson.ts';

const onDisk = (server: number, path: string): Fact => ({
  fact: 'logged',
  server,
  path,
  synced: true,
});
const there = (path: string): Fact => ({ fact: 'znode', path, at: 'leader' });

const FIRST = ['/a', '/b', '/c'];
const SECOND = ['/d', '/e', '/f'];
/** Every client writes one of them, all at the same time. */
const write = (paths: readonly string[]): readonly string[] =>
  paths.map((path, i) => `${'ABC'.charAt(i)}: create ${path} x`);
const until = (paths: readonly string[]): readonly string[] => [
  ...paths.map((path) => `wait until znode ${path} exists`),
];

const ONE = ['disk 1 slow 100x', ...write(FIRST), ...until(FIRST), 'wait 2s'];
const BOTH = ['disk 2 slow 100x', ...write(SECOND), ...until(SECOND)];
const HEALTHY = ['disk 1 healthy', 'disk 2 healthy', 'wait 2500ms'];
const RIGHTLY = { answers: { slow: RIGHT, outstanding: RIGHT } };

export default lessonOf(
  [
    'wait until 1, 2, 3 serve',
    ...['A', 'B', 'C'].map((name) => `new client ${name} servers=3 timeout=10s`),
    ...['A', 'B', 'C'].map((name) => `wait until ${name} is connected`),
  ],
  {
    questions: [
      question(
        'one',
        'slow',
        [
          'The disk of server 1 is a hundred times slower than the others. When is /a committed?',
          '服务器 1 的磁盘比别的慢一百倍。/a 什么时候提交？',
        ],
        {
          without: [
            'Before server 1 has it on its disk',
            '在服务器 1 落盘之前',
            both(there('/a'), not(onDisk(1, '/a'))),
          ],
          waits: ['Once all three have it', '三台都有了之后', onDisk(1, '/a')],
        },
      ),
      question(
        'both',
        'outstanding',
        [
          'Both followers are slow now. The leader has /d on its own disk at once. When is it committed?',
          '现在两个 follower 都慢。leader 自己的磁盘上马上就有 /d。它什么时候提交？',
        ],
        {
          alone: [
            'At once: the leader has it',
            '马上：leader 已经有它',
            both(there('/d'), not(onDisk(1, '/d')), not(onDisk(2, '/d'))),
          ],
          one: [
            'When the first of the two followers has it, too',
            '两个 follower 中的第一个也有它时',
            both(there('/d'), { fact: 'any', of: [onDisk(1, '/d'), onDisk(2, '/d')] }),
          ],
          never: ['Never', '永远不会', { otherwise: 30_000_000 }],
        },
        { after: ['one-slow'] },
      ),
    ],
    goals: [
      goal(
        'one',
        'one-slow',
        reached(both(...FIRST.map(there), ...FIRST.map((path) => not(onDisk(1, path)))), 200_000),
        'For 0.2 s /a, /b and /c are committed, and none of them is on the disk of server 1',
        '有 0.2 秒，/a、/b、/c 都已提交，而服务器 1 的磁盘上一个也没有',
      ),
      predicted('one', 'slow'),
      goal(
        'both',
        'outstanding',
        reached(
          both(...SECOND.map((path) => onDisk(3, path)), ...SECOND.map((path) => not(there(path)))),
          200_000,
        ),
        'For 0.2 s the leader has three outstanding proposals: /d, /e and /f',
        '有 0.2 秒，leader 有三个未完成的 proposal：/d、/e、/f',
        { after: ['one-slow'] },
      ),
      predicted('both', 'outstanding'),
      goal(
        'end',
        'all',
        stands(
          both(
            { fact: 'allServe' },
            { fact: 'noFaults' },
            { fact: 'epoch', is: { max: 1 } },
            ...[...FIRST, ...SECOND].map((path): Fact => ({ fact: 'znode', path, at: 'every' })),
          ),
        ),
        'All six are everywhere, all is healthy, and the leader has not changed',
        '六个都到处都有，一切正常，leader 没有换过',
        { after: ['outstanding'] },
      ),
      safe('end'),
    ],
    hints: [
      hint(
        'one',
        'Make the disk of server 1 a hundred times slower: 20 times is too little. Then one line in each console: `create /a x`, `create /b x`, `create /c x`.',
        '让服务器 1 的磁盘慢 100 倍，20 倍不够。然后每个控制台各一行：`create /a x`、`create /b x`、`create /c x`。',
      ),
      hint(
        'both',
        'Server 2 slow as well; then /d, /e and /f from the three consoles, while the run is paused.',
        '服务器 2 也变慢；然后趁运行暂停时，从三个控制台写入 /d、/e、/f。',
      ),
      hint('end', 'Make both disks healthy again.', '让两块磁盘恢复正常。'),
    ],
    solutions: [
      way('Slow disks', '慢磁盘', [...ONE, ...BOTH, ...HEALTHY], RIGHTLY),
      way(
        'Followers that stand still for a moment',
        'follower 停住片刻',
        [
          'pause 1',
          ...write(FIRST),
          ...until(FIRST),
          'wait 400ms',
          'resume 1',
          'wait 1s',
          'pause 1',
          'pause 2',
          ...write(SECOND),
          'wait 600ms',
          'resume 1',
          'resume 2',
          ...until(SECOND),
          'wait 1s',
        ],
        { answers: { slow: 'without', outstanding: 'one' } },
      ),
    ],
    nearMisses: [
      miss('slow-predicted', 'A wrong prediction', '预测错误', [...ONE, ...BOTH, ...HEALTHY], {
        answers: { slow: WRONG, outstanding: RIGHT },
      }),
      miss(
        'one-slow',
        'Only the leader’s own disk is slow',
        '慢的只是 leader 自己的磁盘',
        ['disk 3 slow 100x', ...write(FIRST), ...until(FIRST), 'wait 2s', 'disk 3 healthy'],
        RIGHTLY,
      ),
      miss(
        'outstanding',
        'With one slow follower nothing is outstanding for long',
        '只有一个慢 follower 时，没有什么会长时间未完成',
        [...ONE, ...write(SECOND), ...until(SECOND), 'wait 2s', ...HEALTHY],
        RIGHTLY,
      ),
      miss(
        'outstanding',
        'One write after the other',
        '一个接一个地写',
        [
          ...ONE,
          'disk 2 slow 100x',
          ...write(SECOND).flatMap((line, i) => [line, ...until(SECOND.slice(i, i + 1))]),
          ...HEALTHY,
        ],
        RIGHTLY,
      ),
      miss('all', 'The disks stay slow', '磁盘一直很慢', [...ONE, ...BOTH, 'wait 2s'], RIGHTLY),
    ],
    par: 10,
  },
);
