/** The trees of other members at the moment in sight: the chronicle knows them all. */
import type { Sid } from '../../core/units.ts';
import type { TreeView } from '../../core/view.ts';
import { momentOf } from '../../sim/chronicle/model.ts';
import type { Playground } from '../state/playground.svelte.ts';
import { Repeated } from '../state/repeated.svelte.ts';
import type { Timeline } from '../state/timeline.svelte.ts';

export interface OtherTrees {
  /** One's own at the same moment. */
  readonly own: TreeView;
  /** Null of a member that has none. */
  readonly others: ReadonlyMap<Sid, TreeView | null>;
}

export class OtherTreesAsker extends Repeated<OtherTrees> {
  readonly #playground: Playground;
  readonly #timeline: Timeline;
  #about = '';

  constructor(playground: Playground, timeline: Timeline, every: number) {
    super(every);
    this.#playground = playground;
    this.#timeline = timeline;
  }

  /** To be called in an effect. @param own the tree that the frame in sight carries. */
  ask(own: TreeView, sids: readonly Sid[]): void {
    const { frame } = this.#playground;
    if (frame === null) return;
    const about = `${String(own.sid)} ${sids.join()}`;
    if (about !== this.#about) this.hurry();
    this.#about = about;
    const moment = momentOf(frame);
    // Trees change with transactions, and with what the members last processed.
    const zxids = frame.members.map(({ server }) => String(server?.lastProcessed)).join();
    const key = `${about} ${String(own.treeVersion)} ${zxids} ${String(frame.actions)}`;
    this.want(key, async () => {
      const others = new Map<Sid, TreeView | null>();
      await this.#timeline.ask(async (chronicle, branch) => {
        for (const sid of sids) others.set(sid, await chronicle.tree({ branch, moment }, sid));
      });
      return { own, others };
    });
  }
}
