/** A static host as plain as they come: files of a folder, below a path, with their types. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

export interface StaticHost {
  /** Of the page, with a slash at its end. */
  readonly address: string;
  /** What is answered in the place of a file from now on, by its path below the page. */
  readonly instead: Map<string, string>;
  close(): Promise<void>;
}

export async function startStaticHost(folder: string, path: string): Promise<StaticHost> {
  const instead = new Map<string, string>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const asked = pathname.startsWith(path) ? pathname.slice(path.length) : null;
    const file = asked === '' ? 'index.html' : normalize(asked ?? '..');
    const said = instead.get(file);
    const data = said === undefined && !file.startsWith('..') ? readFile(join(folder, file)) : said;
    Promise.resolve(data ?? Promise.reject(new Error('no such file'))).then(
      (body) => {
        response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${String(port)}${path}`,
    instead,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
