import { ALL_SERVE, BEGUN, byWord, did, drill, FIX, FIXED } from '../drill.ts';
import { followerOf, inLog, onDisk } from '../drill.ts';

/** A server ends at every start: a record in its log is rotten, or its disk has no space. */
export default drill((seed) => {
  const bad = followerOf(seed);
  const at = String(bad);
  const isRotten = seed % 4 < 2;
  const mend = isRotten ? `wipe ${at}` : `disk ${at} healthy`;
  return {
    start: [
      ...BEGUN,
      'A: create /app/b x',
      'A: create /app/c x',
      'wait until znode /app/c exists',
      'wait 1s',
      `crash ${at}`,
      isRotten ? `damage ${at} log-middle` : `disk ${at} full`,
      'A: set /app two',
      'wait 1s',
      `restart ${at}`,
      'wait 3s',
    ],
    causes: [
      did('log', ['A record in the middle of its log is damaged', '它的日志中间有一条记录损坏'], {
        kind: 'damage',
        what: 'logMiddle',
      }),
      did('torn', ['The last record of its log is incomplete', '它的日志最后一条记录不完整'], {
        kind: 'damage',
        what: 'logTail',
      }),
      did('full', ['Its disk has no space left', '它的磁盘没有空间'], { kind: 'disk' }),
      did('network', ['It reaches no other server', '它无法到达其他服务器'], { kind: 'cut' }),
    ],
    proofs: [
      inLog(isRotten ? 'CRC check failed' : 'No space left on device', bad),
      ...(isRotten ? [] : [onDisk('^100% ', bad)]),
      inLog('^Exiting JVM with code', bad),
      byWord('mntr', '^zk_synced_followers\\t1(\\.0)?$', 3),
    ],
    evidence: 2,
    repaired: ALL_SERVE,
    proven: FIXED,
    atMost: 2,
    solutions: [
      ['Mend and start', '修复并启动', [mend, `restart ${at}`, 'wait until 1, 2, 3 serve', FIX]],
      [
        'Write while it is away',
        '它不在时先写入',
        ['A: set /app busy', mend, `restart ${at}`, 'wait until 1, 2, 3 serve', FIX],
      ],
    ],
    misses: [
      ['repaired', 'Started once more', '再启动一次', [`restart ${at}`, 'wait 2s', FIX]],
      [
        'proven',
        'Nothing is written',
        '没有写入',
        [mend, `restart ${at}`, 'wait until 1, 2, 3 serve'],
      ],
      [
        'budget',
        'Tried, and tried again',
        '试了又试',
        [`restart ${at}`, 'wait 3s', mend, `restart ${at}`, 'wait until 1, 2, 3 serve', FIX],
      ],
    ],
    hints: [
      [
        'Its log says why it ends, in the line before “Exiting”.',
        '它的日志在 “Exiting” 前一行说明了退出原因。',
      ],
      [
        'Two healthy servers have everything. A member with a rotten log may begin anew: wipe, restart.',
        '两台健康的服务器拥有全部数据。日志损坏的成员可以从头来：wipe，然后重启。',
      ],
    ],
    par: 3,
  };
});
