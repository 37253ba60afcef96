/** Which files lie in which data directory, by their paths. */
import type { DataFile } from '../../core/txn-log/file-report.ts';
import { zxidInName } from '../../core/txn-log/file-names.ts';
import { nameOf, type ReadFile } from './unpack.ts';

/** Files of one data directory: those in version-2/, and myid and initialize beside it. */
export interface FoundDir {
  /** Without version-2. */
  readonly path: string;
  readonly files: readonly DataFile[];
  /** As they lay there, by name. */
  readonly sizes: ReadonlyMap<string, number>;
}

export function groupByDir(files: readonly ReadFile[]): readonly FoundDir[] {
  const dirs = new Map<string, ReadFile[]>();
  for (const file of files) {
    const dir = dirOf(file.path);
    const known = dirs.get(dir);
    if (known === undefined) dirs.set(dir, [file]);
    else if (!known.some(({ path }) => nameOf(path) === nameOf(file.path))) known.push(file);
  }
  joinLogDirs(dirs);
  return [...dirs]
    .filter(([, found]) => found.some(({ path }) => nameOf(path) !== 'initialize'))
    .map(([path, found]) => ({
      path,
      files: found.map((file) => ({ name: nameOf(file.path), bytes: file.bytes })),
      sizes: new Map(found.map((file) => [nameOf(file.path), file.size])),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** @returns the folder, without the version-2 at its end. */
export function dirOf(path: string): string {
  const parts = path.split('/').slice(0, -1);
  if (parts.at(-1) === 'version-2') parts.pop();
  return parts.join('/');
}

/** Where dataLogDir is a folder of its own, beside dataDir, both are one. */
function joinLogDirs(dirs: Map<string, ReadFile[]>): void {
  for (const [path, files] of dirs) {
    if (!has(files, 'log') || has(files, 'snapshot')) continue;
    const homes = [...dirs].filter(
      ([other, found]) =>
        parentOf(other) === parentOf(path) && has(found, 'snapshot') && !has(found, 'log'),
    );
    const [home] = homes;
    if (home === undefined || homes.length > 1) continue;
    home[1].push(...files);
    dirs.delete(path);
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function has(files: readonly ReadFile[], prefix: 'log' | 'snapshot'): boolean {
  return files.some(({ path }) => zxidInName(nameOf(path), prefix) !== null);
}
