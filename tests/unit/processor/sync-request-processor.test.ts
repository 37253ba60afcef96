/** A disk that takes long: what the log's thread says of it. */
import { expect, it } from 'vitest';
import type { Micros } from '../../../src/core/units.ts';
import { connect, creating, finishDisk, newRig, send } from './standalone-rig.ts';

it.each([
  [1_000, []],
  [
    1_001,
    [
      'FileTxnLog: fsync-ing the write ahead log in SyncThread:0 took 1001ms which will adversely ' +
        'effect operation latency. File size is 67108880 bytes. See the ZooKeeper troubleshooting guide',
    ],
  ],
])('a sync of %i ms', (millis, warnings) => {
  const rig = newRig();
  const conn = connect(rig);
  rig.diskIsSlow = true;
  send(rig, conn, creating('/slow'));
  rig.now = (rig.now + millis * 1000) as Micros;
  finishDisk(rig);
  expect(rig.warnings).toEqual(warnings);
  expect(rig.server.zks?.stats.fsyncThresholdExceedCount).toBe(warnings.length);
});
