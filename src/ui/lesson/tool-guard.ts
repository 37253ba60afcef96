/** Keeps from a person what a lesson is not meant to be done with, until they want it all the same. */
import { limitsOf, missingTool, type Deed } from '../../lessons/engine/tools.ts';
import type { Guard } from '../state/guard.ts';
import type { LessonDesk } from './desk.svelte.ts';
import { lessonTexts } from './texts.ts';

/** Of the desk, what matters here. */
export interface Guarded extends Pick<
  LessonDesk,
  'stage' | 'text' | 'playing' | 'solved' | 'playground'
> {
  readonly around: { readonly locale: Pick<LessonDesk['around']['locale'], 'name'> };
}

export class ToolGuard implements Guard {
  readonly #desk: Guarded;
  /** The person wants everything in this attempt. */
  #lifted = false;
  /** What was told in this attempt: its button is of no use in another one. */
  readonly #told = new Set<string>();

  constructor(desk: Guarded) {
    this.#desk = desk;
  }

  /** Another attempt, or none: what was allowed in the one before is so no more. */
  reset(): void {
    const { playground } = this.#desk;
    this.#lifted = false;
    for (const { id, text } of playground.notices) if (this.#told.has(text)) playground.dismiss(id);
    this.#told.clear();
  }

  refuse(deed: Deed, again: () => void): string | null {
    const { stage, text, playing, solved, playground, around } = this.#desk;
    // What the desk plays by itself is not asked for by anybody; who has solved it is free.
    if (stage !== 'open' || text === null || playing !== null || solved || this.#lifted)
      return null;
    const missing = missingTool(text.tools, deed);
    if (missing === null) return null;
    const { tools: t } = lessonTexts(around.locale.name);
    const why = t.refused(
      t.names[missing],
      limitsOf(text.tools).map((tool) => t.names[tool]),
    );
    this.#told.add(why);
    playground.notify('error', why, {
      label: t.anyway,
      run: () => {
        this.#lifted = true;
        again();
      },
    });
    return why;
  }
}
