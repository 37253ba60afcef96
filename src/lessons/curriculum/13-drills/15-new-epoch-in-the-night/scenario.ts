import { stage } from '../../../scenarios/world.ts';
import { ALL_SERVE, byWord, configured, did, drill, FIX, FIXED, inLog } from '../drill.ts';

/** All is well, and yet there was an election: the counter of zxids ran out, or a leader crashed. */
export default drill((seed) => {
  const isRollover = seed % 2 === 1;
  const writes = Array.from({ length: 9 }, (_, n) => `A: set /app ${String(n)}`);
  return {
    world: stage(3, 0, isRollover ? { initialCounter: 0xff_ff_ff_f8 } : {}),
    start: [
      'wait until 1, 2, 3 serve',
      'new client A servers=1, 2 timeout=20s',
      'when A is connected: A: create /app one',
      'wait until znode /app exists',
      ...writes,
      'wait 2s',
      ...(isRollover ? [] : ['crash 3', 'wait until 1, 2 serve', 'wait 1s', 'restart 3']),
      'wait until 1, 2, 3 serve',
      'wait until A is connected',
      'wait 2s',
    ],
    causes: [
      configured(
        'rollover',
        ['The counter in the low 32 bits of the zxid ran out', 'zxid 低 32 位的计数器用尽'],
        {
          initialCounter: 0xff_ff_ff_f8,
        },
      ),
      did('crash', ['The leader crashed, and came back', 'leader 崩溃后又回来'], { kind: 'crash' }),
      did('pause', ['The leader stood still for a while', 'leader 停住了一段时间'], {
        kind: 'pause',
      }),
      did('network', ['The leader was cut off for a while', 'leader 一度被隔断'], { kind: 'cut' }),
    ],
    proofs: [
      byWord('srvr', '^Zxid: 0x[2-9a-f][0-9a-f]{8}$'),
      isRollover
        ? inLog('zxid lower 32 bits have rolled over')
        : inLog('^Database loaded: lastProcessedZxid=0x1', 3),
      inLog('^Shutdown called\\. Exception when following the leader'),
    ],
    evidence: 2,
    repaired: ALL_SERVE,
    proven: FIXED,
    atMost: 0,
    solutions: [
      ['One write', '写一次', [FIX]],
      ['Read, then write', '先读再写', ['A: get /app', 'wait 500ms', FIX]],
    ],
    misses: [
      ['proven', 'Only read', '只读', ['A: get /app']],
      [
        'budget',
        'The leader is restarted',
        '重启 leader',
        ['crash leader', 'wait 1s', 'restart last', 'wait until 1, 2, 3 serve', FIX],
      ],
      [
        'budget',
        'A follower is restarted',
        '重启 follower',
        ['crash 1', 'wait 1s', 'restart 1', 'wait until 1, 2, 3 serve', FIX],
      ],
    ],
    hints: [
      [
        'Compare the epochs, the digits before the last eight of `Zxid:`. Why did the old leader step down?',
        '比较 epoch，即 `Zxid:` 末八位之前的数字。旧 leader 为什么退位？',
      ],
      ['The ensemble has helped itself. Show that it works.', 'ensemble 已经自愈。证明它正常。'],
    ],
    par: 1,
  };
});
