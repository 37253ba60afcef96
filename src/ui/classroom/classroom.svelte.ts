/** What is under way in the classroom: it outlives its dialog. */
import type { ClassroomClient } from '../../worker/classroom-api.ts';
import { getHunter, type Hunter } from '../bugs/hunter.svelte.ts';
import type { LessonSurroundings } from '../lesson/model.ts';
import { getLayout } from '../shell/layout.svelte.ts';
import { getLocale } from '../state/locale.svelte.ts';
import { getTimeline } from '../state/timeline.svelte.ts';
import { Assigner } from './assigner.svelte.ts';
import { Checker } from './checker.svelte.ts';
import { HandIn } from './hand-in.svelte.ts';
import { Maker } from './maker.svelte.ts';
import { shelfOfPage, type Shelf } from './shelf.svelte.ts';

/** What the dialog has to say: notices of the page lie below it, where nobody can reach them. */
export interface Said {
  readonly text: string;
  readonly isBad: boolean;
  readonly undo: (() => void) | null;
}

export class Classroom {
  said: Said | null = $state.raw(null);

  readonly around: LessonSurroundings;
  readonly shelf: Shelf = shelfOfPage();
  readonly maker: Maker;
  readonly assigner = new Assigner();
  readonly handIn: HandIn;
  readonly checker: Checker;
  #client: Promise<ClassroomClient> | null = null;

  constructor(around: LessonSurroundings) {
    this.around = around;
    const client = (): Promise<ClassroomClient> => this.#connect();
    this.maker = new Maker(around, client);
    this.handIn = new HandIn(around, this.shelf, client);
    this.checker = new Checker(this.shelf, client);
  }

  say(text: string, undo: (() => void) | null = null): void {
    this.said = { text, isBad: false, undo };
  }

  complain(text: string): void {
    this.said = { text, isBad: true, undo: null };
  }

  /** One worker, as long as the page: it keeps nothing between two questions. */
  #connect(): Promise<ClassroomClient> {
    this.#client ??= import('../../worker/connect-classroom.ts').then(({ connectClassroom }) =>
      connectClassroom(),
    );
    return this.#client;
  }
}

const classrooms = new WeakMap<Hunter, Classroom>();

/** The one of this page. */
export function classroomOf(around: LessonSurroundings): Classroom {
  const known = classrooms.get(around.hunter);
  if (known !== undefined) return known;
  const made = new Classroom(around);
  classrooms.set(around.hunter, made);
  return made;
}

/** For components, while they are being made. */
export function getClassroom(): Classroom {
  return classroomOf({
    hunter: getHunter(),
    timeline: getTimeline(),
    layout: getLayout(),
    locale: getLocale(),
  });
}
