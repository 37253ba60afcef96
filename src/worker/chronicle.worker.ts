/** The worker of the chronicle: it lives the run of the page once more, and is asked about it. */
import { expose } from 'comlink';
import { createChronicleHost } from './chronicle-host.ts';

expose(createChronicleHost(() => performance.now()));
