/** Learners that lag, are cut off and crash as they are brought up to date. */
import { expectCleanSeed, expectCleanSeeds } from './swarm.ts';

expectCleanSeeds('sync', 0, 240);

expectCleanSeed('sync', 798, 'a vote of an older round at the end of an election');
expectCleanSeed('sync', 1015, 'a leader that has started again is not yet that of its old epoch');
