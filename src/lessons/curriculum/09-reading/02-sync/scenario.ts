import {
  both,
  goal,
  happens,
  hint,
  lessonOf,
  miss,
  reached,
  safe,
  threeWith,
  way,
} from '../../../engine/build.ts';

const BEHIND = both(
  { fact: 'znode', path: '/app', text: 'new', at: 'leader' },
  { fact: 'znode', path: '/app', text: 'old', at: 2 },
);

/** Server 2 hears of the leader 1.2 seconds late; client B reads there. */
export default lessonOf(
  [
    ...threeWith('A', 'B'),
    'A: create /app old',
    'wait until znode /app exists',
    'wait 500ms',
    'latency 3 -> 2 1200ms',
  ],
  {
    goals: [
      goal(
        'write',
        'behind',
        reached(BEHIND),
        'A has written new, and server 2 has not heard of it',
        'A 写入了 new，服务器 2 还没听说',
      ),
      goal(
        'sync',
        'synced',
        happens({ happening: 'answer', client: 'B', op: 'sync', err: 0 }),
        'B asks its server to catch up, and has the answer',
        'B 要求它的服务器赶上，并得到答复',
        { after: ['behind'] },
      ),
      goal(
        'sync',
        'fresh',
        happens({ happening: 'prints', client: 'B', text: 'new' }),
        'B reads new',
        'B 读到 new',
        { after: ['synced'] },
      ),
      goal(
        'sync',
        'never-old',
        { test: 'never', what: { happening: 'prints', client: 'B', text: 'old' } },
        'B has never read old',
        'B 从未读到 old',
      ),
      safe('sync'),
    ],
    hints: [
      hint('write', '`set /app new` by A.', 'A 执行 `set /app new`。'),
      hint(
        'sync',
        '`sync /app` by B, and when it is answered, `get /app`.',
        'B 执行 `sync /app`，得到答复后执行 `get /app`。',
      ),
    ],
    solutions: [
      way('Sync, then read', '先 sync 再读', [
        'A: set /app new',
        'wait 400ms',
        'B: sync /app',
        'B: get /app',
        'wait 4s',
      ]),
      way('Sync of another path', 'sync 另一路径', [
        'A: set /app new',
        'wait 400ms',
        'B: sync /',
        'wait 3s',
        'B: get /app',
        'wait 2s',
      ]),
    ],
    nearMisses: [
      miss('never-old', 'Read at once', '马上读取', [
        'A: set /app new',
        'wait 400ms',
        'B: get /app',
        'B: sync /app',
        'B: get /app',
        'wait 4s',
      ]),
      miss('synced', 'Just wait', '只是等待', [
        'A: set /app new',
        'wait 4s',
        'B: get /app',
        'wait 1s',
      ]),
      miss('synced', 'A asks for it', '由 A 来 sync', [
        'A: set /app new',
        'wait 400ms',
        'A: sync /app',
        'A: get /app',
        'wait 3s',
      ]),
    ],
    par: 3,
  },
);
