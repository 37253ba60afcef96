/** What a person drops or chooses, as files with their paths. */
import type { GivenFile } from '../../worker/files/api.ts';

/** So many files of a dropped folder are looked at: a data directory has a few dozen. */
const FILES_MAX = 2000;

export function isFileDrag(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}

/** Call it in the event itself: the browser forgets what was dropped right after. */
export function filesOfDrop(data: DataTransfer): Promise<readonly GivenFile[]> {
  const entries = [...data.items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null;
    return entry === null ? [] : [entry];
  });
  if (entries.length === 0) return Promise.resolve(filesOfList(data.files));
  return filesOfEntries(entries);
}

export function filesOfList(list: FileList): readonly GivenFile[] {
  return [...list].slice(0, FILES_MAX).map((file) => ({
    path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath,
    blob: file,
  }));
}

async function filesOfEntries(entries: readonly FileSystemEntry[]): Promise<GivenFile[]> {
  const files: GivenFile[] = [];
  const waiting = [...entries];
  for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
    if (files.length >= FILES_MAX) return files;
    if (entry.isFile) {
      const blob = await fileOf(entry as FileSystemFileEntry);
      files.push({ path: entry.fullPath.replace(/^\//, ''), blob });
    } else if (entry.isDirectory) {
      waiting.push(...(await childrenOf(entry as FileSystemDirectoryEntry)));
    }
  }
  return files;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader gives a hundred at a time, until it gives none. */
async function childrenOf(entry: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = entry.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return all;
    all.push(...some);
  }
}
