/** One worker of the lab: long work on whole runs, in which nobody waits for anything else. */
import { expose } from 'comlink';
import { createLabHost } from './lab-host.ts';

expose(createLabHost(() => performance.now()));
