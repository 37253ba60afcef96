/**
 * Plays the conformance cases against our servers over TCP, and compares what they answer with the
 * transcripts of real ZooKeeper. The last line is `N passed, N failed, N skipped`.
 *
 *   tsx tests/conformance/run.ts              all
 *   tsx tests/conformance/run.ts --only acl   the cases whose names match
 */
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startEnsemble, type Ensemble } from '../../src/node/index.ts';
import { REFERENCE_CONFIG } from './reference-config.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const only = process.argv.slice(2);

/** What a single server cannot play is skipped by name of its need, and counted so. */
const RUNS: readonly {
  readonly servers: number;
  readonly golden: string;
  readonly args: string[];
}[] = [
  { servers: 3, golden: 'golden-cases.json.gz', args: ['--cases', `${here}cases`] },
  { servers: 3, golden: 'golden-own.json.gz', args: ['--cases', `${here}cases-own`] },
  { servers: 3, golden: 'golden-random-1-20.json.gz', args: ['--cases', '', '--seeds', '1-20'] },
  { servers: 3, golden: 'golden-random-21-34.json.gz', args: ['--cases', '', '--seeds', '21-34'] },
  { servers: 1, golden: 'golden-cases.json.gz', args: ['--cases', `${here}cases`] },
];

const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);
if (python === undefined) {
  console.log(
    'The conformance cases are played by a Python script: install python3 and run again.',
  );
  console.log('0 passed, 1 failed, 0 skipped');
  process.exit(1);
}

const total = { passed: 0, failed: 0, skipped: 0 };
for (const { servers, golden, args } of RUNS) {
  const ensemble = await startEnsemble({ servers, config: REFERENCE_CONFIG });
  await ensemble.ready();
  console.log(`${golden}, ${String(servers)} server(s)`);
  const counts = await judge(python, ensemble, ['--golden', `${here}${golden}`, ...args, ...only]);
  for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += counts[key];
  await ensemble.close();
}
console.log(
  `${String(total.passed)} passed, ${String(total.failed)} failed, ${String(total.skipped)} skipped`,
);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

/** A judge that prints no count, or ends in a way of its own, has failed once. */
async function judge(
  program: string,
  ensemble: Ensemble,
  args: readonly string[],
): Promise<typeof total> {
  const child = spawn(
    program,
    ['-B', `${here}conformance.py`, '--b', ensemble.connectString, ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    process.stdout.write(text);
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const found = /(\d+) passed, (\d+) failed, (\d+) skipped\s*$/.exec(output);
  if (found === null) return { passed: 0, failed: 1, skipped: 0 };
  const [passed = 0, failed = 0, skipped = 0] = found.slice(1).map(Number);
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1), skipped };
}
