import { ALL_SERVE, BEGUN, byWord, did, drill, FIX, FIXED, followerOf, inLog } from '../drill.ts';

/** A follower looks for a leader for ever: nothing gets through in one of the two directions. */
export default drill((seed) => {
  const lost = followerOf(seed);
  const at = String(lost);
  const isFrom = seed % 4 < 2;
  const way = isFrom ? `3 -> ${at}` : `${at} -> 3`;
  return {
    start: [...BEGUN, `cut ${way}`, 'wait 12s'],
    causes: [
      did(
        'from-leader',
        ['Nothing gets from the leader to that server', 'leader 到该服务器方向不通'],
        {
          kind: 'cut',
          from: 3,
        },
      ),
      did(
        'to-leader',
        ['Nothing gets from that server to the leader', '该服务器到 leader 方向不通'],
        {
          kind: 'cut',
          to: 3,
        },
      ),
      did('pause', ['The process of that server stands still', '该服务器的进程停住不动'], {
        kind: 'pause',
      }),
      did('down', ['That server is down', '该服务器已停机'], { kind: 'crash' }),
    ],
    proofs: [
      inLog('^Notification time out: \\d+ ms', lost),
      byWord('srvr', 'not currently serving requests', lost),
      inLog(`GOODBYE sid:${at} `, 3),
      inLog('Exception when following the leader', lost),
    ],
    evidence: 2,
    repaired: ALL_SERVE,
    proven: FIXED,
    atMost: 1,
    solutions: [
      ['That one direction', '只修那一个方向', [`heal ${way}`, 'wait until 1, 2, 3 serve', FIX]],
      ['Every link', '所有链路', ['heal', 'wait until 1, 2, 3 serve', FIX]],
    ],
    misses: [
      [
        'repaired',
        'The server is restarted',
        '重启该服务器',
        [`crash ${at}`, 'wait 1s', `restart ${at}`, 'wait 4s', FIX],
      ],
      ['proven', 'Nothing is written', '没有写入', ['heal', 'wait until 1, 2, 3 serve']],
      [
        'budget',
        'A restart beside it',
        '又多重启一次',
        ['heal', `crash ${at}`, 'wait 1s', `restart ${at}`, 'wait until 1, 2, 3 serve', FIX],
      ],
    ],
    hints: [
      [
        'Who gave up first? “Read timed out” is said by the side that heard nothing.',
        '谁先放弃？说 “Read timed out” 的一方是没有听到任何消息的一方。',
      ],
      ['Heal the link; its process has done nothing wrong.', '修复链路；进程本身没有问题。'],
    ],
    par: 2,
  };
});
