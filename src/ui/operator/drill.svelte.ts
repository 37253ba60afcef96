/** Follows the desk of lessons: while a drill is open and not solved, only operators' panes are shown. */
import { untrack } from 'svelte';
import type { LessonDesk } from '../lesson/desk.svelte.ts';
import type { OpenLesson } from '../lesson/model.ts';
import { drillLock } from './lock.svelte.ts';
import { operatorTexts } from './texts.ts';
import { operatorView } from './view.svelte.ts';

class Drill {
  /** The lesson whose person would rather look. */
  gaveUp: OpenLesson | null = $state.raw(null);
  /** The cause that is picked; it counts when it is confirmed. */
  picked: string | null = $state(null);
  /** Causes that were confirmed: all but the true one were wrong. */
  named: readonly string[] = $state.raw([]);
}

export const drill = new Drill();

/** For as long as the page lives. */
export function watchDrill(desk: LessonDesk): void {
  const { layout, locale } = desk.around;
  let last: OpenLesson | null = null;
  drillLock.giveUp = () => {
    drill.gaveUp = desk.lesson;
    layout.choose('lesson');
  };
  drillLock.refuse = () => {
    desk.playground.notify('info', operatorTexts(locale.name).locked.refused);
  };
  drillLock.reason = () => operatorTexts(locale.name).locked.reason;
  const follow = (): void => {
    $effect(() => {
      const { lesson } = desk;
      if (lesson === last) return;
      last = lesson;
      drill.named = [];
      drill.picked = null;
      drill.gaveUp = null;
      operatorView.forget();
      // From a drill straight to a lesson, which has panes of its own.
      untrack(() => {
        if (lesson?.plan.operator === false && layout.preset === 'drill') layout.choose('lesson');
      });
    });
    $effect(() => {
      const { lesson, solved, stage } = desk;
      const isDrill = lesson?.plan.operator === true && stage !== 'failed' && stage !== 'list';
      drillLock.isOn = isDrill && !solved && drill.gaveUp !== lesson;
    });
    $effect(() => {
      if (!drillLock.isOn) return;
      // Choosing reads what it changes.
      untrack(() => {
        if (layout.preset !== 'embed' && layout.preset !== 'drill') layout.choose('drill');
      });
    });
    $effect(() => {
      const { cause } = desk.sayings;
      if (cause === null || drill.named.includes(cause)) return;
      drill.named = [...drill.named, cause];
    });
  };
  // Outside of whatever is being made now, like the desk's own.
  queueMicrotask(() => $effect.root(follow));
}
