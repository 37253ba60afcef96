/** All samples, in the order in which they are offered. */
import barrier from './barrier.js?raw';
import configuration from './configuration.js?raw';
import counter from './counter.js?raw';
import discovery from './discovery.js?raw';
import doubleBarrier from './double-barrier.js?raw';
import election from './election.js?raw';
import lock from './lock.js?raw';
import members from './members.js?raw';
import queue from './queue.js?raw';
import readWriteLock from './read-write-lock.js?raw';
import type { Sample } from './sample.ts';
import { SAMPLE_WORDS, type SampleId } from './words.ts';

const sample = (id: SampleId, copies: number, text: string): Sample => ({
  id,
  copies,
  text,
  words: SAMPLE_WORDS[id],
});

export const SAMPLES: readonly Sample[] = [
  sample('lock', 3, lock),
  sample('election', 3, election),
  sample('barrier', 1, barrier),
  sample('double-barrier', 3, doubleBarrier),
  sample('queue', 3, queue),
  sample('discovery', 1, discovery),
  sample('configuration', 1, configuration),
  sample('members', 3, members),
  sample('read-write-lock', 4, readWriteLock),
  sample('counter', 3, counter),
];
