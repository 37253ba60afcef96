/**
 * What the whole page shares: the latest frame, what is selected, and every way to change the
 * world. Components ask here and draw frames; none of them holds a server or a worker.
 */
import { getContext, setContext } from 'svelte';
import type { Completion } from '../../core/client/client-io.ts';
import type { MessageBytes } from '../../core/message-bytes.ts';
import type { Micros, Millis, ProcessId, SessionId, Sid } from '../../core/units.ts';
import type { Zxid } from '../../core/zxid.ts';
import type {
  Action,
  ActionOutcome,
  RunRecord,
  TimedAction,
  WorldConfig,
} from '../../sim/actions.ts';
import type { ClientView, Frame, MemberView, PropertyView } from '../../sim/frame.ts';
import type { PacketName } from '../../sim/packet-bytes.ts';
import type { LocalRun } from '../../sim/local.ts';
import type { ProgramEnd } from '../../sim/program/model.ts';
import type { MemberLogPart } from '../../sim/log-part.ts';
import type {
  Goal,
  GoalEnd,
  MemberFiles,
  OpenOptions,
  OpenResult,
  StepKind,
} from '../../worker/api.ts';
import type { PlaygroundClient } from '../../worker/connect.ts';
import { DEFAULT_SPEED, speedFor } from './default-world.ts';
import { Evidence } from './evidence.svelte.ts';
import type { Guard } from './guard.ts';
import type { MenuPart, Notice, Remedy, Tool } from './hands.ts';
import { nextName, nextProcess } from './new-session.ts';
import { Notices } from './notices.svelte.ts';
import type { Past, PastAnswers } from './past.ts';
import { idOf, type Selection } from './selection.ts';

export type { MenuPart, Notice, Remedy, Selection, Tool };

export type Stage = 'opening' | 'open' | 'locked' | 'failed';

/** What a new console asks for. */
const SESSION_TIMEOUT = 10_000 as Millis;

export class Playground {
  /**
   * What the page draws: the present, or a picture of the past. Replaced whole, never mutated,
   * hence raw. Null until the first one arrives.
   */
  frame: Frame | null = $state.raw(null);
  /** What the ensemble is now, also while the past is in sight. */
  live: Frame | null = $state.raw(null);
  /** What time runs to, as fast as it can; null for nothing. */
  goal: Goal | null = $state.raw(null);
  /** `performance.now()` when that frame came: what lies between frames is extrapolated from it. */
  frameAt = 0;
  stage: Stage = $state('opening');
  /** The members started from what this browser had stored. */
  recovered: boolean = $state(false);
  /** Disks are kept in this browser; else they live in memory. */
  durable: boolean = $state(true);
  /** In a frame of another page: this browser's disks are left alone. */
  isGuest = false;
  /** The speed that the first leader slows time down to. */
  cruise = DEFAULT_SPEED;
  /** It began with empty disks: what was done is all that its record needs. */
  replayable: boolean = $state(true);
  failure: string | null = $state(null);

  selection: Selection | null = $state.raw(null);
  /** Servers and clients picked together, for a partition; empty = none. */
  group: readonly ProcessId[] = $state.raw([]);
  tool: Tool = $state('select');
  /** The menu of rarer tools is open, at this part. */
  menu: MenuPart | null = $state(null);
  /** What ZooKeeper's links never do is offered too: see `isBeyondTcp`. */
  experiment: boolean = $state(false);
  /** The ensemble as a picture, or the same in text. */
  ringView: 'ring' | 'list' = $state('ring');
  /** Whose tree and log lines frames carry. */
  focusSid: Sid | null = $state(null);

  /** The console in front; null = the first there is. */
  consoleProcess: ProcessId | null = $state(null);
  /** What stands in that console's input line: chips and other panes write here too. */
  consoleDraft: string = $state('');

  /** Whoever keeps something from a person; nobody, unless a lesson does. */
  guard: Guard = { refuse: () => null };
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
  readonly #notices = new Notices();
  /** Whoever knows the past, if anybody does. */
  #past: Past | null = null;
  /** The picture of it that is in sight. */
  #shown: Frame | null = null;
  /** Counts what was opened. */
  #runs = 0;
  /** Nobody has a session yet: the first leader that serves gives the person one. */
  #sessionDue = false;
  /** The session that the page opened by itself. */
  #welcomed: ProcessId | null = null;

  constructor(client: PlaygroundClient) {
    this.#client = client;
  }

  attach(past: Past): void {
    this.#past = past;
  }

  /** Whether the page did that, and no person. */
  isOwn(action: Action): boolean {
    return action.kind === 'addClient' && action.process === this.#welcomed;
  }

  // --- life -------------------------------------------------------------------------------------

