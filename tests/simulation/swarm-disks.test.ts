/** Disks that are slow, full, lying, wiped and damaged, and losses of power. */
import { expectCleanSeeds } from './swarm.ts';

expectCleanSeeds('disks', 0, 240);
