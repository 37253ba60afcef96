import {
  both,
  goal,
  happens,
  hint,
  lessonOf,
  miss,
  not,
  reached,
  safe,
  stands,
  way,
} from '../../../engine/build.ts';

const GHOST = [
  'A: create /ghost x',
  'when 3 notes synced: crash 3 tail=kept',
  'wait until 1, 2 serve',
  'wait 300ms',
];

/** Client A is at server 3, which leads. */
export default lessonOf(
  [
    'wait until 1, 2, 3 serve',
    'new client A servers=3',
    'new client B servers=1',
    'wait until A is connected',
    'wait until B is connected',
    'A: create /kept x',
    'wait until znode /kept exists',
    'wait 300ms',
  ],
  {
    goals: [
      goal(
        'ghost',
        'alone',
        reached(
          both(
            { fact: 'logged', server: 3, path: '/ghost', synced: true },
            not({ fact: 'logged', server: 1, path: '/ghost' }),
            not({ fact: 'logged', server: 2, path: '/ghost' }),
          ),
        ),
        '/ghost is on the disk of server 3 only',
        '/ghost 只在服务器 3 的磁盘上',
      ),
      goal(
        'without',
        'new-epoch',
        reached(
          both(
            { fact: 'serves' },
            { fact: 'epoch', is: { min: 2 } },
            not({ fact: 'running', server: 3 }),
          ),
        ),
        'The two others serve in a new epoch, without it',
        '另外两台在没有它的情况下，于新的 epoch 提供服务',
        { after: ['alone'] },
      ),
      goal(
        'back',
        'trunc',
        happens({ happening: 'syncs', server: 3, how: 'TRUNC' }),
        'Server 3 returns, and is told to cut its log',
        '服务器 3 回来，被要求截断日志',
        { after: ['new-epoch'] },
      ),
      goal(
        'back',
        'gone',
        stands(
          both(
            { fact: 'allServe' },
            not({ fact: 'logged', server: 3, path: '/ghost' }),
            not({ fact: 'znode', path: '/ghost', at: 'some' }),
          ),
        ),
        'All serve, and /ghost is nowhere',
        '全部提供服务，/ghost 哪里也没有',
        { after: ['new-epoch'] },
      ),
      goal(
        'back',
        'kept',
        stands({ fact: 'znode', path: '/kept', at: 'every' }),
        '/kept is everywhere',
        '/kept 处处都有',
      ),
      safe('back'),
    ],
    hints: [
      hint(
        'ghost',
        'Take the cut tool for the links 3–1 and 3–2, and leave the one to A whole. Then write /ghost.',
        '用“断开”工具切断 3–1 和 3–2 的链路，保留到 A 的那条。然后写 /ghost。',
      ),
      hint(
        'without',
        'Crash server 3 when its own cell is solid. Heal the links.',
        '服务器 3 自己的格子变实线后，让它崩溃。恢复链路。',
      ),
    ],
    solutions: [
      way('Partition, crash, heal', '分区、崩溃、恢复', [
        'partition 3, A | 1, 2, B',
        ...GHOST,
        'heal',
        'restart 3',
        'wait until 1, 2, 3 serve',
        'wait 300ms',
      ]),
      way('Cut links', '切断链路', [
        'cut 3 <-> 1',
        'cut 3 <-> 2',
        ...GHOST,
        'heal',
        'wait 300ms',
        'restart 3',
        'wait until 1, 2, 3 serve',
        'wait 300ms',
      ]),
    ],
    nearMisses: [
      miss('trunc', 'Written with a quorum', '有 quorum 时写入', [
        'A: create /ghost x',
        'wait 500ms',
        'crash 3',
        'wait until 1, 2 serve',
        'restart 3',
        'wait until 1, 2, 3 serve',
      ]),
      miss('gone', 'It never returns', '它没有回来', ['partition 3, A | 1, 2, B', ...GHOST]),
      miss('alone', 'Its record was not synced', '它的记录没有落盘', [
        'partition 3, A | 1, 2, B',
        'disk 3 slow 200x',
        'A: create /ghost x',
        'wait 200ms',
        'crash 3 tail=lost',
        'wait until 1, 2 serve',
        'heal',
        'disk 3 healthy',
        'restart 3',
        'wait until 1, 2, 3 serve',
        'wait 300ms',
      ]),
    ],
    par: 5,
  },
);