  async open(world: WorldConfig, asked: Omit<OpenOptions, 'world'>): Promise<void> {
    const options = this.isGuest ? { ...asked, resume: false, durable: false } : asked;
    this.stage = 'opening';
    this.failure = null;
    this.showPast(null);
    try {
      const { record, moment, disks } = options;
      // A run that is replayed, or goes on from a moment, is left to itself.
      const isFresh = record === undefined && moment === undefined;
      const { cruise } = this;
      const result = await this.#connect({ world, ...options, ...(isFresh ? { cruise } : {}) });
      if (result.kind === 'locked') return;
      this.recovered = options.resume && result.recovered;
      this.replayable = !this.recovered && (disks ?? moment ?? record?.beginning) === undefined;
      this.durable = options.durable;
      this.stage = 'open';
      this.#past?.opened(Promise.resolve(result.base ?? this.#client.checkpoint()));
      this.#welcomed = null;
      this.#sessionDue = isFresh;
      if (isFresh) return;
      await this.#client.setSpeed(speedOf(record));
      if (record !== undefined) await this.#client.play();
    } catch (error) {
      this.#fail(error);
    }
  }

  /**
   * The same ensemble goes on from another moment of its run. The page stays as it is.
   *
   * @param begin called right before the first frame of it is taken.
   */
  async resume(moment: LocalRun, running: boolean, begin: () => void): Promise<void> {
    const { durable } = this;
    const speed = this.live?.speed ?? DEFAULT_SPEED;
    this.#sessionDue = false;
    this.late = null;
    try {
      const world = moment.world.config;
      const result = await this.#connect({ world, resume: false, durable, moment }, begin);
      if (result.kind === 'locked') return;
      await this.#client.setSpeed(speed);
      await this.#client.focus(this.focusSid);
      if (running) await this.#client.play();
    } catch (error) {
      this.#fail(error);
    }
  }

