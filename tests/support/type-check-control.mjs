/**
 * The negative control of the type check. A type check that looks at nothing
 * passes too, so a copy of the project gets a known-bad `.ts` and `.svelte`
 * file, and the check must find both.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const KNOWN_BAD = ['bad.ts', 'bad.svelte'];

/** @returns the known-bad files in which the check found no error: none, if it can be trusted. */
export function undetected(root, svelteCheck) {
  const copy = mkdtempSync(join(tmpdir(), 'type-check-control-'));
  try {
    for (const file of ['package.json', 'tsconfig.json', 'svelte.config.js']) {
      copyFileSync(join(root, file), join(copy, file));
    }
    cpSync(join(root, 'src'), join(copy, 'src'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
    for (const file of KNOWN_BAD) {
      copyFileSync(join(root, 'tests', 'negative', file), join(copy, 'src', file));
    }
    const args = [svelteCheck, '--tsconfig', './tsconfig.json', '--output', 'machine'];
    const check = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
    if (check.status === 0) return KNOWN_BAD;
    const errors = check.stdout.split('\n').filter((line) => line.includes(' ERROR '));
    return KNOWN_BAD.filter((file) => !errors.some((line) => line.includes(`"src/${file}"`)));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
