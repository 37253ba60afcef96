/** The worker that reads and packs files, so that large ones do not stop the page. */
import { expose } from 'comlink';
import { createFilesHost } from './files/host.ts';

expose(createFilesHost());
