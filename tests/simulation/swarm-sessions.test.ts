/** Clients that come, go, move and expire; and servers without a quorum that serve reads. */
import { expectCleanSeed, expectCleanSeeds } from './swarm.ts';

expectCleanSeeds('sessions', 0, 120);
expectCleanSeeds('readonly', 0, 140);

expectCleanSeed('readonly', 901, 'a session that ends already expires at a deposed leader, too');
expectCleanSeed('sessions', 129, 'a znode that replaces an orphan counts twice in the digest');
