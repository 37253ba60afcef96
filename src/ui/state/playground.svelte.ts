/**
 * What the whole page shares: the latest frame, what is selected, and every way to change the
 * world. Components ask here and draw frames; none of them holds a server or a worker.
 */
import { getContext, setContext } from 'svelte';
import type { Completion } from '../../core/client/client-io.ts';
import type { MessageBytes } from '../../core/message-bytes.ts';
import type { ConnId, Micros, Millis, ProcessId, SessionId, Sid } from '../../core/units.ts';
import type { Zxid } from '../../core/zxid.ts';
import type { Action, ActionOutcome, WorldConfig } from '../../sim/actions.ts';
import type { ClientView, Frame, MemberView, PropertyView } from '../../sim/frame.ts';
import type { PacketName } from '../../sim/packet-bytes.ts';
import type { MemberFiles, OpenOptions, StepKind } from '../../worker/api.ts';
import type { PlaygroundClient } from '../../worker/connect.ts';
import { DEFAULT_SPEED, speedFor, WARM_UP_SPEED } from './default-world.ts';
import { Evidence } from './evidence.svelte.ts';

/** The thing that every pane lights up. */
export type Selection =
  | { readonly kind: 'server'; readonly sid: Sid }
  | { readonly kind: 'client'; readonly process: ProcessId }
  | {
      readonly kind: 'packet';
      readonly conn: ConnId;
      readonly from: ProcessId;
      readonly index: number;
    }
  | { readonly kind: 'znode'; readonly path: string }
  /** A transaction; `sid` is the member in whose log it was pointed at, if in one. */
  | { readonly kind: 'zxid'; readonly zxid: Zxid; readonly sid: Sid | null };

/** What a click does in the ring: select, break what was clicked, join a group, take a packet. */
export type Tool =
  'select' | 'cut' | 'group' | 'crash' | 'power' | 'pause' | 'slow' | 'hold' | 'bin';

/** A part of the menu of rarer tools. */
export type MenuPart = 'any' | 'slow' | 'skew';

/** A way back (or onward) that a notice offers. */
export interface Remedy {
  readonly label: string;
  readonly run: () => void;
}

export interface Notice {
  readonly id: number;
  readonly kind: 'info' | 'error';
  readonly text: string;
  readonly remedy: Remedy | null;
}

export type Stage = 'opening' | 'open' | 'locked' | 'failed';

const NOTICES_MAX = 4;

/** What a new console asks for. */
const SESSION_TIMEOUT = 10_000 as Millis;

export class Playground {
  /** Replaced whole, never mutated, hence raw. Null until the first one arrives. */
  frame: Frame | null = $state.raw(null);
  /** `performance.now()` when that frame came: what lies between frames is extrapolated from it. */
  frameAt = 0;
  stage: Stage = $state('opening');
  /** The members started from what this browser had stored. */
  recovered: boolean = $state(false);
  /** Disks are kept in this browser; else they live in memory. */
  durable: boolean = $state(true);
  /** It began with empty disks, so its record alone gives the same run again. */
  replayable: boolean = $state(true);
  failure: string | null = $state(null);

  selection: Selection | null = $state.raw(null);
  /** Servers picked together, for a partition; empty = none. */
  group: readonly Sid[] = $state.raw([]);
  tool: Tool = $state('select');
  /** The menu of rarer tools is open, at this part. */
  menu: MenuPart | null = $state(null);
  /** What ZooKeeper's links never do is offered too: see `isBeyondTcp`. */
  experiment: boolean = $state(false);
  /** The ensemble as a picture, or the same in text. */
  ringView: 'ring' | 'list' = $state('ring');
  notices: readonly Notice[] = $state.raw([]);
  /** Whose tree and log lines frames carry. */
  focusSid: Sid | null = $state(null);

  /** The console in front; null = the first there is. */
  consoleProcess: ProcessId | null = $state(null);
  /** What stands in that console's input line: chips and other panes write here too. */
  consoleDraft: string = $state('');

  /** What contradicts each other, where a person has asked to be shown. */
  readonly evidence = new Evidence();
  /** A property that the run shown broke behind the end of its faults. */
  late: PropertyView | null = $state.raw(null);

  readonly properties: readonly PropertyView[] = $derived([
    ...(this.frame?.properties ?? []).filter(({ name }) => name !== this.late?.name),
    ...(this.late === null ? [] : [this.late]),
  ]);
  readonly running: boolean = $derived(this.frame?.running ?? false);
  readonly leader: MemberView | null = $derived(
    this.frame?.members.find((m) => m.status === 'running' && m.server?.state === 'LEADING') ??
      null,
  );
  readonly selectedServer: MemberView | null = $derived.by(() => {
    const selection = this.selection;
    return selection?.kind === 'server' ? this.member(selection.sid) : null;
  });
  readonly focused: MemberView | null = $derived(
    this.focusSid === null ? null : this.member(this.focusSid),
  );

