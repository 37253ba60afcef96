import {
  both,
  goal,
  happens,
  hint,
  lessonOf,
  miss,
  predicted,
  question,
  reached,
  safe,
  stands,
  threeWith,
  way,
} from '../../../engine/build.ts';
import { RIGHT, WRONG } from '../../../engine/lesson.ts';

const MISSED = [
  'crash 1',
  'A: create /a 1',
  'A: create /b 2',
  'A: create /c 3',
  'wait until znode /c exists',
  'wait 300ms',
];

export default lessonOf([...threeWith('X', 'A'), 'kill X', 'wait 300ms'], {
  questions: [
    question(
      'back',
      'how',
      [
        'Server 1 has missed three writes. How does the leader bring it up to date?',
        '服务器 1 错过了三次写入。leader 如何让它赶上？',
      ],
      {
        diff: [
          'DIFF: just the three',
          'DIFF：只发这三个',
          { happening: 'syncs', server: 1, how: 'DIFF' },
        ],
        snap: [
          'SNAP: the whole tree',
          'SNAP：整棵树',
          { happening: 'syncs', server: 1, how: 'SNAP' },
        ],
      },
      { after: ['missed'] },
    ),
  ],
  goals: [
    goal(
      'away',
      'missed',
      reached(
        both(
          { fact: 'not', of: { fact: 'running', server: 1 } },
          { fact: 'not', of: { fact: 'logged', server: 1, path: '/a' } },
          { fact: 'znode', path: '/b' },
          { fact: 'znode', path: '/c' },
        ),
      ),
      'Server 1 is down while /a, /b and /c are written',
      '服务器 1 停机期间写入了 /a、/b、/c',
    ),
    predicted('back', 'how'),
    goal(
      'back',
      'diff',
      happens({ happening: 'syncs', server: 1, how: 'DIFF' }),
      'Server 1 gets a DIFF',
      '服务器 1 收到 DIFF',
      { after: ['missed'] },
    ),
    goal(
      'back',
      'same',
      stands(both({ fact: 'allServe' }, { fact: 'znode', path: '/c', at: 1 })),
      'It serves, and has all three',
      '它提供服务，三个都有了',
      { after: ['missed'] },
    ),
    safe('back'),
  ],
  hints: [
    hint(
      'away',
      'Crash server 1, a follower; then three creates in the console of A.',
      '让 follower 服务器 1 崩溃；然后在 A 的控制台创建三次。',
    ),
  ],
  solutions: [
    way(
      'Crash and restart',
      '崩溃再重启',
      [...MISSED, 'restart 1', 'wait until 1, 2, 3 serve', 'wait 300ms'],
      { answers: { how: RIGHT } },
    ),
    way(
      'By a power failure',
      '断电',
      ['crash 1 silent', ...MISSED.slice(1), 'restart 1', 'wait until 1, 2, 3 serve', 'wait 300ms'],
      { answers: { how: 'diff' } },
    ),
  ],
  nearMisses: [
    miss(
      'how-predicted',
      'A wrong prediction',
      '预测错误',
      [...MISSED, 'restart 1', 'wait until 1, 2, 3 serve'],
      { answers: { how: WRONG } },
    ),
    miss(
      'missed',
      'Written too early',
      '写得太早',
      [
        'A: create /a 1',
        'A: create /b 2',
        'A: create /c 3',
        'wait until znode /c exists',
        'wait 300ms',
        'crash 1',
        'after 500ms restart 1',
        'wait until 1, 2, 3 serve',
      ],
      { answers: { how: 'diff' } },
    ),
    miss('same', 'It stays away', '一直不在', MISSED, { answers: { how: 'diff' } }),
  ],
  par: 5,
});
