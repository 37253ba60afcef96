/**
 * The person's programs, and what comes of them. It outlives its pane, which goes when another tab
 * is in front: programs go on meanwhile. What was written is kept in the browser.
 */
import type { SessionId } from '../../core/units.ts';
import { SAMPLES } from '../../lessons/samples/samples.ts';
import type { Sample } from '../../lessons/samples/sample.ts';
import { hostProgram, type Outcome } from '../../worker/sandbox/host.ts';
import type { OutputLine, Report, Waiting } from '../../worker/sandbox/report.ts';
import type { LocaleName } from '../state/locale.svelte.ts';
import type { Playground } from '../state/playground.svelte.ts';
import { readPreference, writePreference } from '../state/preferences.ts';
import { inOrder } from './state.ts';
import { readPrograms, writePrograms, type StoredProgram } from './stored.ts';

const LINES_MAX = 2_000;

/** Whatever a person writes is stored that many milliseconds later. */
const STORE_AFTER = 400;

/** What was said is shown that many milliseconds later. */
const SHOW_AFTER = 30;

/** One of those that were started together. */
export class Copy {
  readonly id: number;
  readonly number: number;
  readonly of: number;
  /** What it was made of, which may have been changed since. */
  readonly text: string;
  seated = $state(false);
  waiting: readonly Waiting[] = $state.raw([]);
  sessions: readonly SessionId[] = $state.raw([]);
  outcome: Outcome | null = $state.raw(null);
  readonly ending = new AbortController();

  constructor(id: number, number: number, of: number, text: string) {
    this.id = id;
    this.number = number;
    this.of = of;
    this.text = text;
  }
}

export class Program {
  readonly id: number;
  /** The sample that it was made from. */
  readonly sample: Sample | null;
  name: string = $state('');
  text: string = $state('');
  /** How many are started together. */
  copies: number = $state(1);
  /** Those that were started last. */
  ran: readonly Copy[] = $state.raw([]);

  constructor(id: number, { name, text, copies, sample }: StoredProgram) {
    this.id = id;
    this.name = name;
    this.text = text;
    this.copies = copies;
    this.sample = SAMPLES.find((one) => one.id === sample) ?? null;
  }

  get live(): boolean {
    return this.ran.some(({ outcome }) => outcome === null);
  }
}

/** A line of output, and whose it is. */
export interface SaidLine extends OutputLine {
  readonly key: number;
  readonly program: Program;
  readonly copy: Copy;
}

export class Workshop {
  programs: readonly Program[] = $state.raw([]);
  /** The one in the editor. */
  chosenId: number | null = $state(null);
  view: 'editor' | 'output' = $state('editor');
  lines: readonly SaidLine[] = $state.raw([]);

  readonly chosen: Program | null = $derived(
    this.programs.find(({ id }) => id === this.chosenId) ?? this.programs[0] ?? null,
  );

  readonly #playground: Playground;
  #programCount = 0;
  #startCount = 0;
  #lineCount = 0;
  #fresh: SaidLine[] = [];
  #isShowing = false;
  #storing: ReturnType<typeof setTimeout> | null = null;

  constructor(playground: Playground, locale: LocaleName) {
    this.#playground = playground;
    const stored = readPrograms(readPreference('programs'));
    if (stored !== null) for (const one of stored) this.#put(one);
    else if (SAMPLES[0] !== undefined) this.#put(ofSample(SAMPLES[0], locale));
    this.chosenId = this.programs[0]?.id ?? null;
  }

  // --- the list -----------------------------------------------------------------------------------

  addSample(sample: Sample, locale: LocaleName): Program {
    return this.add(ofSample(sample, locale));
  }

  /** Puts it behind the others, and into the editor. */
  add(stored: StoredProgram): Program {
    const program = this.#put({ ...stored, name: this.#freeName(stored.name) });
    this.chosenId = program.id;
    this.view = 'editor';
    this.store();
    return program;
  }

