/**
 * The two commands that have to do with files: a snapshot that is taken now and sent, and one that
 * comes in and replaces the database.
 *
 * Source: server.admin.Commands.SnapshotCommand, RestoreCommand (3.9).
 * Differs: both intervals are milliseconds; ZooKeeper takes the one for snapshots for microseconds.
 */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { answerAdmin, RESTORE, SNAPSHOT, type AdminAnswer } from '../core/admin/commands.ts';
import type { Query } from '../core/admin/commands.ts';
import type { LogLevel, ServerEvent } from '../core/quorum/peer-io.ts';
import { readRestorable } from '../core/restore-file.ts';
import { restoreProblem } from '../core/restore.ts';
import type { Server } from '../core/server.ts';
import { snapshotFileName } from '../core/txn-log/file-names.ts';
import { formatZxid } from '../core/zxid.ts';
import { RateLimit } from './admin-rate-limit.ts';
import type { AdminSettings } from './admin-settings.ts';
import { snapDirOf, type DiskPlace } from './disk-files.ts';

export interface AdminFilesOptions {
  readonly settings: AdminSettings;
  readonly place: DiskPlace;
  /** jute.maxbuffer, in bytes. */
  readonly maxBuffer: number;
  readonly deliver: (event: ServerEvent) => void;
  /** A look at the server, behind what was delivered before. */
  readonly look: <T>(at: (server: Server) => T) => Promise<T>;
  /** When the disk has done everything that it was asked to do. */
  readonly settled: () => Promise<void>;
  readonly log: (level: LogLevel, logger: string, message: string) => void;
}

/** `file` is to be sent in place of the body, and closed. */
export interface FileAnswer extends AdminAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly file: FileHandle | null;
}

const LOGGER = 'Commands';

export class AdminFiles {
  readonly #options: AdminFilesOptions;
  readonly #snapshots: RateLimit;
  readonly #restores: RateLimit;

  constructor(options: AdminFilesOptions) {
    this.#options = options;
    const { snapshotInterval, restoreInterval } = options.settings;
    this.#snapshots = new RateLimit(snapshotInterval, performance.now());
    this.#restores = new RateLimit(restoreInterval, performance.now());
  }

  /** @param query `streaming=false` for the headers alone. */
  async snapshot(query: Query): Promise<FileAnswer> {
    const { settings, place, deliver, look, settled } = this.#options;
    const bare = (status: number, headers = {}): FileAnswer => {
      return { ...answerAdmin(SNAPSHOT, status, []), headers, file: null };
    };
    if (!settings.snapshotEnabled) return this.#warn(bare(503), 'Snapshot command is disabled');
    if (!this.#snapshots.allow(performance.now())) {
      return this.#warn(bare(429), 'Snapshot request was rate limited');
    }
    deliver({ kind: 'takeSnapshot' });
    const zxid = await look(({ db }) => db.tree.lastProcessedZxid);
    await settled();
    try {
      const file = await open(join(snapDirOf(place), snapshotFileName(zxid)), 'r');
      const { size } = await file.stat();
      const headers = { last_zxid: formatZxid(zxid), snapshot_size: String(size) };
      const streaming = query.get('streaming') ?? 'true';
      if (streaming.toLowerCase() === 'true') return { ...bare(200, headers), file };
      await file.close();
      return bare(200, headers);
    } catch (error) {
      const what = `Exception occurred when taking the snapshot: ${reasonOf(error)}`;
      return this.#warn(bare(500), what);
    }
  }

  /** @param body the request's, read when it is needed; null where it is too large. */
  async restore(body: () => Promise<Uint8Array | null>): Promise<AdminAnswer> {
    const { settings, maxBuffer, deliver, look, settled } = this.#options;
    const bare = (status: number): AdminAnswer => answerAdmin(RESTORE, status, []);
    if (!settings.restoreEnabled) return this.#warn(bare(503), 'Restore command is disabled');
    if (!this.#restores.allow(performance.now())) {
      return this.#warn(bare(429), 'Restore request was rate limited');
    }
    const bytes = await body();
    if (bytes === null) return this.#warn(bare(413), 'The snapshot to be restored is too large');
    const read = readRestorable(bytes, maxBuffer);
    if (!read.ok) return this.#warn(bare(500), `The snapshot cannot be read: ${read.reason}`);
    // One behind the other: nothing comes between them.
    const before = look((server) => restoreProblem(server, read.snapshot));
    deliver({ kind: 'restore', snapshot: read.snapshot });
    const after = look(({ db }) => db.tree.lastProcessedZxid);
    const [problem, lastZxid] = await Promise.all([before, after]);
    if (problem !== null) return bare(500);
    await settled();
    return answerAdmin(RESTORE, 200, [['last_zxid', lastZxid]]);
  }

  #warn<T>(answer: T, message: string): T {
    this.#options.log('WARN', LOGGER, message);
    return answer;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
