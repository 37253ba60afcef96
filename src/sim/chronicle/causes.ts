/** What led to an event, link by link, as far as the columns tell. */
import type { ProcessId } from '../../core/units.ts';
import { ownerOfEvent, type Branch } from './branch.ts';
import type { Names } from './columns.ts';
import { EVENT_KINDS, type CauseLink, type EventKind } from './model.ts';

/** One event as the columns have it. */
export interface Known {
  readonly event: number;
  readonly at: number;
  readonly process: ProcessId;
  readonly kind: EventKind;
  readonly type: string;
  readonly src: ProcessId;
  readonly cause: number;
  readonly zxid: bigint;
}

/** An event that led to the next, or (event -1) an action, named by `causeOfAction`. */
export interface Link {
  readonly event: number;
  readonly how: CauseLink['how'];
  readonly action: number;
}

/** The most links of a chain. */
export const CHAIN_MAX = 40;

/** How far back a proposal is looked for, in events. */
const SEARCH_MAX = 50_000;

/** Null for an event that is not in the columns. */
export function knownOf(branch: Branch, names: Names, event: number): Known | null {
  const { columns } = ownerOfEvent(branch, event);
  const n = event - columns.first;
  if (n < 0 || n >= columns.count) return null;
  return {
    event,
    at: columns.at[n] ?? 0,
    process: (columns.process[n] ?? 0) as ProcessId,
    kind: EVENT_KINDS[columns.kind[n] ?? 0] ?? 'order',
    type: names.list[columns.type[n] ?? 0] ?? '',
    src: (columns.src[n] ?? 0) as ProcessId,
    cause: columns.cause[n] ?? -1,
    zxid: columns.zxid[n] ?? 0n,
  };
}

/** Oldest first, ending before the event. */
export function chainBefore(branch: Branch, names: Names, event: number): readonly Link[] {
  const links: Link[] = [];
  let known = knownOf(branch, names, event);
  // The transaction that all is about: it tells apart what a disk or a server does in one go.
  let subject = 0n;
  while (known !== null && links.length < CHAIN_MAX) {
    if (subject === 0n || known.type === 'reply') subject = known.zxid;
    const link = linkBefore(branch, names, known, subject);
    if (link === null) break;
    links.unshift(link);
    if (known.type === 'PROPOSAL' || known.type === 'INFORM') subject = 0n;
    known = link.event < 0 ? null : knownOf(branch, names, link.event);
  }
  return links;
}

function linkBefore(branch: Branch, names: Names, known: Known, subject: bigint): Link | null {
  const { kind, cause } = known;
  if (cause < -1) return { event: -1, how: 'action', action: cause };
  if (kind === 'disk' && subject > 0n) {
    const logged = loggingEvent(branch, names, known, subject);
    if (logged >= 0 && logged !== cause) return { event: logged, how: 'before', action: -1 };
  }
  if (cause < 0) return null;
  const how = kind === 'timer' ? 'timer' : kind === 'disk' ? 'disk' : 'sent';
  return { event: cause, how, action: -1 };
}

/**
 * The event in which a server logged a transaction that its disk has now made safe: it received the
 * proposal, or (a leader) made it, which the proposal's receivers tell. A sync under way keeps the
 * next one waiting, so it need not be the event that asked for this one. -1 where it is not found.
 */
function loggingEvent(branch: Branch, names: Names, known: Known, zxid: bigint): number {
  const proposal = names.byText.get('PROPOSAL');
  const inform = names.byText.get('INFORM');
  const end = Math.max(0, known.event - SEARCH_MAX);
  for (let event = known.event - 1; event >= end; event--) {
    const { columns } = ownerOfEvent(branch, event);
    const n = event - columns.first;
    if (n < 0) return -1;
    if (columns.zxid[n] !== zxid) continue;
    if (columns.type[n] !== proposal && columns.type[n] !== inform) continue;
    if (columns.process[n] === known.process) return event;
    const sender = columns.cause[n] ?? -1;
    if (columns.src[n] === known.process && sender >= 0 && sender < known.event) return sender;
  }
  return -1;
}
