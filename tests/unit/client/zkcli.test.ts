/**
 * The console against its golden stories. To accept what the console says now, run with
 * UPDATE_GOLDEN=1 and read the difference before it is committed.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tell } from './story.ts';

const folder = join(import.meta.dirname, '../../golden/zkcli');
const PART = '\n===\n';

describe('zkcli', () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.txt'))) {
    it(name, () => {
      const file = join(folder, name);
      const [script = '', expected] = readFileSync(file, 'utf8').split(PART);
      const told = tell(script);
      if (process.env['UPDATE_GOLDEN'] === '1') {
        writeFileSync(file, `${script.trimEnd()}${PART}${told}\n`);
        return;
      }
      expect(`${told}\n`).toBe(expected);
    });
  }
});
