/** A program's session: the client API, on requests that the world answers. */
import type { ClientState } from '../../core/client/client-io.ts';
import { parentOf } from '../../core/data-tree/path.ts';
import { ErrorCode } from '../../core/error-code.ts';
import type { Stat } from '../../core/jute/data.ts';
import { AddWatchMode, WatcherType } from '../../core/jute/proto.ts';
import { formatSessionId, type Millis, type Sid } from '../../core/units.ts';
import type { Engine } from './engine.ts';
import { KeeperError } from './errors.ts';
import {
  aclOf,
  aclText,
  bytesOf,
  checked,
  createRequest,
  multiOp,
  type CreateOptions,
  type Data,
  versionOf,
  whole,
  wordOf,
  type MultiStep,
} from './requests.ts';
import { ask, assertAlive, killSession, openSession, read, type Session } from './session.ts';
import type { WatchEvent, Watcher } from './watches.ts';

export interface ConnectOptions {
  /** Numbers of servers; all of them where none is given. */
  readonly servers?: readonly number[];
  /** The session timeout asked for, in milliseconds. */
  readonly timeout?: number;
  readonly readOnly?: boolean;
}

export interface Value {
  readonly data: string;
  readonly bytes: Uint8Array | null;
  readonly stat: Stat;
}

const SESSION_TIMEOUT = 10_000;

export class ZooKeeper {
  readonly #in: Session;

  /** Begins a session; it is there when `connected` says so. */
  constructor(engine: Engine, options: ConnectOptions = {}) {
    const { servers = [], timeout = SESSION_TIMEOUT, readOnly = false } = options;
    const sids = servers.map((sid) => whole('a server', sid, 1) as Sid);
    const sessionTimeout = whole('a timeout', timeout, 1, 2 ** 31 - 1) as Millis;
    this.#in = openSession(engine);
    engine.order({
      kind: 'connect',
      session: this.#in.number,
      servers: sids,
      sessionTimeout,
      readOnly,
    });
  }

  /** `CONNECTING`, `CONNECTED`, `CONNECTEDREADONLY`, `CLOSED`, `AUTH_FAILED`. */
  get state(): ClientState {
    return this.#in.state;
  }

