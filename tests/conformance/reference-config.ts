/** The settings under which the transcripts of real ZooKeeper were recorded. */
import type { EnsembleOptions } from '../../src/node/index.ts';
import type { Millis } from '../../src/core/units.ts';

export const REFERENCE_CONFIG: NonNullable<EnsembleOptions['config']> = {
  release: '3.8.0',
  tickTime: 500 as Millis,
  initLimit: 10,
  syncLimit: 5,
  maxClientCnxns: 0,
  preAllocSize: 64 * 1024,
  fourLetterWords: ['*'],
  enforceQuota: true,
  extendedTypesEnabled: true,
  containerCheckInterval: 500 as Millis,
  superDigest: 'super:lK75jTNcA+U9vtVEw5vB51mj/w4=',
};
