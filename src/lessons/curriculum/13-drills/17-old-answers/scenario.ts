import { byWord, did, drill, followerOf, onConsole } from '../drill.ts';

/** A reader sees old values: COMMITs of the leader come late to the server it reads from. */
export default drill((seed) => {
  const late = followerOf(seed);
  const at = String(late);
  const other = (sid: number, en: string, zh: string) =>
    did(`link-${String(sid)}`, [en, zh], { kind: 'latency', to: sid });
  return {
    start: [
      'wait until 1, 2, 3 serve',
      'new client A servers=3 timeout=20s',
      `new client B servers=${at} timeout=20s`,
      'when A is connected: A: create /app one',
      'wait until znode /app exists',
      'wait until B is connected',
      `latency 3 -> ${at} 1200ms`,
      'A: set /app two',
      'wait 2500ms',
      'A: set /app three',
      'wait 500ms',
      'B: get /app',
      'wait 2s',
    ],
    causes: [
      other(1, 'What the leader sends reaches server 1 late', 'leader 发出的消息很晚才到服务器 1'),
      other(2, 'What the leader sends reaches server 2 late', 'leader 发出的消息很晚才到服务器 2'),
      did('disk', ['The disk of the leader is slow', 'leader 的磁盘很慢'], { kind: 'disk' }),
      did('cut', ['A server is cut off, and answers from memory', '某台服务器被隔断，凭内存应答'], {
        kind: 'cut',
      }),
    ],
    proofs: [
      byWord('mntr', '^zk_max_propagation_latency\\t\\d{4,}$', late),
      onConsole('^two$', 'B'),
    ],
    evidence: 2,
    repaired: [{ fact: 'noFaults' }, 'No link is slow', '没有慢的链路'],
    proven: [
      { fact: 'znode', path: '/app', text: 'fixed', at: 'every' },
      '/app holds “fixed”, at every server',
      '每台服务器上 /app 都是 “fixed”',
    ],
    atMost: 1,
    solutions: [
      ['That link', '修复那条链路', [`latency 3 -> ${at} usual`, 'A: set /app fixed']],
      [
        'The reader writes, and syncs',
        '由读者写入并 sync',
        [
          `latency 3 -> ${at} usual`,
          'wait 1500ms',
          'B: set /app fixed',
          'B: sync /app',
          'B: get /app',
        ],
      ],
    ],
    misses: [
      [
        'repaired',
        'The reader syncs',
        '读者执行 sync',
        ['B: sync /app', 'wait 3s', 'B: set /app fixed', 'wait 3s'],
      ],
      ['proven', 'Nothing is written', '没有写入', [`latency 3 -> ${at} usual`, 'wait 1s']],
      [
        'budget',
        'The server is restarted too',
        '连服务器也重启',
        [
          `latency 3 -> ${at} usual`,
          `crash ${at}`,
          'wait 1s',
          `restart ${at}`,
          'wait until 1, 2, 3 serve',
          'A: set /app fixed',
        ],
      ],
    ],
    hints: [
      [
        'Compare `zk_max_propagation_latency` of the servers: how old a change is when it is applied.',
        '比较各服务器的 `zk_max_propagation_latency`：更改被应用时已有多旧。',
      ],
      [
        '`sync` makes one read fresh. The slow link stays slow.',
        '`sync` 让一次读变新，慢链路依然慢。',
      ],
    ],
    par: 2,
  };
});