  get sessionId(): string {
    return formatSessionId(this.#in.sessionId);
  }

  /** The number of the server that it is connected to; null while it is to none. */
  get server(): number | null {
    return this.#in.server;
  }

  /** Waits for a connection. @throws when the session is over. */
  connected(): Promise<this> {
    const session = this.#in;
    return session.engine.wait('connect', '', (resolve, reject) => {
      const look = (): void => {
        const { state } = session;
        try {
          assertAlive(session);
          if (state !== 'CONNECTED' && state !== 'CONNECTEDREADONLY') return;
          resolve(this);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
        session.onState.delete(look);
      };
      session.onState.add(look);
      look();
    });
  }

  /** Called with every event of the session: `Disconnected`, `SyncConnected`, `Expired` … */
  on(listener: Watcher): void {
    this.#in.listeners.add(listener);
  }

  async create(path: string, data?: Data, options: CreateOptions = {}): Promise<string> {
    const { body } = await ask(this.#in, createRequest(path, data, options));
    return body.path ?? path;
  }

  async createWithStat(
    path: string,
    data?: Data,
    options: CreateOptions = {},
  ): Promise<{ readonly path: string; readonly stat: Stat | null }> {
    const { body } = await ask(this.#in, createRequest(path, data, options, true));
    return { path: body.path ?? path, stat: body.stat };
  }

  /** The path with all above it, where it is not there yet. */
  async ensure(path: string): Promise<void> {
    try {
      await ask(this.#in, createRequest(path, undefined, {}));
    } catch (error) {
      if (!(error instanceof KeeperError)) throw error;
      if (error.code === 'NODEEXISTS') return;
      if (error.code !== 'NONODE') throw error;
      await this.ensure(parentOf(path));
      await this.ensure(path);
    }
  }

  async get(path: string, watcher?: Watcher): Promise<Value> {
    const { body } = await read(this.#in, 'getData', path, watcher);
    const { data: bytes, stat } = body;
    if (stat === null) throw new KeeperError(ErrorCode.SYSTEMERROR, path);
    return { data: new TextDecoder().decode(bytes ?? new Uint8Array()), bytes, stat };
  }

  /** Null where there is no such znode. */
  async exists(path: string, watcher?: Watcher): Promise<Stat | null> {
    const { body } = await read(this.#in, 'exists', path, watcher);
    return body.stat;
  }

  /** Their names, in no order. */
  async children(path: string, watcher?: Watcher): Promise<readonly string[]> {
    const { body } = await read(this.#in, 'getChildren2', path, watcher);
    return body.children ?? [];
  }

  /** @param version what it must have; -1 for any. */
  async set(path: string, data: Data, version = -1): Promise<Stat | null> {
    const request = {
      op: 'setData',
      path: checked(path),
      data: bytesOf(data),
      version: versionOf(version),
    } as const;
    return (await ask(this.#in, request)).body.stat;
  }

  async delete(path: string, version = -1): Promise<void> {
    await ask(this.#in, { op: 'delete', path: checked(path), version: versionOf(version) });
  }

  async getAcl(path: string): Promise<{ readonly acl: string; readonly stat: Stat | null }> {
    const { body } = await ask(this.#in, { op: 'getACL', path: checked(path) });
    return { acl: aclText(body.acl ?? []), stat: body.stat };
  }

  async setAcl(path: string, acl: string, version = -1): Promise<Stat | null> {
    const request = {
      op: 'setACL',
      path: checked(path),
      acl: aclOf(acl),
      version: versionOf(version),
    } as const;
    return (await ask(this.#in, request)).body.stat;
  }

  /** Who this is from now on: `digest`, `user:password`. */
  async addAuth(scheme: string, auth: string): Promise<void> {
    const request = { type: 0, scheme: wordOf('a scheme', scheme), auth: bytesOf(auth) } as const;
    await ask(this.#in, { op: 'auth', ...request });
  }

  /** All of it or nothing. */
  async multi(
    steps: readonly MultiStep[],
  ): Promise<readonly { readonly path: string | null; readonly stat: Stat | null }[]> {
    const { body } = await ask(this.#in, { op: 'multi', ops: steps.map(multiOp) });
    const results = body.results ?? [];
    const failed = results.find(({ err }) => err !== ErrorCode.OK && err !== SKIPPED);
    if (failed !== undefined) {
      const { path } = steps[results.indexOf(failed)] ?? { path: null };
      throw new KeeperError(failed.err, path, results);
    }
    return results.map(({ path, stat }) => ({ path, stat }));
  }

  /** What follows sees at least what had been committed when this began. */
  async sync(path = '/'): Promise<void> {
    await ask(this.#in, { op: 'sync', path: checked(path) });
  }

  /** A watch that stays; a recursive one sees everything below, too. */
  async addWatch(
    path: string,
    watcher: Watcher,
    { recursive = false }: { readonly recursive?: boolean } = {},
  ): Promise<void> {
    const mode = recursive ? AddWatchMode.PERSISTENT_RECURSIVE : AddWatchMode.PERSISTENT;
    await ask(this.#in, { op: 'addWatch', path: checked(path), mode }, (err) => {
      if (err === ErrorCode.OK) this.#in.watchers.addPersistent(path, mode, watcher);
      return false;
    });
  }

  async removeWatches(path: string, type: keyof typeof WatcherType = 'Any'): Promise<void> {
    const request = { op: 'removeWatches', path: checked(path), type: watcherType(type) } as const;
    await ask(this.#in, request);
  }

  /** Sets a watch by `get`, and waits for its event. */
  watchData(path: string): Promise<WatchEvent> {
    return this.#next(path, (watcher) => this.get(path, watcher));
  }

  /** The same by `exists`: of a znode that is not there, its creation. */
  watchExists(path: string): Promise<WatchEvent> {
    return this.#next(path, (watcher) => this.exists(path, watcher));
  }

  /** The same by `children`. */
  watchChildren(path: string): Promise<WatchEvent> {
    return this.#next(path, (watcher) => this.children(path, watcher));
  }

  async #next(path: string, look: (watcher: Watcher) => Promise<unknown>): Promise<WatchEvent> {
    const watcher = watch(this.#in.engine, path);
    const { fired } = watcher;
    await look(watcher);
    return fired;
  }

  /**
   * Asks again after a loss of connection, as soon as there is another. Whether the request was
   * done that was lost, nobody knows: so it must be one that may be done twice, or `fine` names
   * what the second time fails with. @returns undefined where it failed with one of those.
   */
  async retry<T>(request: () => Promise<T>, fine: readonly string[] = []): Promise<T | undefined> {
    for (;;) {
      try {
        return await request();
      } catch (error) {
        if (!(error instanceof KeeperError)) throw error;
        if (fine.includes(error.code)) return undefined;
        if (error.code !== 'CONNECTIONLOSS') throw error;
        await this.connected();
      }
    }
  }

  /**
   * Over is over: where the answer does not come, the session lives on until it expires, and
   * nobody is told. Source: ZooKeeper.close, ClientCnxn.close (3.9).
   */
  async close(): Promise<void> {
    await ask(this.#in, { op: 'closeSession' }, () => true);
  }

  /** As if its process had died: nobody is told, the session lives on until it expires. */
  kill(): void {
    killSession(this.#in);
  }
}

/** A watcher that can be waited for: `const gone = watch(); await zk.exists(path, gone); …`. */
export type Watch = Watcher & { readonly fired: Promise<WatchEvent> };

export function watch(engine: Engine, path = ''): Watch {
  let came: WatchEvent | null = null;
  const waiting = new Set<(event: WatchEvent) => void>();
  const watcher = (event: WatchEvent): void => {
    came ??= event;
    for (const tell of waiting) tell(came);
    waiting.clear();
  };
  return Object.defineProperty(watcher, 'fired', {
    // Whoever asks for it waits from there on.
    get: () => {
      const fired = engine.wait<WatchEvent>('event', path, (resolve, reject) => {
        const tell = (event: WatchEvent): void => {
          if (event.type === 'None') reject(new KeeperError(ErrorCode.SESSIONEXPIRED, null));
          else resolve(event);
        };
        if (came === null) waiting.add(tell);
        else tell(came);
      });
      // A watch that nobody waits for is no mistake.
      fired.catch(() => undefined);
      return fired;
    },
  }) as unknown as Watch;
}

/** What the operations behind the one that failed are given. */
const SKIPPED = ErrorCode.RUNTIMEINCONSISTENCY;

function watcherType(name: string): number {
  const [, type] = Object.entries(WatcherType).find(([known]) => known === name) ?? [];
  if (type !== undefined) return type;
  throw new TypeError(`the type of a watch is one of ${Object.keys(WatcherType).join(', ')}`);
}
