/** What a run depends on beside its record: two builds of one id play it alike. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDERS = ['core', 'sim'] as const;

export function buildId(): string {
  const hash = createHash('sha256');
  for (const folder of FOLDERS) {
    const root = fileURLToPath(new URL(`../../${folder}`, import.meta.url));
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith('.ts')).sort()) {
      hash.update(file.replaceAll('\\', '/')).update(readFileSync(join(root, file)));
    }
  }
  return hash.digest('hex').slice(0, 8);
}
