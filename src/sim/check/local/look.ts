/**
 * What a look at one member's own state and disk brings out. The looks run in the member's host,
 * where that state is; the checkers of the whole run get their results with the turn. They are no
 * part of what the server did, and so not of the trace's hash.
 */
import type { Zxid } from '../../../core/zxid.ts';

/** Numbers of 32 bits that stand for the parts of a database which its digest leaves out. */
export interface Fingerprint {
  readonly acls: number;
  readonly children: number;
  readonly sessions: number;
  readonly ephemerals: number;
}

export type Look =
  /** Two facts inside one member contradict each other. */
  | { readonly what: 'broken'; readonly property: string; readonly fact: string }
  /** The database as it is, after the transaction that it processed last. */
  | { readonly what: 'tree'; readonly zxid: Zxid; readonly print: Fingerprint }
  /** What a start would make of the disk if the power failed now. */
  | {
      readonly what: 'recovery';
      readonly zxid: Zxid;
      /** Of the last transaction's content; NaN where a snapshot holds it. */
      readonly id: number;
      readonly digestHigh: number;
      readonly digestLow: number;
      readonly print: Fingerprint;
      /** The snapshot held changes later than its log shows: the tree is of no single moment. */
      readonly fuzzy: boolean;
    }
  /** The process has started on its disk, or given up half a synchronisation. */
  | { readonly what: 'started'; readonly print: Fingerprint; readonly fuzzy: boolean }
  /** NEWLEADER is being acknowledged, and so much is on the platter. */
  | { readonly what: 'acknowledged'; readonly onDisk: Zxid };

export interface LookEffect {
  readonly kind: 'look';
  readonly look: Look;
}
