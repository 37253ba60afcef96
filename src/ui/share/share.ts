/** What is passed on of the run that is open, and what is done with one that came from elsewhere. */
import type { RunRecord } from '../../sim/actions.ts';
import { momentOf } from '../../sim/chronicle/model.ts';
import type { SharedRun } from '../../sim/run-text.ts';
import type { Hunter } from '../bugs/hunter.svelte.ts';
import type { Layout } from '../shell/layout.svelte.ts';
import type { Locale } from '../state/locale.svelte.ts';
import type { Timeline } from '../state/timeline.svelte.ts';
import { formatBytes } from '../parts/format.ts';
import { saveText } from '../parts/save-file.ts';
import { buildId } from './build-id.ts';
import { fileNameOf, runToFile } from './run-file.ts';
import { shareTexts } from './texts.ts';

/** Who sees a run. */
export interface Seeing {
  readonly hunter: Hunter;
  readonly timeline: Timeline;
  readonly layout: Layout;
  readonly locale: Locale;
}

export type Extent = 'moment' | 'whole';

/** Characters of a link that pass through most programs for mail and chat without being cut. */
export const LINK_GOOD = 8_000;

/** Bytes of disks that a run began with: as text they are a third more, and a run is read up to 8 MB. */
const DISKS_MAX = 5_000_000;

/** The run that is open, as it is seen. Null where the disks that it began with are too large. */
export async function presentRun(
  { hunter, timeline, layout }: Seeing,
  extent: Extent,
): Promise<SharedRun | null> {
  const { playground } = hunter;
  const live = playground.live;
  if (live === null) return null;
  const seen = timeline.view ?? momentOf(live);
  const record = await playground.record();
  const { disks = [] } = record.beginning ?? {};
  const bytes = disks.flatMap(({ files }) => files.map((file) => file.bytes.length));
  if (bytes.reduce((sum, size) => sum + size, 0) > DISKS_MAX) return null;
  const moment = extent === 'moment' ? seen : null;
  return { record, breaks: null, sight: { build: buildId, moment, layout: layout.text } };
}

export async function linkTo(run: SharedRun): Promise<string> {
  const { fragmentOf } = await import('../bugs/link.ts');
  return location.origin + location.pathname + fragmentOf(run);
}

/** @returns whether it is in the clipboard; else it stands in the address line. */
export async function copyLinkOf(link: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(link);
    return true;
  } catch {
    history.replaceState(null, '', link);
    return false;
  }
}

/** A link to the moment in sight, in one step; a long one goes into a file instead. */
export async function copyMoment(seeing: Seeing): Promise<void> {
  const { playground } = seeing.hunter;
  const t = shareTexts(seeing.locale.name);
  try {
    const run = await presentRun(seeing, 'moment');
    if (run === null) {
      playground.notify('error', t.unlinkable);
      return;
    }
    const link = await linkTo(run);
    if (link.length > LINK_GOOD) {
      const file = saveText(fileNameOf(''), 'application/json', runToFile({ name: '', run }));
      playground.notify('info', t.savedInstead(formatBytes(link.length), file));
      return;
    }
    const done = await copyLinkOf(link);
    playground.notify('info', done ? t.copied(formatBytes(link.length)) : t.inAddress);
  } catch (reason) {
    playground.notify('error', t.failed(reason instanceof Error ? reason.message : String(reason)));
  }
}

/**
 * Opens a run as its giver saw it. One of another build may go another way here, so a person is
 * asked first, except in a frame of another page.
 *
 * @returns whether it was opened.
 */
export async function openSeen(seeing: Seeing, run: SharedRun): Promise<boolean> {
  const { hunter } = seeing;
  const isForeign = run.sight !== undefined && run.sight.build !== buildId;
  if (isForeign && !hunter.playground.isGuest) {
    hunter.foreign = run;
    return false;
  }
  await openAnyway(seeing, run);
  return true;
}

/** The same, whichever build it is of. It says whether it came to what its giver saw. */
export async function openAnyway(seeing: Seeing, run: SharedRun): Promise<void> {
  const { hunter, layout, locale } = seeing;
  const { sight, record } = run;
  await hunter.openShared(run);
  if (sight === undefined) return;
  if (sight.layout !== null) layout.visit(sight.layout);
  if (sight.moment !== null) await goTo(seeing, record, sight.moment);
  if (sight.build === buildId) return;
  const { playground } = hunter;
  const t = shareTexts(locale.name);
  const here = playground.frame?.events ?? 0;
  if (sight.moment === null) playground.notify('info', t.otherBuild(sight.build, buildId));
  else if (here === sight.moment.events) playground.notify('info', t.sameWay(here));
  else playground.notify('info', t.otherWay(sight.moment.events, here));
}

/** There it stands still: whoever opens it looks first. */
async function goTo(
  { hunter: { playground }, timeline }: Seeing,
  { until }: RunRecord,
  moment: NonNullable<NonNullable<SharedRun['sight']>['moment']>,
): Promise<void> {
  await playground.pause();
  await playground.runTo(until);
  await playground.pause();
  if (playground.live?.events !== moment.events) await timeline.goTo(moment);
}
