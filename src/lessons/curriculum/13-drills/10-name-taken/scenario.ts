import { byWord, did, drill, onConsole, typed } from '../drill.ts';

/** A service cannot register again: its name is taken by a znode of its former life. */
export default drill((seed) => {
  const cause = (['killed', 'cut', 'persistent'] as const)[seed % 3] ?? 'killed';
  const isPersistent = cause === 'persistent';
  return {
    start: [
      'wait until 1, 2, 3 serve',
      'new client A timeout=20s',
      `when A is connected: A: create ${isPersistent ? '' : '-e '}/svc A`,
      'wait until znode /svc exists',
      'wait 500ms',
      ...(isPersistent ? ['A: close'] : [cause === 'cut' ? 'partition A' : 'kill A']),
      'new client B',
      'when B is connected: B: create -e /svc B',
      'wait 500ms',
      'B: stat /svc',
      'wait 500ms',
    ],
    causes: [
      did(
        'killed',
        [
          'The former process died, and its session has not expired yet',
          '旧进程已死，但会话尚未过期',
        ],
        {
          kind: 'killClient',
        },
      ),
      did(
        'cut',
        ['The former process lives, but reaches no server', '旧进程还活着，但到不了任何服务器'],
        {
          kind: 'partition',
        },
      ),
      typed(
        'persistent',
        ['The former process made a persistent znode', '旧进程创建的是 persistent znode'],
        'create /svc',
      ),
      did('paused', ['The former process stands still', '旧进程停住不动'], { kind: 'pause' }),
    ],
    proofs: [
      onConsole('Node already exists: /svc', 'B'),
      onConsole(isPersistent ? '^ephemeralOwner = 0x0$' : '^ephemeralOwner = 0x[1-9a-f]', 'B'),
      ...(isPersistent ? [] : [byWord('dump', '/svc')]),
    ],
    evidence: 2,
    repaired: [
      { fact: 'znode', path: '/svc', kind: 'ephemeral', owner: 'B', at: 'leader' },
      '/svc is an ephemeral znode of B’s session',
      '/svc 是 B 的会话的 ephemeral znode',
    ],
    proven: [
      { fact: 'znode', path: '/svc', owner: 'B', at: 'every' },
      'It stays so for two seconds, at every server',
      '在每台服务器上保持两秒',
      2_000_000,
    ],
    atMost: 1,
    solutions: [
      [
        'Delete, and register',
        '删除后注册',
        ['B: delete /svc', 'wait until znode /svc gone', 'B: create -e /svc B'],
      ],
      [
        'The same with deleteall',
        '用 deleteall 完成同样的事',
        ['B: deleteall /svc', 'wait until znode /svc gone', 'B: create -e /svc B'],
      ],
    ],
    misses: [
      ['repaired', 'Its data are overwritten', '覆盖它的数据', ['B: set /svc B']],
      ['repaired', 'Tried once more', '再试一次', ['B: create -e /svc B', 'wait 1s']],
      [
        'repaired',
        'A persistent znode',
        '创建 persistent znode',
        ['B: delete /svc', 'wait until znode /svc gone', 'B: create /svc B'],
      ],
    ],
    hints: [
      [
        '`stat /svc` tells the owner, `dump` at the leader the sessions that are alive.',
        '`stat /svc` 给出所有者，leader 上的 `dump` 列出存活的会话。',
      ],
      ['Overwriting the data does not change the owner.', '覆盖数据不会改变所有者。'],
    ],
    par: 2,
  };
});
