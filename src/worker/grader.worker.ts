/**
 * The worker of the grader: it lives a lesson as the person does, and judges it. The classroom asks
 * one of its own.
 */
import { expose } from 'comlink';
import { createClassroomHost } from './classroom-host.ts';
import { createGraderHost } from './grader-host.ts';

expose({ ...createGraderHost(), ...createClassroomHost() });
