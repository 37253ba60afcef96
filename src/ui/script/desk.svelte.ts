/**
 * The person's script, and what comes of it. It outlives its pane, which goes when another tab is
 * in front. A script is first carried out in the lab, which finds out when each line takes place;
 * what the page then shows is a record with times, so that it is the same every time.
 */
import type { Micros } from '../../core/units.ts';
import type { RunRecord, WorldConfig } from '../../sim/actions.ts';
import type { ClientNames, ScriptStep } from '../../sim/script-text/model.ts';
import { parseScript } from '../../sim/script-text/parse.ts';
import type { LineMoment, ScriptAction, ScriptFailure } from '../../sim/script-text/run.ts';
import type { TextResult, TextStart } from '../../worker/lab-api.ts';
import type { Hunter, OpenedRun } from '../bugs/hunter.svelte.ts';
import { isStopped, messageOf } from '../bugs/reasons.ts';
import type { Playground } from '../state/playground.svelte.ts';
import type { Timeline } from '../state/timeline.svelte.ts';
import { playHere, type HowItEnded } from './play-here.ts';

export type View = 'mine' | 'recorded';

/** Virtual microseconds that a run goes on behind the last line. */
const AFTERWARDS = 2_000_000;

/** A script that takes place, or took place. */
export interface Performance {
  readonly text: string;
  readonly moments: readonly LineMoment[];
  readonly actions: readonly ScriptAction[];
  /** The run that it is, where it began afresh; null where it goes on from a moment. */
  readonly opened: OpenedRun | null;
}

/** Why a line did not take place, in the text as it was. */
export interface FailedLine {
  readonly text: string;
  readonly line: number;
  readonly why: ScriptFailure;
  /** How far it got, to be looked at; null where it was in the present run. */
  readonly result: TextResult | null;
}

export class ScriptDesk {
  view: View = $state('mine');
  text: string = $state('');
  /** The lab is finding out the times. */
  working = $state(false);
  performance: Performance | null = $state.raw(null);
  /** It goes on in the present run, and may be stopped. */
  playing = $state(false);
  failed: FailedLine | null = $state.raw(null);
  /** Lines that a person is to be shown; counts up, so that the same line can be shown again. */
  shown: { readonly line: number; readonly count: number } = $state.raw({ line: 0, count: 0 });

  readonly hunter: Hunter;
  readonly timeline: Timeline;
  #stop = false;

  constructor(hunter: Hunter, timeline: Timeline) {
    this.hunter = hunter;
    this.timeline = timeline;
  }

  get playground(): Playground {
    return this.hunter.playground;
  }

  /** Clients of the moment in sight, whom a script that goes on from here may name. */
  get clients(): ClientNames {
    const clients = this.playground.frame?.clients ?? [];
    return new Map(clients.map(({ name, process }) => [name, process]));
  }

  /** Puts another text in the place of the person's own. @returns what brings that back. */
  replace(text: string): () => void {
    const before = this.text;
    this.text = text;
    this.view = 'mine';
    this.failed = null;
    return () => {
      this.text = before;
    };
  }

  show(line: number): void {
    this.view = 'mine';
    this.shown = { line, count: this.shown.count + 1 };
  }

  /** From the beginning, in an ensemble of this world. @returns the run that stood there before. */
  async runAfresh(
    text: string,
    world: WorldConfig,
    more: Partial<OpenedRun> = {},
  ): Promise<RunRecord | null> {
    const { steps } = parseScript(text);
    const result = await this.#perform({ kind: 'world', world }, steps);
    if (result === null) return null;
    if (result.failure === null) return this.#open(text, result, more);
    this.#fail(text, result, result);
    return null;
  }

  /** What came about of a script that failed. */
  async openFailed(failed: FailedLine): Promise<RunRecord | null> {
    const { text, result } = failed;
    return result === null ? null : this.#open(text, result, {});
  }

  async #open(
    text: string,
    { record, moments, actions }: TextResult,
    more: Partial<OpenedRun>,
  ): Promise<RunRecord | null> {
    const { hunter, playground } = this;
    // The person's own ensemble is kept by the hunter; what stood in its place is kept by nobody.
    const before = hunter.home === null ? null : await playground.record();
    await hunter.openRecord(record, 'text', more);
    this.performance = { text, moments, actions, opened: hunter.opened };
    return before;
  }

  /** In the present run, from the moment in sight. */
  async runHere(text: string): Promise<HowItEnded | null> {
    const { playground, timeline } = this;
    const { steps } = parseScript(text, this.clients);
    if (timeline.view !== null && !(await timeline.makePresent())) return null;
    const ran = playground.live?.running ?? false;
    await playground.pause();
    const run = await playground.checkpoint();
    const result = await this.#perform({ kind: 'run', run }, steps, 0);
    if (result === null) return null;
    if (result.failure !== null) {
      this.#fail(text, result, null);
      if (ran) await playground.play();
      return null;
    }
    const { moments, actions } = result;
    // All of it or nothing: half a script is no use to anybody.
    const again = (): void => void this.runHere(text);
    if (actions.some(({ action }) => playground.guard.refuse(action, again) !== null)) {
      if (ran) await playground.play();
      return null;
    }
    this.performance = { text, moments, actions, opened: null };
    this.playing = true;
    this.#stop = false;
    try {
      const end = await playHere(playground, timeline, actions, () => this.#stop);
      if (end.kind === 'refused') {
        const why = { kind: 'refused', reason: end.reason } as const;
        this.failed = { text, line: end.line, why, result: null };
      }
      return end;
    } finally {
      this.playing = false;
    }
  }

  async #perform(
    start: TextStart,
    steps: readonly ScriptStep[],
    afterwards = AFTERWARDS,
  ): Promise<TextResult | null> {
    const { hunter } = this;
    this.failed = null;
    this.performance = null;
    this.working = true;
    try {
      hunter.stopLab();
      return await (await hunter.lab()).text(start, steps, afterwards);
    } catch (reason) {
      if (!isStopped(reason)) this.playground.notify('error', messageOf(reason));
      return null;
    } finally {
      this.working = false;
    }
  }

  #fail(text: string, { failure }: TextResult, result: TextResult | null): void {
    if (failure === null) return;
    this.failed = { text, line: failure.line, why: failure.why, result };
    if (this.text === text) this.show(failure.line);
  }

  /** The rest does not take place; what did stays. */
  async stop(): Promise<void> {
    if (this.working) {
      this.hunter.stopLab();
      return;
    }
    this.#stop = true;
    const { performance, playground, timeline } = this;
    await playground.pause();
    if (performance?.opened !== null && this.isShown(performance)) {
      // A branch of its own, on which nothing waits to take place.
      await timeline.forkHere('');
    }
    this.performance = null;
  }

  /** Whether what the page shows is that very run. */
  isShown(performance: Performance | null): performance is Performance {
    if (performance === null) return false;
    const { opened } = performance;
    // Seen again from the beginning it is another run of the same record.
    return opened === null || opened.record === this.hunter.opened?.record;
  }

  /** Null where no line of the script is due. */
  lineAt(performance: Performance, now: Micros): number | null {
    return performance.moments.find(({ at }) => at > now)?.line ?? null;
  }
}

const desks = new WeakMap<Hunter, ScriptDesk>();

export function deskOf(hunter: Hunter, timeline: Timeline): ScriptDesk {
  const desk = desks.get(hunter) ?? new ScriptDesk(hunter, timeline);
  desks.set(hunter, desk);
  return desk;
}
