/** Clients that come, go, move and expire; and servers without a quorum that serve reads. */
import { expectCleanSeeds } from './swarm.ts';

expectCleanSeeds('sessions', 0, 120);
expectCleanSeeds('readonly', 0, 140);
