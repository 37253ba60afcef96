/** Three voters and an observer under every kind of fault, with all checkers on. */
import { ELECTIONS, expectCleanSeeds, MIXED } from './swarm.ts';

expectCleanSeeds(0, 150, MIXED);
expectCleanSeeds(150, 50, ELECTIONS);
