import { ALL_SERVE, byWord, did, drill, FIXED, inLog } from '../drill.ts';

const FIX = 'when A is connected: A: set /app fixed';

/** The leader is there no more: its machine stands still, or has lost power. */
export default drill((seed) => {
  const isFrozen = seed % 2 === 1;
  const mend = isFrozen ? 'resume 3' : 'restart 3';
  return {
    start: [
      'wait until 1, 2, 3 serve',
      'new client A servers=1, 2 timeout=20s',
      'when A is connected: A: create /app one',
      'wait until znode /app exists',
      isFrozen ? 'pause 3' : 'crash 3 silent',
      'wait until 1, 2 serve',
      'wait until 2 is LEADING',
      'wait 3s',
    ],
    causes: [
      did('frozen', ['The machine of server 3 stands still', '服务器 3 的机器停住不动'], {
        kind: 'pause',
        process: 3,
      }),
      did('power', ['The machine of server 3 lost power', '服务器 3 的机器断电'], {
        kind: 'crash',
        sid: 3,
      }),
      did('network', ['Server 3 is cut off', '服务器 3 被隔断'], { kind: 'partition' }),
      did('disk', ['The disk of server 3 is full', '服务器 3 的磁盘已满'], { kind: 'disk' }),
    ],
    proofs: [
      inLog('Exception when following the leader: Read timed out'),
      byWord('srvr', '^Mode: leader', 2),
      byWord('mntr', '^zk_synced_followers\\t1(\\.0)?$', 2),
    ],
    evidence: 2,
    repaired: ALL_SERVE,
    proven: FIXED,
    atMost: 1,
    solutions: [
      ['Server 3 comes back', '让服务器 3 回来', [mend, 'wait until 1, 2, 3 serve', FIX]],
      [
        'A write before and behind',
        '前后各写一次',
        ['when A is connected: A: set /app before', mend, 'wait until 1, 2, 3 serve', FIX],
      ],
    ],
    misses: [
      ['repaired', 'Two are enough', '两台就够了', [FIX]],
      [
        'repaired',
        'The new leader is restarted',
        '重启新的 leader',
        ['crash 2', 'wait 1s', 'restart 2', 'wait 4s'],
      ],
      ['proven', 'Nothing is written', '没有写入', [mend, 'wait until 1, 2, 3 serve']],
      [
        'budget',
        'The new leader too',
        '连新 leader 也重启',
        [
          mend,
          'wait until 1, 2, 3 serve',
          'crash 2',
          'wait 1s',
          'restart 2',
          'wait until 1, 2, 3 serve',
          FIX,
        ],
      ],
    ],
    hints: [
      [
        'Nothing was said, only silence: “Read timed out”. Does the log of server 3 end, and does its process run?',
        '没有告别，只有沉默：“Read timed out”。服务器 3 的日志停了吗？进程还在吗？',
      ],
      ['It comes back as a follower of the new epoch.', '它会作为新 epoch 的 follower 回来。'],
    ],
    par: 2,
  };
});