  readonly #client: PlaygroundClient;
  #noticeCount = 0;
  /** Counts what was opened. */
  #runs = 0;
  /** The first election runs fast; the first leader slows time down to be watched. */
  #warming = false;
  /** Nobody has a session yet: the first leader that serves gives the person one. */
  #sessionDue = false;

  constructor(client: PlaygroundClient) {
    this.#client = client;
  }

  // --- life -------------------------------------------------------------------------------------

  async open(world: WorldConfig, options: Omit<OpenOptions, 'world'>): Promise<void> {
    this.stage = 'opening';
    this.failure = null;
    try {
      const run = ++this.#runs;
      const result = await this.#client.open({ world, ...options }, (frame) => {
        // What is still on its way from the run before belongs to no run any more.
        if (run === this.#runs) this.#receive(frame);
      });
      if (result.kind === 'locked') {
        this.frame = null;
        this.stage = 'locked';
        return;
      }
      this.recovered = result.recovered && options.disks === undefined;
      this.replayable = !result.recovered && options.disks === undefined;
      this.durable = options.durable;
      this.stage = 'open';
      // A run that is replayed is left to itself.
      const { record } = options;
      this.#warming = record === undefined;
      this.#sessionDue = record === undefined;
      await this.#client.setSpeed(record === undefined ? WARM_UP_SPEED : speedFor(record.until));
      await this.#client.play();
    } catch (error) {
      this.failure = messageOf(error);
      this.frame = null;
      this.stage = 'failed';
    }
  }

  /** Ends the present ensemble, with its disks, and starts another: empty, or with these. */
  async reopen(
    world: WorldConfig,
    durable: boolean,
    disks?: readonly MemberFiles[],
  ): Promise<void> {
    await this.#try(() => this.#client.close(true));
    const options = { resume: false, durable };
    await this.switchTo(world, disks === undefined ? options : { ...options, disks });
  }

  /** Opens another ensemble; what the present one has stored stays as it is. */
  async switchTo(world: WorldConfig, options: Omit<OpenOptions, 'world'>): Promise<void> {
    this.clearSelection();
    this.late = null;
    this.consoleProcess = null;
    this.focusSid = null;
    await this.open(world, options);
  }

  dispose(): void {
    this.#client.dispose();
  }

  #receive(frame: Frame): void {
    this.frameAt = performance.now();
    this.frame = frame;
    if (this.#sessionDue && isServing(frame)) this.#welcome(frame);
    if (this.focusSid === null) {
      const first = frame.members.find((m) => m.server?.state === 'LEADING') ?? null;
      if (first !== null) this.focus(first.sid);
    }
  }

  #welcome(frame: Frame): void {
    this.#sessionDue = false;
    if (this.#warming) void this.#try(() => this.#client.setSpeed(DEFAULT_SPEED));
    this.#warming = false;
    if (frame.clients.length === 0) void this.addClient();
  }

  // --- time -------------------------------------------------------------------------------------

  play(): Promise<void> {
    return this.#try(() => this.#client.play());
  }

  pause(): Promise<void> {
    this.#warming = false;
    return this.#try(() => this.#client.pause());
  }

  toggle(): Promise<void> {
    return this.running ? this.pause() : this.play();
  }

  step(kind: StepKind): Promise<void> {
    return this.#try(() => this.#client.step(kind));
  }

  /** Virtual seconds per second: 0.001 … 1000, or Infinity. */
  setSpeed(speed: number): Promise<void> {
    this.#warming = false;
    return this.#try(() => this.#client.setSpeed(speed));
  }

  runTo(until: Micros): Promise<void> {
    return this.#try(() => this.#client.runTo(until));
  }

  // --- the world --------------------------------------------------------------------------------

  /** Does it, and says why when the world refuses. */
  async act(action: Action, remedy: Remedy | null = null): Promise<ActionOutcome> {
    try {
      const outcome = await this.#client.act(action);
      if (!outcome.ok) this.notify('error', outcome.reason, remedy);
      return outcome;
    } catch (error) {
      const reason = messageOf(error);
      this.notify('error', reason);
      return { ok: false, reason };
    }
  }

  /** A new client process with a console, brought to the front. `server` null = any of them. */
  addClient(server: Sid | null = null): Promise<ProcessId | null> {
    return this.openSession(server === null ? [] : [server], SESSION_TIMEOUT);
  }

  /** The same with every choice: `servers` is the connect string, empty = all of them. */
  async openSession(servers: readonly Sid[], sessionTimeout: Millis): Promise<ProcessId | null> {
    const taken = this.frame?.clients ?? [];
    const process = nextProcess(taken);
    const outcome = await this.act({
      kind: 'addClient',
      process,
      name: nextName(taken),
      servers,
      sessionTimeout,
      console: true,
    });
    if (!outcome.ok) return null;
    this.consoleProcess = process;
    return process;
  }

  complete(process: ProcessId, line: string): Promise<Completion> {
    return this.#client.complete(process, line);
  }

  /** Null when it is no longer in flight, or the worker is gone. */
  packetBytes(packet: PacketName): Promise<MessageBytes | null> {
    return this.#client.packetBytes(packet).catch(() => null);
  }

  /** @throws where a disk cannot be read. */
  dataDirs(): Promise<readonly MemberFiles[]> {
    return this.#client.dataDirs();
  }

  record(): ReturnType<PlaygroundClient['record']> {
    return this.#client.record();
  }

  /** How wildly a monkey plays, 1..10; null calls it off. */
  setMonkey(intensity: number | null): Promise<void> {
    return this.#try(() => this.#client.setMonkey(intensity));
  }

  checkpoint(): ReturnType<PlaygroundClient['checkpoint']> {
    return this.#client.checkpoint();
  }

  // --- pointing ---------------------------------------------------------------------------------

  select(selection: Selection | null): void {
    this.selection = selection;
    if (selection?.kind === 'server') this.focus(selection.sid);
    if (selection?.kind === 'client') this.consoleProcess = selection.process;
  }

  clearSelection(): void {
    this.selection = null;
    this.evidence.clear();
    this.group = [];
    this.tool = 'select';
  }

  toggleInGroup(sid: Sid): void {
    this.group = this.group.includes(sid)
      ? this.group.filter((other) => other !== sid)
      : [...this.group, sid];
  }

  focus(sid: Sid | null): void {
    if (this.focusSid === sid) return;
    this.focusSid = sid;
    void this.#try(() => this.#client.focus(sid));
  }

  isSelected(kind: 'server', sid: Sid): boolean;
  isSelected(kind: 'client', process: ProcessId): boolean;
  isSelected(kind: 'znode', path: string): boolean;
  isSelected(kind: 'zxid', zxid: Zxid): boolean;
  isSelected(kind: Selection['kind'], id: number | string | bigint): boolean {
    const s = this.selection;
    if (s?.kind !== kind) return false;
    switch (s.kind) {
      case 'server':
        return s.sid === id;
      case 'client':
        return s.process === id;
      case 'znode':
        return s.path === id;
      case 'zxid':
        return s.zxid === id;
      case 'packet':
        return false;
    }
  }

  member(sid: Sid): MemberView | null {
    return this.frame?.members.find((m) => m.sid === sid) ?? null;
  }

  clientOf(process: ProcessId): ClientView | null {
    return this.frame?.clients.find((c) => c.process === process) ?? null;
  }

  /** The letter of a session, wherever its id turns up; null for one that no client here has. */
  nameOfSession(id: SessionId): string | null {
    return this.frame?.clients.find((c) => c.sessionId === id)?.name ?? null;
  }

  // --- telling ----------------------------------------------------------------------------------

  notify(kind: Notice['kind'], text: string, remedy: Remedy | null = null): void {
    this.#noticeCount += 1;
    const notice = { id: this.#noticeCount, kind, text, remedy };
    const others = this.notices.filter((n) => n.text !== text);
    this.notices = [...others, notice].slice(-NOTICES_MAX);
  }

  dismiss(id: number): void {
    this.notices = this.notices.filter((n) => n.id !== id);
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.notify('error', messageOf(error));
    }
  }
}

/** Clients are served somewhere. */
function isServing(frame: Frame): boolean {
  return frame.members.some((m) => m.status === 'running' && m.server?.serving === true);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Client processes count from 1001. */
function nextProcess(taken: readonly ClientView[]): ProcessId {
  return taken.reduce((max, c) => Math.max(max, c.process + 1), 1001) as ProcessId;
}

/** A … Z, then A2 …: the letter that a session is known by. */
function nextName(taken: readonly ClientView[]): string {
  for (let n = 0; ; n += 1) {
    const round = Math.floor(n / 26);
    const name = String.fromCharCode(65 + (n % 26)) + (round === 0 ? '' : String(round + 1));
    if (!taken.some((c) => c.name === name)) return name;
  }
}

const key = Symbol('playground');
export const setPlayground = (playground: Playground): Playground => setContext(key, playground);
export const getPlayground = (): Playground => getContext<Playground>(key);
