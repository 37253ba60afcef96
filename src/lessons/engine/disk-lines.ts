/** What a server's disk looks like from a shell. */
import { formatZxid } from '../../core/zxid.ts';
import type { DiskView } from '../../sim/frame.ts';

/** As `df` and `ls version-2` print it. */
export function diskLines(disk: DiskView): readonly string[] {
  const short = (zxid: Parameters<typeof formatZxid>[0]): string =>
    formatZxid(zxid).replace(/^0x/, '');
  const files = [
    ...(disk.acceptedEpoch === null ? [] : ['acceptedEpoch']),
    ...(disk.currentEpoch === null ? [] : ['currentEpoch']),
    ...(disk.firstZxid === null ? [] : [`log.${short(disk.firstZxid)}`]),
    ...disk.snapshots.map(({ zxid }) => `snapshot.${short(zxid)}`),
  ];
  return [
    '$ df --output=pcent,target /data',
    `${disk.faults.full ? '100%' : ' 12%'} /data`,
    '$ ls /data/version-2',
    ...files,
  ];
}
