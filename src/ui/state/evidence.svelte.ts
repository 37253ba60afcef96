/** What contradicts each other where a property broke: lit up wherever the page shows it. */
import type { SessionId, Sid } from '../../core/units.ts';
import type { Zxid } from '../../core/zxid.ts';
import { piecesOf, sidIn } from '../parts/pointing.ts';

export interface Facts {
  readonly servers: ReadonlySet<Sid>;
  readonly zxids: ReadonlySet<Zxid>;
  readonly sessions: ReadonlySet<SessionId>;
  readonly paths: ReadonlySet<string>;
}

const NO_FACTS: Facts = {
  servers: new Set(),
  zxids: new Set(),
  sessions: new Set(),
  paths: new Set(),
};

/** What a sentence names. */
export function factsOf(why: string): Facts {
  const pieces = piecesOf(why);
  const texts = (kind: string): string[] =>
    pieces.filter((piece) => piece.kind === kind).map(({ text }) => text);
  return {
    servers: new Set(texts('server').map((text) => sidIn(text) as Sid)),
    zxids: new Set(texts('zxid').map((text) => BigInt(text) as Zxid)),
    sessions: new Set(texts('session').map((text) => BigInt(text) as SessionId)),
    paths: new Set(texts('path')),
  };
}

export class Evidence {
  facts: Facts = $state.raw(NO_FACTS);
  /** The row of the events that tells of it; null for none. */
  event: number | null = $state(null);
  /** Counts up, so that the same event can be shown again. */
  shown: number = $state(0);

  show(why: string, event: number | null): void {
    this.facts = factsOf(why);
    this.event = event;
    this.shown += 1;
  }

  clear(): void {
    this.facts = NO_FACTS;
    this.event = null;
  }
}
