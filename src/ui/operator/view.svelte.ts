/** Where the operator looks: kept while the pane is behind another. */
import type { Micros, Sid } from '../../core/units.ts';
import type { MemberView } from '../../sim/frame.ts';
import type { Playground } from '../state/playground.svelte.ts';

export interface Asked {
  readonly word: string;
  /** Null: nobody answered; see `status`. */
  readonly text: string | null;
  readonly status: MemberView['status'];
  readonly at: Micros;
  /** How many events the run had. */
  readonly events: number;
}

class OperatorView {
  /** `1`, `2` … is a server. */
  tab: string = $state('1');
  asked: ReadonlyMap<Sid, Asked> = $state.raw(new Map());
  all: ReadonlyMap<Sid, Asked> = $state.raw(new Map());

  async ask(playground: Playground, sid: Sid, word: string): Promise<void> {
    const asked = await askOne(playground, sid, word);
    if (asked !== null) this.asked = new Map(this.asked).set(sid, asked);
  }

  async askAll(playground: Playground): Promise<void> {
    const members = playground.frame?.members ?? [];
    const asked = await Promise.all(
      members.map(async ({ sid }) => [sid, await askOne(playground, sid, 'srvr')] as const),
    );
    this.all = new Map(asked.flatMap(([sid, one]) => (one === null ? [] : [[sid, one] as const])));
  }

  forget(): void {
    this.asked = new Map();
    this.all = new Map();
    this.tab = '1';
  }
}

export const operatorView = new OperatorView();

async function askOne(playground: Playground, sid: Sid, word: string): Promise<Asked | null> {
  const status = playground.member(sid)?.status ?? 'down';
  const text = status === 'running' ? await playground.admin(sid, word) : null;
  const { frame } = playground;
  if (frame === null) return null;
  return { word, text, status, at: frame.now, events: frame.events };
}
