import { did, drill, inLog, onConsole } from '../drill.ts';

/** A holder of a lock lost its session: its process stood still, or its network was away. */
export default drill((seed) => ({
  start: [
    'wait until 1, 2, 3 serve',
    'new client A timeout=3s',
    'when A is connected: A: create -e /lock A',
    'wait until znode /lock exists',
    seed % 2 === 0 ? 'partition A' : 'pause A',
    `when session A expires: ${seed % 2 === 0 ? 'heal' : 'resume A'}`,
    'wait 4s',
  ],
  causes: [
    did('pause', ['The process of the client stood still', '客户端进程停住了一段时间'], {
      kind: 'pause',
    }),
    did('network', ['The client could reach no server', '客户端无法到达任何服务器'], {
      kind: 'partition',
    }),
    did('leader', ['The leader crashed, and its sessions with it', 'leader 崩溃，会话随之丢失'], {
      kind: 'crash',
    }),
    did('killed', ['The client process was killed', '客户端进程被杀死'], { kind: 'killClient' }),
  ],
  proofs: [
    inLog('^Expiring session 0x[0-9a-f]+, timeout of 3000ms exceeded'),
    onConsole('session 0x[0-9a-f]+ has expired'),
    inLog('^Invalid session 0x[0-9a-f]+ for client, probably expired'),
    onConsole('Session 0x[0-9a-f]+ for server .* Client (connection|session) timed out'),
  ],
  evidence: 2,
  repaired: [
    { fact: 'sessions', count: { min: 1 } },
    'A client has a session again',
    '有客户端重新拥有会话',
  ],
  proven: [
    { fact: 'znode', path: '/lock', kind: 'ephemeral', at: 'leader' },
    '/lock is held again, by an ephemeral znode',
    '/lock 再次被一个 ephemeral znode 持有',
  ],
  atMost: 1,
  solutions: [
    [
      'A new session of the same client',
      '同一客户端的新会话',
      ['A types "connect"', 'when A is connected: A: create -e /lock A'],
    ],
    [
      'Another client takes over',
      '由另一个客户端接手',
      ['new client B', 'when B is connected: B: create -e /lock B'],
    ],
  ],
  misses: [
    ['repaired', 'Waiting for the old session', '等待旧会话', ['wait 5s']],
    ['proven', 'A session, and no lock', '有会话，没有锁', ['new client B', 'wait 3s']],
    [
      'proven',
      'The lock does not end with its holder',
      '锁不随持有者消失',
      ['new client B', 'when B is connected: B: create /lock B'],
    ],
  ],
  hints: [
    [
      'Look at the times of the console’s lines. Did the client try other servers before it was told?',
      '看控制台各行的时间。得知过期之前，客户端试过别的服务器吗？',
    ],
    [
      'An expired session never comes back: `connect` makes a new one.',
      '过期的会话不会回来：`connect` 建立新会话。',
    ],
  ],
  par: 2,
}));
