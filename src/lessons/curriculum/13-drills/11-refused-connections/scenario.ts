import { stage } from '../../../scenarios/world.ts';
import { byWord, configured, did, drill, followerOf, inLog, onConsole } from '../drill.ts';

/** One client gets in nowhere: its server takes no more connections, or the way there is cut. */
export default drill((seed) => {
  const server = String(followerOf(seed));
  const isLimit = seed % 4 < 2;
  return {
    world: stage(3, 0, isLimit ? { maxCnxns: 3 } : {}),
    start: [
      'wait until 1, 2, 3 serve',
      ...['A', 'B', 'C'].map((name) => `new client ${name} servers=${server} timeout=10s`),
      ...['A', 'B', 'C'].map((name) => `wait until ${name} is connected`),
      `new client D servers=${server} timeout=10s`,
      ...(isLimit ? [] : [`cut D <-> ${server}`]),
      'wait 8s',
    ],
    causes: [
      configured(
        'limit',
        ['The server has as many connections as it may have', '服务器的连接数已达上限'],
        {
          maxCnxns: 3,
        },
      ),
      did('network', ['The client does not reach the server', '客户端到不了服务器'], {
        kind: 'cut',
      }),
      did('down', ['The server is down', '服务器已停机'], { kind: 'crash' }),
      did('frozen', ['The server stands still', '服务器停住不动'], { kind: 'pause' }),
    ],
    proofs: [
      onConsole('Session 0x0 for server', 'D'),
      byWord('srvr', '^Connections: 3$', Number(server)),
      ...(isLimit ? [inLog('Too many connections max allowed is 3')] : []),
    ],
    evidence: 2,
    repaired: [{ fact: 'client', client: 'D', is: 'connected' }, 'D has a session', 'D 拥有会话'],
    proven: [
      { fact: 'znode', path: '/in', kind: 'ephemeral', owner: 'D', at: 'leader' },
      'D can write: create -e /in',
      'D 可以写入：create -e /in',
    ],
    atMost: 1,
    solutions: isLimit
      ? [
          [
            'One client goes',
            '让一个客户端离开',
            ['A: close', 'when D is connected: D: create -e /in'],
          ],
          [
            'One client is killed',
            '杀死一个客户端',
            ['kill B', 'when D is connected: D: create -e /in'],
          ],
        ]
      : [
          [
            'That link',
            '修复那条链路',
            [`heal D <-> ${server}`, 'when D is connected: D: create -e /in'],
          ],
          ['Every link', '所有链路', ['heal', 'when D is connected: D: create -e /in']],
        ],
    misses: [
      ['repaired', 'Waiting', '等待', ['wait 5s']],
      ['repaired', 'One more client', '再来一个客户端', ['new client E', 'wait 3s']],
      [
        'proven',
        'Nothing is written',
        '没有写入',
        [isLimit ? 'kill A' : 'heal', 'wait until D is connected'],
      ],
      [
        'budget',
        'The server is restarted',
        '重启服务器',
        [
          ...(isLimit ? ['kill A'] : ['heal']),
          `crash ${server}`,
          'wait 1s',
          `restart ${server}`,
          'when D is connected: D: create -e /in',
        ],
      ],
    ],
    hints: [
      [
        'Does the connection get established before it is closed? Then something answers.',
        '连接在关闭之前建立成功了吗？若是，对面有人应答。',
      ],
      [
        '`cons` lists who is connected. A client that needs no session may close it.',
        '`cons` 列出谁连着。不需要会话的客户端可以关闭它。',
      ],
    ],
    par: 2,
  };
});