  /** Ends it as well. @returns what brings it back, unstarted. */
  remove(program: Program): () => void {
    const before = this.programs;
    this.stop(program);
    this.programs = before.filter((one) => one !== program);
    this.lines = this.lines.filter((line) => line.program !== program);
    this.store();
    return () => {
      const place = before.indexOf(program);
      this.programs = [...this.programs.slice(0, place), program, ...this.programs.slice(place)];
      this.chosenId = program.id;
      this.store();
    };
  }

  /** After any change of what is kept. */
  store(): void {
    if (this.#storing !== null) clearTimeout(this.#storing);
    this.#storing = setTimeout(() => {
      this.#storing = null;
      writePreference('programs', writePrograms(this.programs));
    }, STORE_AFTER);
  }

  #put(stored: StoredProgram): Program {
    this.#programCount += 1;
    const program = new Program(this.#programCount, stored);
    this.programs = [...this.programs, program];
    return program;
  }

  #freeName(name: string): string {
    const taken = new Set(this.programs.map((one) => one.name));
    if (!taken.has(name)) return name;
    let n = 2;
    while (taken.has(`${name} ${String(n)}`)) n += 1;
    return `${name} ${String(n)}`;
  }

  // --- running ------------------------------------------------------------------------------------

  /** What it said before is forgotten; what still goes on of it is ended. */
  run(program: Program): void {
    this.stop(program);
    this.lines = this.lines.filter((line) => line.program !== program);
    const { text, copies: of } = program;
    program.ran = Array.from({ length: of }, (_, n) => {
      this.#startCount += 1;
      return new Copy(this.#startCount, n + 1, of, text);
    });
    for (const copy of program.ran) void this.#start(program, copy);
  }

  stop({ ran }: Program): void {
    for (const copy of ran) {
      if (copy.outcome !== null) continue;
      copy.ending.abort();
      void this.#playground.stopProgram(copy.id);
    }
  }

  async #start(program: Program, copy: Copy): Promise<void> {
    const { id, number, of, text } = copy;
    const world = this.#playground.frame?.world;
    const settings = {
      ...{ id, number, of },
      seed: world?.seed ?? 0,
      startTime: world?.ensemble.startTime ?? 0,
    };
    try {
      copy.outcome = await hostProgram({
        text,
        settings,
        signal: copy.ending.signal,
        onReport: (report) => this.#hear(program, copy, report),
        join: (port) => {
          copy.seated = true;
          return this.#playground.runProgram(id, port);
        },
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      copy.outcome = { kind: 'failed', name: 'other', message, line: null };
    }
    copy.waiting = [];
    // One that broke down by itself still has its seat; of others nobody knows any more.
    if (copy.outcome.kind === 'failed') void this.#playground.stopProgram(id);
  }

  #hear(program: Program, copy: Copy, { lines, waiting, sessions }: Report): void {
    copy.waiting = waiting;
    copy.sessions = sessions;
    // Started again meanwhile: nobody wants to hear of the one before.
    if (lines.length === 0 || !program.ran.includes(copy)) return;
    for (const line of lines) {
      this.#fresh.push({ ...line, key: ++this.#lineCount, program, copy });
    }
    if (this.#isShowing) return;
    this.#isShowing = true;
    setTimeout(() => this.#show(), SHOW_AFTER);
  }

  /** Many at a time: whoever says much is not to keep the page busy. */
  #show(): void {
    this.#isShowing = false;
    const fresh = this.#fresh.filter(({ program, copy }) => program.ran.includes(copy));
    this.#fresh = [];
    fresh.sort((a, b) => a.at - b.at);
    this.lines = inOrder(this.lines, fresh, LINES_MAX);
  }
}

const ofSample = (sample: Sample, locale: LocaleName): StoredProgram => ({
  name: sample.words[locale].title,
  text: sample.text,
  copies: sample.copies,
  sample: sample.id,
});

const workshops = new WeakMap<Playground, Workshop>();

export function workshopOf(playground: Playground, locale: LocaleName): Workshop {
  const workshop = workshops.get(playground) ?? new Workshop(playground, locale);
  workshops.set(playground, workshop);
  return workshop;
}
