/** The worker of the grader: it lives a lesson as the person does, and judges it. */
import { expose } from 'comlink';
import { createGraderHost } from './grader-host.ts';

expose(createGraderHost());
