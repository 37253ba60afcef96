/**
 * `npm run bench`: how fast it is, in figures measured now, on this machine. Absolute figures vary
 * with the machine and with what else runs on it; the ratios do not.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { printPage } from './page.ts';
import { print } from './print.ts';
import { runWorkerBench } from './run-worker-bench.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

function perSecond(events: number): string {
  return `${Math.round(events).toLocaleString('en')}/s`;
}

async function inThread(): Promise<void> {
  const outDir = mkdtempSync(join(tmpdir(), 'bench-'));
  const entry = fileURLToPath(new URL('./in-thread.ts', import.meta.url));
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: { ssr: entry, outDir, target: 'es2023', copyPublicDir: false },
  });
  const output = execFileSync(process.execPath, [join(outDir, 'in-thread.js')], {
    encoding: 'utf8',
  });
  rmSync(outDir, { recursive: true });
  const { plain, watched } = JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as {
    plain: number;
    watched: number;
  };
  print('in-thread, 5 voters, writes (events per CPU second)', perSecond(plain), '≥ 250,000/s');
  print('  the same with trace hash and all checkers', perSecond(watched), '–');
  print('  share that remains with them', (watched / plain).toFixed(2), '–');
}

async function inWorkers(): Promise<void> {
  const { write, heavy, memory } = await runWorkerBench();
  print('workers + IndexedDB, write load', perSecond(write.eventsPerSecond), '≥ 20,000/s');
  print('  to bare comlink calls of the same batches', write.ratioToComlink.toFixed(2), '≥ 0.7');
  print('workers + IndexedDB, heavy load', perSecond(heavy.eventsPerSecond), '≥ 50,000/s');
  print('  to bare comlink calls of the same batches', heavy.ratioToComlink.toFixed(2), '≥ 0.7');
  print('workers, disks in memory, write load', perSecond(memory.eventsPerSecond), '–');
}

/** The page as it is shipped. */
async function page(): Promise<void> {
  const outDir = mkdtempSync(join(tmpdir(), 'bench-page-'));
  await build({ root, logLevel: 'warn', build: { outDir } });
  const server = await preview({ root, logLevel: 'warn', build: { outDir }, preview: { port: 0 } });
  const { port } = server.httpServer.address() as { port: number };
  await printPage(outDir, `http://127.0.0.1:${String(port)}/`);
  await server.close();
  rmSync(outDir, { recursive: true });
}

await inThread();
await inWorkers();
await page();
