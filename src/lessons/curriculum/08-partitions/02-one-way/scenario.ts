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

export default lessonOf([...threeWith('X', 'A'), 'kill X', 'wait 300ms'], {
  questions: [
    question(
      'cut',
      'deaf',
      [
        'Nothing gets from the leader 3 to server 1 any more; the other way all is well. What does server 1 do?',
        '从 leader 3 到服务器 1 什么也到不了；反方向一切正常。服务器 1 会怎样？',
      ],
      {
        leaves: [
          'It leaves its leader after a while, and looks for one',
          '过一阵离开 leader，去寻找新的',
          { fact: 'role', server: 1, is: 'LOOKING' },
        ],
        stays: [
          'It stays: its answers still arrive',
          '留下：它的答复还能送达',
          { otherwise: 15_000_000 },
        ],
      },
      { after: ['one-way'] },
    ),
  ],
  goals: [
    goal(
      'cut',
      'one-way',
      happens({ happening: 'does', action: 'cut', server: 1 }),
      'Cut the link from 3 to 1, in this direction only',
      '只切断从 3 到 1 这一个方向',
    ),
    predicted('cut', 'deaf'),
    goal(
      'cut',
      'looks',
      reached({ fact: 'role', server: 1, is: 'LOOKING' }),
      'Server 1 is LOOKING',
      '服务器 1 处于 LOOKING',
      { after: ['one-way'] },
    ),
    goal(
      'cut',
      'others',
      reached(
        both(
          { fact: 'role', server: 1, is: 'LOOKING' },
          { fact: 'serves' },
          { fact: 'znode', path: '/during' },
        ),
      ),
      'The others serve meanwhile: /during is written',
      '其余照常服务：写入了 /during',
      { after: ['one-way'] },
    ),
    goal(
      'cut',
      'not-both',
      { test: 'never', what: { happening: 'does', action: 'crash' } },
      'Nothing was crashed',
      '没有让任何东西崩溃',
    ),
    goal(
      'heal',
      'back',
      stands(
        both({ fact: 'allServe' }, { fact: 'noFaults' }, { fact: 'znode', path: '/during', at: 1 }),
      ),
      'Healed, server 1 follows again, with /during',
      '恢复后，服务器 1 重新跟随，有 /during',
      { after: ['others'] },
    ),
    safe('heal'),
  ],
  hints: [
    hint(
      'cut',
      'The cut tool: drag from 3 to 1; one arrowhead is one direction.',
      '切断工具：从 3 拖到 1；一个箭头表示一个方向。',
    ),
    hint(
      'cut',
      '`create /during x` by A while 1 is LOOKING.',
      '服务器 1 处于 LOOKING 时，A 执行 `create /during x`。',
    ),
  ],
  solutions: [
    way(
      'From the leader',
      '从 leader 切断',
      [
        'cut 3 -> 1',
        'wait until 1 is LOOKING',
        'wait 500ms',
        'A: create /during x',
        'wait until znode /during exists',
        'wait 500ms',
        'heal',
        'wait until 1, 2, 3 serve',
        'wait 500ms',
      ],
      { answers: { deaf: RIGHT }, afterwards: 8_000_000 },
    ),
    way(
      'From both others',
      '从另外两台切断',
      [
        'cut 3 -> 1',
        'cut 2 -> 1',
        'wait until 1 is LOOKING',
        'A: create /during x',
        'wait until znode /during exists',
        'wait 1s',
        'heal',
        'wait until 1, 2, 3 serve',
        'wait 500ms',
      ],
      { answers: { deaf: 'leaves' }, afterwards: 8_000_000 },
    ),
  ],
  nearMisses: [
    miss(
      'deaf-predicted',
      'A wrong prediction',
      '预测错误',
      [
        'cut 3 -> 1',
        'wait until 1 is LOOKING',
        'A: create /during x',
        'wait 1s',
        'heal',
        'wait until 1, 2, 3 serve',
      ],
      { answers: { deaf: WRONG } },
    ),
    miss(
      'others',
      'Nothing is written',
      '没有写入',
      ['cut 3 -> 1', 'wait until 1 is LOOKING', 'wait 1s', 'heal', 'wait until 1, 2, 3 serve'],
      { answers: { deaf: 'leaves' } },
    ),
    miss(
      'not-both',
      'Mended by a crash',
      '靠崩溃来修',
      [
        'cut 3 -> 1',
        'wait until 1 is LOOKING',
        'A: create /during x',
        'wait 1s',
        'heal',
        'crash 1',
        'after 300ms restart 1',
        'wait until 1, 2, 3 serve',
      ],
      { answers: { deaf: 'leaves' } },
    ),
  ],
  par: 3,
});
