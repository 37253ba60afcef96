/** What a server's answers to an operator need and only its host knows: the machine and its files. */
import type { ConnId } from '../units.ts';

export interface HostFacts {
  /** `/127.0.0.1:41050`, of a connection on the client port. */
  readonly addressOf: (conn: ConnId) => string;
  readonly clientPort: number;
  readonly dataDir: string;
  readonly dataLogDir: string;
  /** Bytes. */
  readonly dataDirSize: number;
  readonly dataLogDirSize: number;
  /** `key=value` lines of `envi`, the version first. */
  readonly environment: readonly (readonly [key: string, value: string])[];
  /** Null where the system does not tell. */
  readonly fileDescriptors: { readonly open: number; readonly max: number } | null;
}
