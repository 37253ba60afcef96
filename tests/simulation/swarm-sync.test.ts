/** Learners that lag, are cut off and crash as they are brought up to date. */
import { expectCleanSeeds } from './swarm.ts';

expectCleanSeeds('sync', 0, 240);
