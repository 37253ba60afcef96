/** Crashes, pauses and partitions in quick turn; and counters of zxids that run out. */
import { expectCleanSeed, expectCleanSeeds } from './swarm.ts';

expectCleanSeeds('elections', 0, 200);
expectCleanSeeds('rollover', 0, 140);

expectCleanSeed('elections', 2, 'a crash between a snapshot of a new epoch and currentEpoch');
expectCleanSeed('rollover', 9, 'the same, after a DIFF with transactions of that epoch');
