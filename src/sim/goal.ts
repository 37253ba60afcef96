/** What time can run to: chosen from a list in the page, written as a condition in a script. */
import type { ServerState } from '../core/quorum/vote.ts';
import type { Micros, ProcessId, Sid } from '../core/units.ts';

export type Goal =
  /** A leader serves clients. */
  | { readonly kind: 'serves' }
  /** Nobody leads any more. */
  | { readonly kind: 'leaderless' }
  | { readonly kind: 'znode'; readonly path: string; readonly exists: boolean }
  | { readonly kind: 'expires'; readonly process: ProcessId | null }
  | { readonly kind: 'violated' }
  /** A packet of this type arrives, as `PacketView.type` says it. */
  | { readonly kind: 'packet'; readonly type: string }
  | { readonly kind: 'role'; readonly sid: Sid; readonly state: ServerState }
  | { readonly kind: 'moment'; readonly at: Micros };
