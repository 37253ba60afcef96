/** For Node programs and their tests: a ZooKeeper ensemble inside the process. */
export { startEnsemble } from './ensemble.ts';
export type { Ensemble, EnsembleOptions, MemberState, MemberStatus } from './ensemble.ts';
export { logToStderr, quiet, type LogSink } from './log-sink.ts';
