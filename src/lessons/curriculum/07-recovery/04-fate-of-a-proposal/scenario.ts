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
  way,
} from '../../../engine/build.ts';
import { RIGHT, WRONG } from '../../../engine/lesson.ts';

const SURVIVE = [
  'cut 1 <-> 3',
  'A: create /survivor x',
  'when 2 notes synced: crash 3 silent tail=lost',
];

/** Client A is at server 3, which leads. */
export default lessonOf(
  ['wait until 1, 2, 3 serve', 'new client A servers=3', 'wait until A is connected', 'wait 500ms'],
  {
    questions: [
      question(
        'fate',
        'what',
        [
          'The leader dies before it has told anybody of a commit. Server 2 has the proposal on its disk, server 1 does not. What becomes of it?',
          'leader 在告知任何人提交之前死去。服务器 2 的磁盘上有这个 proposal，服务器 1 没有。它会怎样？',
        ],
        {
          survives: [
            'It survives: server 2 leads, and its log counts',
            '存活：服务器 2 成为 leader，以它的日志为准',
            both({ fact: 'serves', by: 2 }, { fact: 'znode', path: '/survivor', at: 1 }),
          ],
          cut: [
            'It is cut off: nobody had committed it',
            '被截掉：没有人提交过它',
            { otherwise: 20_000_000 },
          ],
        },
        { after: ['dead'] },
      ),
    ],
    goals: [
      goal(
        'propose',
        'on-two',
        reached(
          both(
            { fact: 'logged', server: 2, path: '/survivor', synced: true },
            { fact: 'not', of: { fact: 'logged', server: 1, path: '/survivor' } },
          ),
        ),
        '/survivor is on the disk of server 2, and not at server 1',
        '/survivor 在服务器 2 的磁盘上，而不在服务器 1',
      ),
      goal(
        'propose',
        'dead',
        happens({ happening: 'does', action: 'crash', server: 3 }),
        'The leader dies',
        'leader 死去',
        { after: ['on-two'] },
      ),
      goal(
        'propose',
        'unanswered',
        {
          test: 'never',
          what: { happening: 'answer', client: 'A', op: 'create', path: '/survivor', err: 0 },
        },
        'Client A was never told that it was done',
        '客户端 A 从未被告知完成',
      ),
      predicted('fate', 'what'),
      goal(
        'fate',
        'there',
        stands(both({ fact: 'serves' }, { fact: 'znode', path: '/survivor', at: 'every' })),
        '/survivor is in every running tree',
        '/survivor 在每棵运行中的树里',
        { after: ['dead'] },
      ),
      goal(
        'fate',
        'led-by-2',
        reached({ fact: 'serves', by: 2 }),
        'Server 2 leads',
        '服务器 2 成为 leader',
        { after: ['dead'] },
      ),
      safe('fate'),
    ],
    hints: [
      hint(
        'propose',
        'Cut the link between 1 and 3, so that only server 2 hears of it. Then write, and step by packet.',
        '切断 1 与 3 的链路，只让服务器 2 听到。然后写入，逐个数据包步进。',
      ),
      hint(
        'propose',
        'Cut the power of server 3 (⇧C) when the cell of server 2 turns solid. Then heal.',
        '服务器 2 的格子变实线时让服务器 3 断电（⇧C）。然后恢复链路。',
      ),
    ],
    solutions: [
      way(
        'One link cut',
        '切断一条链路',
        [...SURVIVE, 'heal', 'wait until 1, 2 serve', 'wait 500ms'],
        { answers: { what: RIGHT } },
      ),
      way(
        'And the old leader returns',
        '旧 leader 又回来',
        [
          ...SURVIVE,
          'heal',
          'wait until 1, 2 serve',
          'wait 500ms',
          'restart 3',
          'wait until 1, 2, 3 serve',
          'wait 500ms',
        ],
        { answers: { what: 'survives' } },
      ),
    ],
    nearMisses: [
      miss(
        'what-predicted',
        'A wrong prediction',
        '预测错误',
        [...SURVIVE, 'heal', 'wait until 1, 2 serve', 'wait 500ms'],
        { answers: { what: WRONG } },
      ),
      miss(
        'unanswered',
        'It was answered',
        '它得到了答复',
        ['A: create /survivor x', 'wait 1s', 'crash 3', 'wait until 1, 2 serve', 'wait 500ms'],
        { answers: { what: 'survives' } },
      ),
      miss(
        'dead',
        'Nobody else had it',
        '别人都没有',
        [
          'cut 1 <-> 3',
          'cut 2 <-> 3',
          'A: create /survivor x',
          'wait 300ms',
          'crash 3 silent tail=lost',
          'heal',
          'wait until 1, 2 serve',
          'wait 500ms',
        ],
        { answers: { what: 'survives' } },
      ),
    ],
    par: 4,
  },
);
