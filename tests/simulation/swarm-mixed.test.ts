/** Every kind of fault, among many requests of many kinds. */
import { expectCleanSeeds } from './swarm.ts';

expectCleanSeeds('mixed', 0, 120);