  async #connect(options: OpenOptions, begin?: () => void): Promise<OpenResult> {
    const run = ++this.#runs;
    let begun = false;
    const result = await this.#client.open(options, (frame) => {
      // What is still on its way from the run before belongs to no run any more.
      if (run !== this.#runs) return;
      this.live = frame;
      if (!begun) begin?.();
      begun = true;
      this.#receive(frame);
    });
    if (result.kind === 'locked') {
      this.frame = null;
      this.stage = 'locked';
    }
    return result;
  }

  #fail(error: unknown): void {
    this.failure = messageOf(error);
    this.frame = null;
    this.stage = 'failed';
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
    this.live = frame;
    if (this.#shown === null) {
      this.frameAt = performance.now();
      this.frame = frame;
    } else if (this.#shown.speed !== frame.speed) {
      this.showPast(this.#shown);
    }
    if (this.#sessionDue && isServing(frame)) this.#welcome(frame);
    if (this.focusSid === null) {
      const first = frame.members.find((m) => m.server?.state === 'LEADING') ?? null;
      if (first !== null) this.focus(first.sid);
    }
    this.#past?.came(frame);
  }

  /** Draws this picture of the past from now on; null: the present. */
  showPast(frame: Frame | null): void {
    const speed = this.live?.speed ?? DEFAULT_SPEED;
    this.#shown = frame === null ? null : { ...frame, running: false, speed };
    this.frameAt = performance.now();
    this.frame = this.#shown ?? this.live;
  }

  #welcome(frame: Frame): void {
    this.#sessionDue = false;
    if (frame.clients.length > 0) return;
    this.#welcomed = nextProcess(frame.clients);
    void this.addClient();
  }

  // --- time -------------------------------------------------------------------------------------

  /** In the past: plays what was recorded. */
  play(): Promise<void> {
    const past = this.#inPast();
    return past === null ? this.#try(() => this.#client.play()) : past.replay();
  }

  pause(): Promise<void> {
    this.#past?.stopReplay();
    return this.#try(() => this.#client.pause());
  }

  toggle(): Promise<void> {
    const stops = this.running || this.goal !== null || this.#past?.replaying === true;
    return stops ? this.pause() : this.play();
  }

  /** In the past: to the next recorded one, because what follows is the same. */
  step(kind: StepKind): Promise<void> {
    const past = this.#inPast();
    return past === null ? this.stepLive(kind) : past.stepForward(kind);
  }

  stepLive(kind: StepKind): Promise<void> {
    return this.#try(() => this.#client.step(kind));
  }

  /** Virtual seconds per second: 0.001 … 1000, or Infinity. */
  setSpeed(speed: number): Promise<void> {
    return this.#try(() => this.#client.setSpeed(speed));
  }

  async runTo(until: Micros): Promise<void> {
    if (!(await this.#toPresent())) return;
    await this.#try(() => this.#client.runTo(until));
  }

  /** As fast as it can; `pause` stops it. @returns null where it could not begin. */
  async runUntil(goal: Goal): Promise<GoalEnd | null> {
    if (!(await this.#toPresent())) return null;
    this.goal = goal;
    try {
      return await this.#client.runUntil(goal);
    } catch (error) {
      this.notify('error', messageOf(error));
      return null;
    } finally {
      if (this.goal === goal) this.goal = null;
    }
  }

  #inPast(): Past | null {
    return this.#past?.inPast === true ? this.#past : null;
  }

  /** What is done in the past begins a branch there. */
  async #toPresent(): Promise<boolean> {
    return (await this.#inPast()?.makePresent()) ?? true;
  }

  // --- the world --------------------------------------------------------------------------------

  /** Does it, and says why when the world refuses. */
  async act(action: Action, remedy: Remedy | null = null): Promise<ActionOutcome> {
    const kept = this.guard.refuse(action, () => void this.act(action, remedy));
    if (kept !== null) return { ok: false, reason: kept };
    try {
      if (!(await this.#toPresent())) return { ok: false, reason: 'the past is out of reach' };
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
    return this.#asked().complete(process, line);
  }

  /** Null when it is no longer in flight, or the worker is gone. */
  packetBytes(packet: PacketName): Promise<MessageBytes | null> {
    return this.#asked()
      .packetBytes(packet)
      .catch(() => null);
  }

  /** The answer of a four-letter word; null of a server that does not run. */
  admin(sid: Sid, word: string): Promise<string | null> {
    return this.#asked().admin(sid, word);
  }

  /** Every member's log from one zxid to another, however far back. */
  logParts(from: Zxid, to: Zxid): Promise<readonly MemberLogPart[]> {
    return this.#asked().logParts(from, to);
  }

  /** @throws where a disk cannot be read. */
  dataDirs(): Promise<readonly MemberFiles[]> {
    return this.#asked().dataDirs();
  }

  /** All that is needed to see the moment in sight again. */
  async record(): Promise<RunRecord> {
    const record = await this.#asked().record();
    const beginning = this.replayable ? null : ((await this.#past?.beginning()) ?? null);
    return beginning === null ? record : { ...record, beginning };
  }

  checkpoint(): Promise<LocalRun> {
    return this.#asked().checkpoint();
  }

  /** A program takes part in the present from now on. @returns why it was asked no more. */
  async runProgram(id: number, port: MessagePort): Promise<ProgramEnd> {
    if (!(await this.#toPresent())) return 'left';
    const end = this.#client.runProgram(id, port);
    await this.#try(() => this.#client.play());
    return end;
  }

  stopProgram(id: number): Promise<void> {
    return this.#try(() => this.#client.stopProgram(id));
  }

  /** The actions of the present's branch from number `from` on. */
  actionsFrom(from: number): Promise<readonly TimedAction[]> {
    return this.#client.actionsFrom(from);
  }

  /** How wildly a monkey plays, 1..10; null calls it off. */
  async setMonkey(intensity: number | null): Promise<void> {
    if (!(await this.#toPresent())) return;
    await this.#try(() => this.#client.setMonkey(intensity));
  }

  /** Whoever knows about the moment in sight. */
  #asked(): PastAnswers {
    return this.#inPast()?.answers ?? this.#client;
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

  toggleInGroup(process: ProcessId): void {
    this.group = this.group.includes(process)
      ? this.group.filter((other) => other !== process)
      : [...this.group, process];
  }

  focus(sid: Sid | null): void {
    if (this.focusSid === sid) return;
    this.focusSid = sid;
    void this.#try(() => this.#client.focus(sid));
    this.#inPast()?.focusMoved();
  }

  isSelected(kind: 'server', sid: Sid): boolean;
  isSelected(kind: 'client', process: ProcessId): boolean;
  isSelected(kind: 'znode', path: string): boolean;
  isSelected(kind: 'zxid', zxid: Zxid): boolean;
  isSelected(kind: Selection['kind'], id: number | string | bigint): boolean {
    return this.selection?.kind === kind && idOf(this.selection) === id;
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

  get notices(): readonly Notice[] {
    return this.#notices.list;
  }

  notify(kind: Notice['kind'], text: string, remedy: Remedy | null = null): void {
    this.#notices.add(kind, text, remedy);
  }

  dismiss(id: number): void {
    this.#notices.dismiss(id);
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.notify('error', messageOf(error));
    }
  }
}

function speedOf(record: RunRecord | undefined): number {
  if (record === undefined) return DEFAULT_SPEED;
  return speedFor((record.until - (record.beginning?.clock ?? 0)) as Micros);
}

/** Clients are served somewhere. */
function isServing(frame: Frame): boolean {
  return frame.members.some((m) => m.status === 'running' && m.server?.serving === true);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const key = Symbol('playground');
export const setPlayground = (playground: Playground): Playground => setContext(key, playground);
export const getPlayground = (): Playground => getContext<Playground>(key);
