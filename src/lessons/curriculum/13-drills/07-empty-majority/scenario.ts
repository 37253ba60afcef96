import { drill, did, inLog, onConsole } from '../drill.ts';

/** Two of three came back with empty disks, and are a quorum of nothing. The third has it all. */
export default drill((seed) => {
  const keeper = [3, 1, 2][seed % 3] ?? 3;
  const [one = 1, two = 2] = [1, 2, 3].filter((sid) => sid !== keeper);
  const [k, a, b] = [String(keeper), String(one), String(two)];
  const keeps = (sid: number, en: string, zh: string) =>
    did(`only-${String(sid)}`, [en, zh], { kind: 'wipe', sid });
  return {
    start: [
      'wait until 1, 2, 3 serve',
      'new client A timeout=30s',
      'when A is connected: A: create /app one',
      'wait until znode /app exists',
      'A: create /app/b x',
      'A: create /app/c x',
      'wait until znode /app/c exists',
      'wait 1s',
      'crash 1',
      'crash 2',
      'crash 3',
      `wipe ${a}`,
      'wait 500ms',
      `wipe ${b}`,
      `restart ${a}`,
      `restart ${b}`,
      `wait until ${a}, ${b} serve`,
      'wait 4s',
    ],
    causes: [
      did(
        'wiped',
        [
          'Two servers started with empty disks, and elected each other',
          '两台服务器以空磁盘启动，并互相选举',
        ],
        {
          kind: 'wipe',
          sid: one,
        },
      ),
      did('cut', ['The servers cannot reach each other', '服务器之间互不可达'], { kind: 'cut' }),
      did('rotten', ['The logs of two servers are damaged', '两台服务器的日志损坏'], {
        kind: 'damage',
      }),
      keeps(keeper, `Server ${k} lost its data`, `服务器 ${k} 丢失了数据`),
    ],
    proofs: [
      inLog('^Refusing session.* as it has seen zxid'),
      inLog('^Database loaded: lastProcessedZxid=0x0, 0 transactions', two),
      onConsole('Closing socket connection'),
    ],
    evidence: 1,
    repaired: [
      { fact: 'znode', path: '/app/c', at: 'leader' },
      'The data are back: /app/c is there, at the leader',
      '数据回来了：leader 上有 /app/c',
    ],
    proven: [
      { fact: 'znode', path: '/app', text: 'fixed', at: 'leader' },
      'A client can write: set /app fixed',
      '客户端可以写入：set /app fixed',
    ],
    atMost: 6,
    solutions: [
      [
        'The one with data leads',
        '让有数据的那台领导',
        [
          `crash ${a}`,
          `crash ${b}`,
          'wait 1s',
          `restart ${k}`,
          `restart ${a}`,
          `wait until ${k}, ${a} serve`,
          'when A is connected: A: set /app fixed',
        ],
      ],
      [
        'The empty ones are emptied again first',
        '先再次清空两台空的',
        [
          `crash ${a}`,
          `crash ${b}`,
          'wait 1s',
          `wipe ${b}`,
          `restart ${k}`,
          `restart ${b}`,
          `wait until ${k}, ${b} serve`,
          'when A is connected: A: set /app fixed',
        ],
      ],
    ],
    misses: [
      [
        'repaired',
        'The one with data joins the empty ones',
        '让有数据的那台加入空的多数派',
        [`restart ${k}`, 'wait until 1, 2, 3 serve', 'wait 2s'],
      ],
      [
        'repaired',
        'The client is started anew',
        '重启客户端',
        ['kill A', 'new client B', 'wait 3s'],
      ],
      [
        'proven',
        'Nothing is written',
        '没有写入',
        [
          `crash ${a}`,
          `crash ${b}`,
          'wait 1s',
          `restart ${k}`,
          `restart ${a}`,
          `wait until ${k}, ${a} serve`,
        ],
      ],
    ],
    hints: [
      [
        'What zxid do the two servers that serve have, and what has the client seen?',
        '正在服务的两台的 zxid 是多少？客户端见过的又是多少？',
      ],
      [
        'Whoever joins a leader takes over the leader’s history. Stop the empty ones first.',
        '谁加入 leader，谁就接受 leader 的历史。先停掉空的那两台。',
      ],
      [
        'Then start the one with data and one empty server: the larger zxid wins the election.',
        '然后启动有数据的那台和一台空的：zxid 大的赢得选举。',
      ],
    ],
    par: 5,
  };
});
