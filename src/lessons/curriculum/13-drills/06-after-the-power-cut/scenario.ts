import { BEGUN, byWord, did, drill, FIX, FIXED, followerOf, inLog } from '../drill.ts';

/** A warning that is none: a log whose tail is torn is cut there, and the rest is sent again. */
export default drill((seed) => {
  const torn = followerOf(seed);
  const at = String(torn);
  return {
    start: [
      ...BEGUN,
      'A: create /app/b x',
      'A: create /app/c x',
      'wait until znode /app/c exists',
      'wait 1s',
      `crash ${at} silent`,
      `damage ${at} log-tail`,
      'wait 2s',
      `restart ${at}`,
      'wait until 1, 2, 3 serve',
      'wait 500ms',
    ],
    causes: [
      did(
        'torn',
        ['The last record of a log was half written', '某份日志的最后一条记录只写了一半'],
        {
          kind: 'damage',
          what: 'logTail',
        },
      ),
      did('rotten', ['A record in the middle of a log is damaged', '某份日志中间的记录损坏'], {
        kind: 'damage',
        what: 'logMiddle',
      }),
      did('snapshot', ['A snapshot is damaged', '某个快照损坏'], {
        kind: 'damage',
        what: 'snapshot',
      }),
      did('full', ['A disk has no space left', '某个磁盘没有空间'], { kind: 'disk' }),
    ],
    proofs: [
      inLog('^Last transaction was partial', torn),
      inLog('^Using committedLog for peer sid', 3),
      byWord('srvr', '^Mode: follower', torn),
    ],
    evidence: 2,
    repaired: [
      { fact: 'all', of: [{ fact: 'allServe' }, { fact: 'agree' }] },
      'All servers serve, and have the same tree',
      '所有服务器都在服务，且数据树相同',
    ],
    proven: FIXED,
    atMost: 0,
    solutions: [
      ['One write', '写一次', [FIX]],
      ['Look, then write', '先看再写', ['A: get /app', 'wait 500ms', 'A: set /app fixed']],
    ],
    misses: [
      [
        'budget',
        'The server is built anew',
        '重建该服务器',
        [`crash ${at}`, 'wait 1s', `wipe ${at}`, `restart ${at}`, 'wait until 1, 2, 3 serve', FIX],
      ],
      [
        'budget',
        'Started once more, to be sure',
        '以防万一再重启一次',
        [`crash ${at}`, 'wait 1s', `restart ${at}`, 'wait until 1, 2, 3 serve', FIX],
      ],
      ['proven', 'Nothing is written', '没有写入', ['A: get /app']],
    ],
    hints: [
      [
        'Is the server serving? What did the leader send it: DIFF or SNAP?',
        '这台服务器在服务吗？leader 给它发的是 DIFF 还是 SNAP？',
      ],
      ['Show that it works, and leave it alone.', '证明它正常，然后别动它。'],
    ],
    par: 1,
  };
});
