/** The files on the desk: what was brought, what is looked at, and both ways over the border. */
import type { Millis } from '../../core/units.ts';
import { ensembleOf } from '../../core/config.ts';
import type { FileReport } from '../../core/txn-log/data-dir.ts';
import type { FilesDictionary } from '../../i18n/files.en.ts';
import type { WorldConfig } from '../../sim/actions.ts';
import type { MemberFiles } from '../../worker/api.ts';
import { connectFiles, type FilesClient } from '../../worker/connect-files.ts';
import {
  LIMITS,
  type DirReading,
  type GivenFile,
  type Reading,
  type Rows,
} from '../../worker/files/api.ts';
import { formatBytes } from '../parts/format.ts';
import { saveBlob } from '../parts/save-file.ts';
import type { Playground } from '../state/playground.svelte.ts';

/** Records on a page. */
export const PAGE = 100;

/** Milliseconds after which the page says that it is still at it. */
const PATIENCE = 1000;

export class FilesDesk {
  /** Null until something was brought. */
  reading: Reading | null = $state.raw(null);
  /** Of the directories in it. */
  dirIndex: number = $state(0);
  /** The file that is open, by its name in the directory. */
  file: string | null = $state(null);
  rows: Rows | null = $state.raw(null);
  /** Of the first row on the page. */
  from: number = $state(0);
  busy: 'reading' | 'opening' | null = $state(null);
  packing: boolean = $state(false);
  failure: string | null = $state(null);

  readonly dir: DirReading | null = $derived(this.reading?.dirs[this.dirIndex] ?? null);

  /** Takes what is no data of ZooKeeper, and says whether it did. */
  divert: (files: readonly GivenFile[]) => Promise<boolean> = () => Promise.resolve(false);

  readonly #playground: Playground;
  readonly #connect: () => FilesClient;
  #client: FilesClient | null = null;
  /** What is read counts up, so that an answer that comes late is known as such. */
  #asked = 0;

  constructor(playground: Playground, connect: () => FilesClient = connectFiles) {
    this.#playground = playground;
    this.#connect = connect;
  }

  /** Forgets what was brought. */
  clear(): void {
    this.#asked += 1;
    this.#client?.dispose();
    this.#client = null;
    this.reading = null;
    this.rows = null;
    this.file = null;
    this.busy = null;
    this.failure = null;
  }

  // --- here --------------------------------------------------------------------------------------

