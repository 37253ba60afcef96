/**
 * `npm start`: builds the playground and serves it on this machine. Prints where,
 * and opens a browser there when somebody sits before a screen.
 */
import { build, preview } from 'vite';

const LINUX_DISPLAYS = ['DISPLAY', 'WAYLAND_DISPLAY'];

function hasDisplay(): boolean {
  if (process.env['CI'] !== undefined || process.env['SSH_CONNECTION'] !== undefined) return false;
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return LINUX_DISPLAYS.some((name) => (process.env[name] ?? '') !== '');
}

await build({ logLevel: 'warn' });
const server = await preview({ preview: { port: 4173, open: hasDisplay() } });
const [url] = server.resolvedUrls?.local ?? [];
console.log(`ZooKeeper Playground is at ${url ?? 'the address above'}  (Ctrl+C stops it)`);
