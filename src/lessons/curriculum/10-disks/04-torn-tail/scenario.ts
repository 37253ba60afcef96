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

const START = ['B: create /b 2', 'wait until znode /b exists'];

export default lessonOf(
  [
    ...threeWith('A', 'B'),
    'kill A',
    'B: create /a 1',
    'wait until znode /a exists',
    'wait 1s',
    'disk 1 slow 100x',
  ],
  {
    questions: [
      question(
        'torn',
        'start',
        [
          'The last record of server 1 is torn in the middle. What does it do when it starts?',
          '服务器 1 的最后一条记录从中间撕裂。它启动时会怎样？',
        ],
        {
          serves: [
            'It leaves the rest out, starts, and catches up',
            '丢弃残余，启动，然后追赶',
            { fact: 'all', of: [{ fact: 'allServe' }, { fact: 'znode', path: '/b', at: 1 }] },
          ],
          refuses: [
            'It refuses to start: its log is damaged',
            '拒绝启动：日志已损坏',
            { happening: 'exits', server: 1 },
          ],
        },
        { after: ['tear'] },
      ),
    ],
    goals: [
      goal(
        'torn',
        'tear',
        happens({ happening: 'does', action: 'crash', server: 1 }),
        'The power of server 1 fails while it writes',
        '服务器 1 正在写入时断电',
      ),
      goal(
        'torn',
        'cut',
        reached(
          both(
            { fact: 'logged', server: 1, path: '/a' },
            { fact: 'not', of: { fact: 'logged', server: 1, path: '/b' } },
          ),
        ),
        'Its log ends before /b: /a is whole',
        '它的日志在 /b 之前结束：/a 完好',
        { after: ['tear'] },
      ),
      predicted('torn', 'start'),
      goal(
        'back',
        'same',
        stands(both({ fact: 'allServe' }, { fact: 'znode', path: '/b', at: 'every' })),
        'All serve, and /b is everywhere',
        '全部提供服务，/b 处处都有',
        { after: ['cut'] },
      ),
      safe('back'),
    ],
    hints: [
      hint(
        'torn',
        'Write /b by client B. While the cell is dashed: menu “…”, “The last record is torn”, Power failure.',
        '由客户端 B 写入 /b。格子还是虚线时：“…”菜单里选“最后一条记录被撕裂”，再按“断电”。',
      ),
      hint('back', 'Give it a healthy disk, and start it.', '给它健康的磁盘，然后启动。'),
    ],
    solutions: [
      way(
        'Torn',
        '撕裂',
        [
          ...START,
          'crash 1 silent tail=torn',
          'after 500ms disk 1 healthy',
          'after 500ms restart 1',
          'wait until 1, 2, 3 serve',
          'wait 500ms',
        ],
        { answers: { start: RIGHT }, afterwards: 6_000_000 },
      ),
      way(
        'Only lost',
        '只是丢失',
        [
          ...START,
          'crash 1 silent tail=lost',
          'after 500ms disk 1 healthy',
          'after 500ms restart 1',
          'wait until 1, 2, 3 serve',
          'wait 500ms',
        ],
        { answers: { start: 'serves' }, afterwards: 6_000_000 },
      ),
    ],
    nearMisses: [
      miss(
        'cut',
        'The tail is kept',
        '尾部保留了',
        [
          ...START,
          'crash 1 silent tail=kept',
          'after 500ms disk 1 healthy',
          'after 500ms restart 1',
          'wait until 1, 2, 3 serve',
        ],
        { answers: { start: RIGHT } },
      ),
      miss(
        'start-predicted',
        'A wrong prediction',
        '预测错误',
        [
          ...START,
          'crash 1 silent tail=torn',
          'after 500ms disk 1 healthy',
          'after 500ms restart 1',
          'wait until 1, 2, 3 serve',
        ],
        { answers: { start: WRONG } },
      ),
      miss('same', 'It stays down', '一直停机', [...START, 'crash 1 silent tail=torn'], {
        answers: { start: 'serves' },
      }),
    ],
    par: 4,
  },
);
