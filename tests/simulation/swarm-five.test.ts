/** Five voters and an observer under every kind of fault, with all checkers on. */
import { describe } from 'vitest';
import { expectCleanSeed, expectCleanSeeds, MIXED } from './swarm.ts';

const five = { ...MIXED, voters: 5 };

expectCleanSeeds(1000, 125, five);

describe('seeds that once failed', () => {
  expectCleanSeed(93, 'a tree received while an epoch began was compared too early', five);
  expectCleanSeed(1046, 'a connection that was lost in a cut never told its other end', five);
  expectCleanSeed(1053, 'the same, between other servers', five);
  expectCleanSeed(1141, 'a server that proposed an epoch to nobody may not follow a lower', five);
});
