/**
 * Writes `sw.js` behind the build, with the names and hashes of the files that the page needs
 * without a network. Our own, of forty lines: the usual plugin brings 113 MB of packages with it.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { PAGE, type Edition } from '../../offline/edition.ts';
import { smallScript } from './small-script.ts';

/** For other sites, and for people who look around there: nobody needs them offline. */
const NOT_KEPT = /^(?:sw\.js|embed[\w-]*\.\w+|social-card\.png|screenshot\.png)$|\.map$/;

const hashOf = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('hex').slice(0, 16);

export function editionOf(folder: string): Edition {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, path: relative(folder, file).split(sep).join('/') }))
    .filter(({ path }) => !NOT_KEPT.test(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const hashes = files.map(
    ({ file, path }) => [path === 'index.html' ? PAGE : path, hashOf(readFileSync(file))] as const,
  );
  return { version: hashOf(JSON.stringify(hashes)), files: Object.fromEntries(hashes) };
}

export function offline(): Plugin {
  return {
    name: 'offline',
    apply: 'build',
    writeBundle: {
      order: 'post',
      async handler({ dir }) {
        if (dir === undefined) return;
        const edition = editionOf(dir);
        const code = await smallScript('src/offline/service-worker.ts', { EDITION: edition });
        writeFileSync(join(dir, 'sw.js'), code);
      },
    },
  };
}