  async read(given: Promise<readonly GivenFile[]>): Promise<void> {
    this.clear();
    const asked = this.#asked;
    this.busy = 'reading';
    try {
      const files = await given;
      if (await this.divert(files)) return;
      const reading = await this.#files().read(files);
      if (asked !== this.#asked) return;
      this.reading = reading;
      this.chooseDir(bestOf(reading.dirs));
    } catch (error) {
      if (asked === this.#asked) this.failure = messageOf(error);
    } finally {
      if (asked === this.#asked) this.busy = null;
    }
  }

  chooseDir(index: number): void {
    this.dirIndex = index;
    this.file = null;
    this.rows = null;
    const file = this.dir === null ? null : tellingOf(this.dir);
    if (file === null) return;
    // Damage is at the end of what can be read.
    const last = file.kind === 'log' && file.damage !== null ? file.records : 0;
    void this.show(file.name, Math.floor(last / PAGE) * PAGE);
  }

  /** Opens a file at one of its records. */
  async show(file: string, from = 0): Promise<void> {
    this.file = file;
    this.from = Math.max(0, from);
    const { dirIndex, from: first } = this;
    const rows = await this.#files().rows(dirIndex, file, first, PAGE);
    if (this.file === file && this.from === first && this.dirIndex === dirIndex) this.rows = rows;
  }

  /** Ends the present ensemble and opens the directory in a new one. True where that went well. */
  async openAs(voters: number, t: FilesDictionary['bring'], znodes: string): Promise<boolean> {
    const { dir } = this;
    const playground = this.#playground;
    const before = playground.frame?.world;
    if (dir === null || before === undefined) return false;
    this.busy = 'opening';
    this.failure = null;
    try {
      const [files, disks] = await Promise.all([
        this.#files().diskOf(this.dirIndex),
        playground.dataDirs(),
      ]);
      const world = worldFor(before, dir, voters);
      const { durable } = playground;
      const members = world.ensemble.servers.map(({ sid }) => ({
        sid,
        files,
        dynamicConfig: null,
      }));
      await playground.reopen(world, durable, members);
      if (playground.failure !== null) {
        const why = playground.failure;
        await playground.reopen(before, durable, disks);
        throw new Error(why);
      }
      const undo = (): void => void this.#undo(before, disks, t);
      playground.notify('info', t.opened(znodes, voters), { label: t.undo, run: undo });
      return true;
    } catch (error) {
      this.failure = messageOf(error);
      playground.notify('error', t.openFailed(this.failure));
      return false;
    } finally {
      this.busy = null;
    }
  }

  async #undo(
    world: WorldConfig,
    disks: readonly MemberFiles[],
    t: FilesDictionary['bring'],
  ): Promise<void> {
    await this.#playground.reopen(world, this.#playground.durable, disks);
    this.#playground.notify('info', t.undone);
  }

  // --- away --------------------------------------------------------------------------------------

  /** Downloads what the members have on their disks. */
  async take(t: FilesDictionary): Promise<void> {
    const playground = this.#playground;
    const world = playground.frame?.world;
    if (world === undefined || this.packing) return;
    this.packing = true;
    const slow = setTimeout(() => playground.notify('info', t.take.packing), PATIENCE);
    const client = this.#connect();
    try {
      // Most people never leave: what it takes is loaded when somebody does.
      const { ARCHIVE_NAME, archiveFiles } = await import('./take-away.ts');
      const members = await playground.dataDirs();
      const zip = await client.pack(archiveFiles(world, members, t.readme));
      saveBlob(ARCHIVE_NAME, new Blob([zip], { type: 'application/zip' }));
      playground.notify('info', t.take.done(ARCHIVE_NAME, formatBytes(zip.length)));
    } catch (error) {
      playground.notify('error', t.take.failed(messageOf(error)));
    } finally {
      clearTimeout(slow);
      client.dispose();
      this.packing = false;
    }
  }

  #files(): FilesClient {
    this.#client ??= this.#connect();
    return this.#client;
  }
}

/** Why a directory cannot be opened; null where it can. */
export type Obstacle = 'partial' | 'refused' | 'empty' | 'znodes' | 'records';

export function obstacleOf({ partial, verdict }: DirReading): Obstacle | null {
  if (partial) return 'partial';
  if (!verdict.starts) return 'refused';
  if (verdict.lastZxid === 0n && verdict.znodes <= RESERVED_ZNODES) return 'empty';
  if (verdict.znodes > LIMITS.znodes) return 'znodes';
  if (verdict.records > LIMITS.records) return 'records';
  return null;
}

/** What every tree has: the root, /zookeeper, config and quota. */
const RESERVED_ZNODES = 4;

/** The file that is looked at first: one that is damaged, else the newest log or snapshot. */
function tellingOf({ files }: DirReading): FileReport | null {
  const data = files.filter(({ kind }) => kind === 'log' || kind === 'snapshot');
  const damaged = data.find(({ damage }) => damage !== null);
  const logs = data.filter((file) => file.kind === 'log' && file.records > 0);
  return damaged ?? logs.at(-1) ?? data.at(-1) ?? null;
}

/** The directory with the most history among those that start. */
function bestOf(dirs: readonly DirReading[]): number {
  let best = 0;
  for (const [index, { verdict }] of dirs.entries()) {
    const other = dirs[best]?.verdict;
    if (other === undefined || !verdict.starts) continue;
    if (!other.starts || verdict.lastZxid > other.lastZxid) best = index;
  }
  return best;
}

/** Its clock starts in the second behind the latest that stands in the data. */
function worldFor(before: WorldConfig, { verdict }: DirReading, voters: number): WorldConfig {
  const { ensemble } = before;
  const after = (Math.ceil((verdict.latest + 1) / 1000) * 1000) as Millis;
  return {
    ...before,
    ensemble: {
      ...ensemble,
      servers: ensembleOf(voters, 0),
      startTime: after > ensemble.startTime ? after : ensemble.startTime,
      extendedTypesEnabled: ensemble.extendedTypesEnabled || verdict.hasTtlNodes,
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
