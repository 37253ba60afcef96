/** What a person points at. */
import type { ConnId, ProcessId, Sid } from '../../core/units.ts';
import type { Zxid } from '../../core/zxid.ts';

/** The thing that every pane lights up. */
export type Selection =
  | { readonly kind: 'server'; readonly sid: Sid }
  | { readonly kind: 'client'; readonly process: ProcessId }
  | {
      readonly kind: 'packet';
      readonly conn: ConnId;
      readonly from: ProcessId;
      readonly index: number;
    }
  | { readonly kind: 'znode'; readonly path: string }
  /** A transaction; `sid` is the member in whose log it was pointed at, if in one. */
  | { readonly kind: 'zxid'; readonly zxid: Zxid; readonly sid: Sid | null };

/** By what the same thing is known in every frame; a packet in flight has no such name. */
export function idOf(selection: Selection): number | string | bigint | null {
  switch (selection.kind) {
    case 'server':
      return selection.sid;
    case 'client':
      return selection.process;
    case 'znode':
      return selection.path;
    case 'zxid':
      return selection.zxid;
    case 'packet':
      return null;
  }
}
