/** A historic bug of ZooKeeper as a switch: a guarded line or two beside the correct code. */
export interface Mutant {
  readonly name: string;
  /** Its number in the gallery; one bug may have several switches. Null: not of the gallery. */
  readonly entry: number | null;
  readonly title: string;
  readonly issue: string;
  /** Which releases of Apache ZooKeeper have it. */
  readonly versions: string;
  /** What it does. */
  readonly story: string;
  /** Which invariant it breaks first. */
  readonly property: string;
  /** Apache ZooKeeper behaves so to this day; the correct behaviour is ours. */
  readonly present: boolean;
}
