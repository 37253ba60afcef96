/** The answer of `srvr` in columns, and what a disk looks like from a shell. */
import { formatZxid } from '../../core/zxid.ts';
import type { DiskView } from '../../sim/frame.ts';

/** Those that a person may ask for, the first most. */
export const OPERATOR_WORDS = [
  ...['srvr', 'ruok', 'mntr', 'conf', 'cons', 'dump', 'wchs', 'isro', 'stat', 'envi', 'dirs'],
  'hash',
] as const;

export interface SrvrRow {
  readonly mode: string;
  readonly zxid: string;
  readonly latency: string;
  readonly outstanding: string;
  readonly nodes: string;
}

/** Null where the server says that it does not serve. */
export function srvrRow(text: string): SrvrRow | null {
  const field = (name: string): string =>
    text
      .split('\n')
      .find((line) => line.startsWith(name))
      ?.slice(name.length)
      .trim() ?? '';
  const mode = field('Mode:');
  if (mode === '') return null;
  return {
    mode,
    zxid: field('Zxid:'),
    latency: field('Latency min/avg/max:'),
    outstanding: field('Outstanding:'),
    nodes: field('Node count:'),
  };
}

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
