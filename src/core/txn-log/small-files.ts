/**
 * The files of a data directory that hold one number as text: the epochs, and myid.
 *
 * Source: QuorumPeer.readLongFromFile, writeLongToFile; QuorumPeerConfig.setupMyId (3.9).
 */
import type { DiskImage } from './disk-image.ts';
import type { AnyFile, DataFile } from './file-report.ts';

export type EpochReport = AnyFile & { readonly kind: 'epoch'; readonly epoch: number | null };
export type MyIdReport = AnyFile & { readonly kind: 'myid'; readonly sid: number | null };

const EPOCH_FILES = ['acceptedEpoch', 'currentEpoch', 'currentEpoch.tmp'];

export function isEpochFile(name: string): boolean {
  return EPOCH_FILES.includes(name);
}

/** What stands in the file: the digits and no more. */
export function encodeEpochFile(epoch: number): Uint8Array {
  return new TextEncoder().encode(String(epoch));
}

export function readEpochFiles(files: readonly DataFile[]): readonly EpochReport[] {
  return EPOCH_FILES.flatMap((name) => {
    const file = files.find((f) => f.name === name);
    return file === undefined ? [] : [readEpochFile(file)];
  });
}

type Epochs = Pick<
  DiskImage,
  'acceptedEpoch' | 'currentEpoch' | 'currentEpochTmp' | 'epochProblem'
>;

/** The epochs as recovery takes them. */
export function epochsOf(files: readonly DataFile[]): Epochs {
  const reports = readEpochFiles(files);
  const epochIn = (name: string): number | null =>
    reports.find((report) => report.name === name)?.epoch ?? null;
  const tmp = epochIn('currentEpoch.tmp');
  const refused = reports.find(({ damage }) => damage?.outcome === 'refused')?.damage ?? null;
  return {
    acceptedEpoch: epochIn('acceptedEpoch'),
    currentEpoch: epochIn('currentEpoch'),
    ...(tmp === null ? {} : { currentEpochTmp: tmp }),
    ...(refused === null ? {} : { epochProblem: refused.reason }),
  };
}

function readEpochFile(file: DataFile): EpochReport {
  const { name, bytes } = file;
  const line = firstLine(file);
  const epoch = /^[+-]?\d{1,15}$/.test(line ?? '') ? Number(line) : null;
  const reason = `Found ${line ?? 'null'} in ${name}`;
  const outcome = name.endsWith('.tmp') ? 'passedOver' : 'refused';
  const damage = epoch === null ? ({ at: 0, reason, outcome } as const) : null;
  return { kind: 'epoch', name, size: bytes.length, epoch, damage };
}

export function readMyId(files: readonly DataFile[]): MyIdReport | null {
  const file = files.find(({ name }) => name === 'myid');
  if (file === undefined) return null;
  const line = firstLine(file);
  const sid = /^\s*\d{1,15}\s*$/.test(line ?? '') ? Number(line) : null;
  const reason = `serverid ${line ?? 'null'} is not a number`;
  const damage = sid === null ? ({ at: 0, reason, outcome: 'refused' } as const) : null;
  return { kind: 'myid', name: 'myid', size: file.bytes.length, sid, damage };
}

/** Null where there is none: Java's readLine says so of an empty file. */
function firstLine({ bytes }: DataFile): string | null {
  if (bytes.length === 0) return null;
  const text = new TextDecoder().decode(bytes.subarray(0, 64));
  return text.split(/\r\n|\r|\n/)[0] ?? '';
}
