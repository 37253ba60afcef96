/** For Node programs and their tests: a ZooKeeper ensemble inside the process. */
export { startEnsemble } from './ensemble.ts';
export type { Ensemble, EnsembleOptions } from './ensemble.ts';
export type { MemberState, MemberStatus } from './ensemble-status.ts';
export { logToStderr, quiet, type LogSink } from './log-sink.ts';
export type { AdminSettings } from './admin-settings.ts';
