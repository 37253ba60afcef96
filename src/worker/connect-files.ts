/** The main thread's end of the worker for files, which is started when it is first needed. */
import { wrap } from 'comlink';
import type { FilesApi, Rows } from './files/api.ts';
import { createMortal } from './mortal.ts';

export interface FilesClient extends FilesApi {
  /** Ends the worker, with all that it has read. */
  dispose(): void;
}

export function connectFiles(): FilesClient {
  const worker = new Worker(new URL('./files.worker.ts', import.meta.url), {
    type: 'module',
    name: 'files',
  });
  const api = wrap<FilesApi>(worker);
  const { live, die } = createMortal();
  worker.addEventListener('error', (event) => {
    die(new Error(`the worker for files failed: ${event.message}`));
  });
  return {
    read: (files) => live(api.read(files)),
    rows: (dir, file, from, count) => live<Rows>(api.rows(dir, file, from, count)),
    diskOf: (dir) => live(api.diskOf(dir)),
    pack: (files) => live(api.pack(files)),
    dispose: () => {
      worker.terminate();
      die(new Error('the files were closed'));
    },
  };
}
