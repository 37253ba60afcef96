/** Has branches and bookmarks kept in this browser, and offers those of before a reload. */
import { openIdbPastStore } from '../../store/past-store.ts';
import type { Chronicle } from '../../worker/chronicle-api.ts';
import type { Hunter } from '../bugs/hunter.svelte.ts';
import { buildId } from '../share/build-id.ts';
import type { Locale } from '../state/locale.svelte.ts';
import { PastKeeper } from '../state/past-keeper.svelte.ts';
import type { Playground } from '../state/playground.svelte.ts';
import type { Timeline } from '../state/timeline.svelte.ts';
import { timelineTexts } from './texts.ts';

export interface Kept {
  readonly playground: Playground;
  readonly timeline: Timeline;
  readonly hunter: Hunter;
  readonly locale: Locale;
}

/** @returns what ends it. */
export function keepPasts(
  { playground, timeline, hunter, locale }: Kept,
  connect: () => Promise<Chronicle>,
): () => void {
  const t = (): ReturnType<typeof timelineTexts>['earlier'] => timelineTexts(locale.name).earlier;
  const keeper = new PastKeeper({
    playground,
    timeline,
    store: openIdbPastStore(),
    build: buildId,
    now: () => Date.now(),
    connect,
    open: (world, moment) => hunter.openMoment(world, moment),
    fail: (why) => playground.notify('error', t().failed(why)),
  });
  timeline.pasts = keeper;
  const end = keeper.begin();
  void keeper.read().then(() => {
    const [latest] = keeper.list;
    if (latest === undefined || !isReload()) return;
    const what = t().what(latest.branches.length, latest.bookmarks.length);
    playground.notify('info', t().offer(what), {
      label: t().bring,
      run: () => void keeper.bringBack(latest),
    });
  });
  return end;
}

function isReload(): boolean {
  const [entry] = performance.getEntriesByType('navigation');
  return entry instanceof PerformanceNavigationTiming && entry.type === 'reload';
}
