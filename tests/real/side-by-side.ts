/** The conformance cases, played against a real ensemble and ours that run side by side. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from '../../src/node/free-ports.ts';
import { startEnsemble } from '../../src/node/index.ts';
import { REFERENCE_CONFIG } from '../conformance/reference-config.ts';
import { must, script } from './real-server.ts';
import type { Differences } from './round-trips.ts';

const conformance = fileURLToPath(new URL('../conformance/', import.meta.url));

/** Sequences that no transcript in tests/conformance has. */
const SEEDS = '40-42';

export async function sideBySide(directory: string): Promise<Differences> {
  const ports = await freePorts('127.0.0.1', 9);
  const clientPorts = ports.slice(0, 3);
  // The script adds a server's number to each base, and no other server of this run listens there.
  const bases = { QUORUM_BASE: String(ports[3]), ELECTION_BASE: String(ports[6]) };
  await must(
    script('real-ensemble.sh', ['start', directory], {
      ...{ CLIENT_PORTS: clientPorts.join(','), ...bases, TICK: '500', CONTAINER_MS: '500' },
      ...{ MAX_SESSION: '', SNAPCOUNT: '100000' },
    }),
  );
  const ours = await startEnsemble({ servers: 3, config: REFERENCE_CONFIG });
  try {
    await ours.ready();
    const real = clientPorts.map((port) => `127.0.0.1:${String(port)}`).join(',');
    return await play(real, ours.connectString);
  } finally {
    await ours.close();
    await script('real-ensemble.sh', ['stop', directory]);
  }
}

/** @returns the names of the cases in which they differ. */
function play(real: string, ours: string): Promise<Differences> {
  const folders = ['cases', 'cases-own'].flatMap((name) => ['--cases', join(conformance, name)]);
  const args = ['-B', join(conformance, 'conformance.py'), '--a', real, '--b', ours, ...folders];
  return new Promise((resolve) => {
    execFile('python3', [...args, '--seeds', SEEDS], { maxBuffer: 64 << 20 }, (_, stdout) => {
      const failed = stdout.split('\n').filter((line) => line.startsWith('FAIL '));
      const isComplete = /\d+ passed, \d+ failed, \d+ skipped\s*$/.test(stdout);
      resolve(isComplete ? failed : [...failed, `the judge did not end: ${stdout.slice(-300)}`]);
    });
  });
}
