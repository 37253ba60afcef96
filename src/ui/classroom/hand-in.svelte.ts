/** What can be handed in, and the file that it goes into. */
import { ANSWERS_FORMAT, answersToText, type Work } from '../../lessons/classroom/answer-file.ts';
import type { Sayings } from '../../lessons/engine/grader.ts';
import { recordFromText } from '../../sim/run-text.ts';
import type { ClassroomClient } from '../../worker/classroom-api.ts';
import { messageOf } from '../bugs/reasons.ts';
import { lessonDeskOf } from '../lesson/desk.svelte.ts';
import type { LessonSurroundings } from '../lesson/model.ts';
import { saveText } from '../parts/save-file.ts';
import { buildId } from '../share/build-id.ts';
import { answersFileName } from './file-names.ts';
import { piecesOf, type Piece } from './pieces.ts';
import type { Shelf } from './shelf.svelte.ts';
import { taskOf } from './tasks.ts';

export type HandedIn =
  | { readonly kind: 'saved'; readonly file: string }
  | { readonly kind: 'broken'; readonly id: string; readonly why: string };

export class HandIn {
  name = $state('');
  /** Keys of pieces that are not handed in: what is new is. */
  left: ReadonlySet<string> = $state.raw(new Set());
  /** While the file is made. */
  progress: { readonly done: number; readonly all: number } | null = $state.raw(null);

  readonly #around: LessonSurroundings;
  readonly #shelf: Shelf;
  readonly #client: () => Promise<ClassroomClient>;

  constructor(around: LessonSurroundings, shelf: Shelf, client: () => Promise<ClassroomClient>) {
    this.#around = around;
    this.#shelf = shelf;
    this.#client = client;
  }

  get pieces(): readonly Piece[] {
    return piecesOf(this.#shelf.works, lessonDeskOf(this.#around).book.all);
  }

  get chosen(): readonly Piece[] {
    return this.pieces.filter(({ key }) => !this.left.has(key));
  }

  tick(key: string, is: boolean): void {
    const others = [...this.left].filter((one) => one !== key);
    this.left = new Set(is ? others : [...others, key]);
  }

  tickAll(is: boolean): void {
    this.left = new Set(is ? [] : this.pieces.map(({ key }) => key));
  }

  /** @param titleOf of an exercise. */
  async save(titleOf: (id: string) => string): Promise<HandedIn> {
    const { chosen } = this;
    const work: Work[] = [];
    try {
      const client = await this.#client();
      for (const piece of chosen) {
        this.progress = { done: work.length, all: chosen.length };
        try {
          work.push(await workOf(piece, titleOf(piece.id), client));
        } catch (reason) {
          return { kind: 'broken', id: piece.id, why: messageOf(reason) };
        }
      }
    } finally {
      this.progress = null;
    }
    const name = this.name.trim();
    const text = answersToText({ format: ANSWERS_FORMAT, version: 1, name, build: buildId, work });
    const file = saveText(answersFileName(name), 'application/json', text);
    return { kind: 'saved', file };
  }
}

async function workOf(piece: Piece, title: string, client: ClassroomClient): Promise<Work> {
  const { id, seed, run, shown, hints } = piece;
  const record = recordFromText(run);
  return {
    task: taskOf(id, seed, title),
    record,
    sayings: JSON.parse(piece.sayings) as Sayings,
    hash: await client.hashOf(record),
    shown,
    hints,
    madeAt: new Date(piece.madeAt).toISOString(),
  };
}
