/** The stories under tests/golden: see harness.ts for their form, the tellers for their commands. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { electionTeller } from './election-story.ts';
import { ensembleTeller } from './ensemble-story.ts';
import { checkStory, type Teller } from './harness.ts';

const tellers: readonly (readonly [string, () => Teller])[] = [
  ['election', electionTeller],
  ['synchronization', ensembleTeller],
  ['recovery', ensembleTeller],
  ['serving', ensembleTeller],
  ['reconfig', ensembleTeller],
];

describe.each(tellers)('%s', (folder, teller) => {
  const path = join(import.meta.dirname, '../golden', folder);
  for (const name of readdirSync(path).filter((file) => file.endsWith('.txt'))) {
    it(name, () => {
      checkStory(join(path, name), teller());
    });
  }
});
