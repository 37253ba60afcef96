/** Reads data directories that a person brings, and packs those that she takes away. */
import { zipSync, type Zippable } from 'fflate';
import { defined } from '../../core/assert.ts';
import { DEFAULT_CONFIG } from '../../core/config.ts';
import { readDataDir, type DataDirReport, type FileReport } from '../../core/txn-log/data-dir.ts';
import type { DataFile } from '../../core/txn-log/file-report.ts';
import { logRows, type LogRow } from '../../core/txn-log/log-format.ts';
import { encodeDataDir } from '../../core/txn-log/write-data-dir.ts';
import type { DirReading, FilesApi, GivenFile, PackedFile, Reading, Rows } from './api.ts';
import { dirOf, groupByDir, type FoundDir } from './group.ts';
import { logRowView, snapshotRowViews } from './rows.ts';
import { gunzip, unpack } from './unpack.ts';
import { judge, startImage } from './verdict.ts';

const { release: RELEASE } = DEFAULT_CONFIG;

/** A directory with what was read of it, and the log that was looked at last. */
interface OpenDir {
  readonly found: FoundDir;
  readonly report: DataDirReport;
  readonly reading: DirReading;
  shown: { readonly name: string; readonly rows: readonly LogRow[] } | null;
}

export function createFilesHost(): FilesApi {
  let dirs: readonly OpenDir[] = [];
  const dirAt = (index: number): OpenDir => defined(dirs[index], 'a directory that was read');
  return {
    read: async (given) => {
      dirs = [];
      const { reading, open } = await read(given);
      dirs = open;
      return reading;
    },
    rows: (dir, file, from, count) => Promise.resolve(rowsOf(dirAt(dir), file, from, count)),
    diskOf: (dir) => Promise.resolve(diskOf(dirAt(dir))),
    pack: (files) => Promise.resolve(pack(files)),
  };
}

async function read(
  given: readonly GivenFile[],
): Promise<{ reading: Reading; open: readonly OpenDir[] }> {
  const { files, refused, others } = await unpack(given);
  const open = groupByDir(files).map((found): OpenDir => {
    const report = readDataDir(found.files, { release: RELEASE, gunzip });
    const reading: DirReading = {
      path: found.path,
      files: report.files.map((file) => ({
        ...file,
        size: found.sizes.get(file.name) ?? file.size,
      })),
      sid: report.sid,
      remove: report.remove,
      verdict: judge(report.image),
      partial: refused.some(({ path }) => dirOf(path) === found.path),
    };
    return { found, report, reading, shown: null };
  });
  return { reading: { dirs: open.map(({ reading }) => reading), refused, others }, open };
}

function rowsOf(dir: OpenDir, name: string, from: number, count: number): Rows {
  const report = dir.report.files.find((file) => file.name === name);
  const file = dir.found.files.find((f) => f.name === name);
  if (report === undefined || file === undefined) return { kind: 'none', total: 0 };
  switch (report.kind) {
    case 'log': {
      if (dir.shown?.name !== name) dir.shown = { name, rows: rowsToShow(file) };
      const { rows } = dir.shown;
      const page = rows.slice(from, from + count);
      const views = page.map((row) => logRowView(row, report.damage));
      return { kind: 'log', total: rows.length, rows: views };
    }
    case 'snapshot':
      return snapshotRows(dir, report, from, count);
    case 'epoch':
    case 'myid':
      return { kind: 'text', total: 1, text: new TextDecoder().decode(file.bytes.slice(0, 200)) };
    default:
      return { kind: 'none', total: 0 };
  }
}

/** A file that ends right behind its header, or before it, has nothing torn in it. */
function rowsToShow({ name, bytes }: DataFile): readonly LogRow[] {
  return bytes.length === 0 ? [] : logRows(name, bytes);
}

function snapshotRows(
  { report }: OpenDir,
  file: Extract<FileReport, { kind: 'snapshot' }>,
  from: number,
  count: number,
): Rows {
  const snapshots = report.files.filter(({ kind }) => kind === 'snapshot');
  const index = snapshots.findIndex(({ name }) => name === file.name);
  const entry = report.image.snapshots[index];
  if (entry?.kind !== 'snapshot') return { kind: 'snapshot', total: 0, rows: [] };
  const { snapshot } = entry;
  const total = snapshot.sessions.length + snapshot.nodes.length;
  return { kind: 'snapshot', total, rows: snapshotRowViews(snapshot, from, count) };
}

function diskOf({ report, reading }: OpenDir): readonly DataFile[] {
  const { acceptedEpoch, currentEpoch } = reading.verdict;
  const image = { ...startImage(report.image), acceptedEpoch, currentEpoch };
  return encodeDataDir(image, { release: RELEASE, preAllocSize: 0 });
}

/** Files of one archive lie in one folder, so that unpacking it makes no mess. */
function pack(files: readonly PackedFile[]): Uint8Array<ArrayBuffer> {
  const archive: Zippable = {};
  for (const { path, bytes } of files) archive[path] = bytes;
  return zipSync(archive, { level: 6 });
}
