import {
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
  threeWith,
  way,
} from '../../../engine/build.ts';
import { RIGHT, WRONG } from '../../../engine/lesson.ts';

const AWAY = ['crash 2', 'wait 500ms'];
const BACK = ['restart 2', 'when B is connected: A: create /after x', 'wait 500ms'];

/** B knows server 2 only; it watches the data of /app, and waits for /flash to be created. */
export default lessonOf(
  [
    ...threeWith('A'),
    'new client B servers=2 timeout=8s',
    'wait until B is connected',
    'A: create /app one',
    'wait until znode /app exists',
    'wait 300ms',
    'B: get -w /app',
    'B: stat -w /flash',
    'wait 300ms',
  ],
  {
    questions: [
      question(
        'away',
        'told',
        [
          'While B has no server, A changes /app, and creates and deletes /flash. What is B told when it is back?',
          'B 没有服务器期间，A 修改了 /app，又创建并删除了 /flash。B 回来时会得知什么？',
        ],
        {
          both: [
            'Both: /app changed, /flash was created',
            '两者：/app 变了，/flash 被创建过',
            { happening: 'watch', client: 'B', path: '/flash' },
          ],
          app: [
            'Only that /app has changed',
            '只有 /app 变了',
            { happening: 'watch', client: 'B', path: '/app' },
          ],
          nothing: [
            'Nothing: watches are lost with the connection',
            '什么也没有：watch 随连接丢失',
            { otherwise: 60_000_000 },
          ],
        },
        { after: ['cut'] },
      ),
    ],
    goals: [
      goal(
        'away',
        'cut',
        happens({ happening: 'does', action: 'crash', server: 2 }),
        'Crash server 2, the only one that B knows',
        '让服务器 2 崩溃，B 只认识它',
      ),
      predicted('away', 'told'),
      goal(
        'away',
        'changed',
        reached({ fact: 'znode', path: '/app', text: 'two' }),
        'A sets /app to two meanwhile',
        'A 在此期间把 /app 设为 two',
        { after: ['cut'] },
      ),
      goal(
        'away',
        'flashed',
        happens({ happening: 'answer', client: 'A', op: 'delete', path: '/flash', err: 0 }),
        '/flash is created and deleted meanwhile',
        '/flash 在此期间被创建又删除',
        { after: ['cut'] },
      ),
      goal(
        'back',
        'caught-up',
        happens({ happening: 'watch', client: 'B', path: '/app', type: 'NodeDataChanged' }),
        'Back again, B is told that /app has changed',
        '回来之后，B 得知 /app 变了',
        { after: ['changed'] },
      ),
      goal(
        'back',
        'missed',
        reached({
          fact: 'all',
          of: [
            { fact: 'watch', client: 'B', path: '/flash' },
            { fact: 'client', client: 'B', is: 'connected' },
            not({ fact: 'znode', path: '/flash' }),
          ],
        }),
        'B still waits for /flash: it was there, and nobody told B',
        'B 仍在等待 /flash：它存在过，却没有人告诉 B',
        { after: ['caught-up', 'flashed'] },
      ),
      safe('back'),
    ],
    hints: [
      hint(
        'away',
        'Server 2 is a follower: the others go on. Crash it.',
        '服务器 2 是 follower：其余照常工作。让它崩溃。',
      ),
      hint(
        'away',
        '`set /app two`, `create /flash x`, `delete /flash` by A; then start server 2 within 8 s.',
        'A 执行 `set /app two`、`create /flash x`、`delete /flash`；然后在 8 秒内启动服务器 2。',
      ),
    ],
    solutions: [
      way(
        'Crashed and restarted',
        '崩溃再重启',
        [
          ...AWAY,
          'A: set /app two',
          'A: create /flash x',
          'wait 200ms',
          'A: delete /flash',
          'wait 500ms',
          ...BACK,
        ],
        { answers: { told: RIGHT } },
      ),
      way(
        '/flash first',
        '先 /flash',
        [
          ...AWAY,
          'A: create /flash x',
          'wait 200ms',
          'A: delete /flash',
          'A: set /app two',
          'wait 500ms',
          ...BACK,
        ],
        { answers: { told: 'app' } },
      ),
    ],
    nearMisses: [
      miss(
        'told-predicted',
        'A wrong prediction',
        '预测错误',
        [
          ...AWAY,
          'A: set /app two',
          'A: create /flash x',
          'wait 200ms',
          'A: delete /flash',
          'wait 500ms',
          ...BACK,
        ],
        { answers: { told: WRONG } },
      ),
      miss(
        'caught-up',
        'Too long: the session expires',
        '太久：session 过期',
        [
          ...AWAY,
          'A: set /app two',
          'A: create /flash x',
          'wait 200ms',
          'A: delete /flash',
          'wait until any session expires',
          'restart 2',
          'wait 3s',
        ],
        { answers: { told: 'app' } },
      ),
      miss(
        'missed',
        '/flash stays',
        '/flash 留着',
        [...AWAY, 'A: set /app two', 'A: create /flash x', 'wait 500ms', ...BACK],
        { answers: { told: 'app' } },
      ),
    ],
    par: 7,
  },
);
