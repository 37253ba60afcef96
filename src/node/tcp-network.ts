/** The links to peers in other processes: the quorum port and the election port, over TCP. */
import type { EnsembleConfig } from '../core/config.ts';
import type { LogLevel, ServerEvent } from '../core/quorum/peer-io.ts';
import type { Sid } from '../core/units.ts';
import { ConfigError } from './config-error.ts';
import type { ConnNames } from './conn-ids.ts';
import type { PeerTransport } from './server-process.ts';

export interface TcpOptions {
  readonly sid: Sid;
  /** A server that stands alone has no peers, and listens for none. */
  readonly alone: boolean;
  readonly names: ConnNames;
  readonly initial: EnsembleConfig;
  readonly deliver: (event: ServerEvent) => void;
  readonly log: (level: LogLevel, logger: string, message: string) => void;
}

export function connectTcp(options: TcpOptions): Promise<PeerTransport> {
  if (!options.alone) throw new ConfigError('servers in several processes are not supported yet');
  return Promise.resolve(NO_PEERS);
}

const NO_PEERS: PeerTransport = {
  carryOut: () => undefined,
  setReading: () => undefined,
  flush: () => undefined,
  close: () => Promise.resolve(),
};
