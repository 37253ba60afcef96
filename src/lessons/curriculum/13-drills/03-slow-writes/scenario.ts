import { BEGUN, byWord, did, drill, FIX, FIXED, inLog } from '../drill.ts';

/** Every write takes long: both followers sync slowly, or their answers travel slowly. */
export default drill((seed) => {
  const isDisk = seed % 2 === 1;
  const mend = (sid: number): string =>
    isDisk ? `disk ${String(sid)} healthy` : `latency ${String(sid)} -> 3 usual`;
  const harm = (sid: number): string =>
    isDisk ? `disk ${String(sid)} slow 250x` : `latency ${String(sid)} -> 3 1200ms`;
  return {
    start: [
      ...BEGUN,
      harm(1),
      harm(2),
      'A: set /app two',
      'wait 3s',
      'A: set /app three',
      'wait 3s',
    ],
    causes: [
      did('disks', ['The disks of both followers are slow', '两个 follower 的磁盘都很慢'], {
        kind: 'disk',
        sid: 1,
      }),
      did(
        'links',
        ['The way from the followers to the leader is slow', 'follower 到 leader 的链路很慢'],
        {
          kind: 'latency',
          to: 3,
        },
      ),
      did('leader-disk', ['The disk of the leader is slow', 'leader 的磁盘很慢'], {
        kind: 'disk',
        sid: 3,
      }),
      did('client', ['The client stands still now and then', '客户端不时停顿'], { kind: 'pause' }),
    ],
    proofs: [
      byWord('srvr', '^Latency min/avg/max: .*/\\d{3,}$', 3),
      isDisk
        ? byWord('mntr', '^zk_(max|avg)_fsynctime\\t\\d{3,}')
        : byWord('mntr', '^zk_(max|avg)_fsynctime\\t\\d{1,2}(\\.\\d+)?$', 1),
      ...(isDisk ? [inLog('fsync-ing the write ahead log')] : []),
    ],
    evidence: 2,
    repaired: [{ fact: 'noFaults' }, 'Nothing is slow any more', '不再有任何缓慢之处'],
    proven: FIXED,
    atMost: 2,
    solutions: [
      ['Server 1 first', '先修服务器 1', [mend(1), mend(2), FIX]],
      ['Server 2 first', '先修服务器 2', [mend(2), 'wait 1s', mend(1), FIX]],
    ],
    misses: [
      ['repaired', 'Only one of them', '只修一处', [mend(1), FIX]],
      [
        'repaired',
        'The leader is restarted',
        '重启 leader',
        ['crash 3', 'wait 1s', 'restart 3', 'wait 2s'],
      ],
      ['proven', 'Nothing is written', '没有写入', [mend(1), mend(2)]],
      [
        'budget',
        'A restart for good measure',
        '顺手再重启一次',
        [mend(1), mend(2), 'crash 1', 'wait 1s', 'restart 1', 'wait until 1, 2, 3 serve', FIX],
      ],
    ],
    hints: [
      [
        'A commit waits for a quorum: for the faster follower. Compare `zk_max_fsynctime` of all three.',
        'commit 要等 quorum：等较快的那个 follower。比较三台的 `zk_max_fsynctime`。',
      ],
    ],
    par: 3,
  };
});
