import { ALL_SERVE, BEGUN, byWord, did, drill, FIX, FIXED } from '../drill.ts';
import { followerOf, inLog, onDisk } from '../drill.ts';

/** One of three is not there: its disk was full, or its machine lost power. */
export default drill((seed) => {
  const gone = followerOf(seed);
  const at = String(gone);
  const isFull = seed % 4 < 2;
  return {
    start: [
      ...BEGUN,
      ...(isFull ? [`disk ${at} full`, 'A: set /app two'] : [`crash ${at} silent`]),
      'wait 6s',
      'A: set /app three',
      'wait 1s',
    ],
    causes: [
      did('full', ['The disk of a server is full', '某台服务器的磁盘已满'], { kind: 'disk' }),
      did('power', ['The machine of a server lost power', '某台服务器的机器断电'], {
        kind: 'crash',
      }),
      did('network', ['A server is cut off from the others', '某台服务器与其他服务器断开'], {
        kind: 'cut',
      }),
      did('pause', ['A server stands still', '某台服务器停住不动'], { kind: 'pause' }),
    ],
    proofs: [
      byWord('mntr', '^zk_synced_followers\\t1(\\.0)?$', 3),
      inLog(`GOODBYE sid:${at} `, 3),
      ...(isFull ? [inLog('No space left on device', gone), onDisk('^100% ', gone)] : []),
    ],
    evidence: 2,
    repaired: ALL_SERVE,
    proven: FIXED,
    atMost: isFull ? 2 : 1,
    solutions: [
      [
        'Space, then a restart',
        '先腾出空间，再重启',
        [
          ...(isFull ? [`disk ${at} healthy`] : []),
          `restart ${at}`,
          'wait until 1, 2, 3 serve',
          FIX,
        ],
      ],
      [
        'A write first, and one more behind',
        '先写一次，修好后再写一次',
        [
          'A: set /app before',
          ...(isFull ? [`disk ${at} healthy`] : []),
          `restart ${at}`,
          'wait until 1, 2, 3 serve',
          FIX,
        ],
      ],
    ],
    misses: [
      ['repaired', 'It works with two: leave it', '两台也能工作：不管它', ['A: set /app fixed']],
      [
        'budget',
        'Its data are thrown away',
        '丢弃它的数据',
        [
          ...(isFull ? [`disk ${at} healthy`] : []),
          `wipe ${at}`,
          `restart ${at}`,
          'wait until 1, 2, 3 serve',
          FIX,
        ],
      ],
      [
        'proven',
        'Nothing is written',
        '没有写入',
        [...(isFull ? [`disk ${at} healthy`] : []), `restart ${at}`, 'wait until 1, 2, 3 serve'],
      ],
    ],
    hints: [
      [
        'Read the last lines of the log of the server that does not answer: did it say goodbye?',
        '读一读不应答的那台服务器日志的最后几行：它留下遗言了吗？',
      ],
      ['Mend what ended it before you start it again.', '先修好使它退出的东西，再启动它。'],
    ],
    par: isFull ? 3 : 2,
  };
});
