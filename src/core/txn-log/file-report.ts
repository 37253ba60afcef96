/** What is said of any file of a data directory, whatever its kind. */

/** `name` as in version-2/, without a folder; myid and initialize stand beside that folder. */
export interface DataFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a start makes of damage; see `FileReport` in data-dir.ts. */
export type DamageOutcome =
  /** The server does not start. */
  | 'refused'
  /** What stands before it counts, the rest of the file does not. */
  | 'cutOff'
  /** The file counts as if it were not there. */
  | 'passedOver'
  /** The file is older than what is read. */
  | 'unread';

/** `at`: how many bytes into the file. `reason` in ZooKeeper's words where it has any. */
export interface FileDamage {
  readonly at: number;
  readonly reason: string;
  readonly outcome: DamageOutcome;
}

export interface AnyFile {
  readonly name: string;
  /** Bytes, as it lies there. */
  readonly size: number;
  readonly damage: FileDamage | null;
}
