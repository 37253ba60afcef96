/**
 * The checkers compare every member with one committed log; the specification compares all pairs of
 * members. Over random, mostly faulty orders of commits both must give the same verdicts.
 */
import { expect, test } from 'vitest';
import { draw, drawInt, Purpose } from '../../../src/core/chance.ts';
import { broken, check, continueWith } from './notation.ts';
import { boot, elect, propose } from './stories.ts';

const MEMBERS = [1, 2, 3];
const PROPOSALS = 5;
const RUNS = 400;

/** Who commits which counter, in turn. Small numbers on purpose: they collide. */
function script(seed: number): readonly (readonly [member: number, counter: number])[] {
  const bits = (i: number): number => draw(seed, Purpose.scenario, 0, i);
  const faults = drawInt(bits(0), 0, 2);
  const next = new Map(MEMBERS.map((m) => [m, 1]));
  return Array.from({ length: drawInt(bits(1), 1, 8) }, (_, i) => {
    const member = drawInt(bits(3 * i + 2), 1, 3);
    const due = next.get(member) ?? 1;
    const isFaulty = drawInt(bits(3 * i + 3), 0, 3) < faults;
    const counter = isFaulty ? drawInt(bits(3 * i + 4), 1, PROPOSALS) : Math.min(due, PROPOSALS);
    next.set(member, counter + 1);
    return [member, counter] as const;
  });
}

type Histories = ReadonlyMap<number, readonly number[]>;

function pairs(histories: Histories): (readonly [readonly number[], readonly number[]])[] {
  const all = [...histories.values()];
  return all.flatMap((a) => all.map((b) => [a, b] as const));
}

function breaksPrefix(histories: Histories): boolean {
  return pairs(histories).some(([a, b]) => a.some((x, i) => i < b.length && b[i] !== x));
}

function breaksAgreement(histories: Histories): boolean {
  return pairs(histories).some(
    ([a, b]) => a.some((x) => !b.includes(x)) && b.some((x) => !a.includes(x)),
  );
}

/** Some `a` committed `x` before `y`, and `b` committed `y` with no `x` before it. */
function breaksOrder(histories: Histories): boolean {
  return pairs(histories).some(([a, b]) =>
    a.some((x, i) =>
      a.slice(i + 1).some((y) => b.includes(y) && !b.slice(0, b.indexOf(y)).includes(x)),
    ),
  );
}

test('one committed log decides as the pairs of members do', () => {
  const verdicts = new Map<string, number>();
  for (let seed = 0; seed < RUNS; seed += 1) {
    const cast = { leader: 3, followers: [1, 2], epoch: 1 };
    const checker = check([boot(MEMBERS), elect(cast)]);
    for (let c = 1; c <= PROPOSALS; c += 1) {
      continueWith(checker, propose(cast, `1.${String(c)}`, MEMBERS));
    }
    const histories = new Map<number, number[]>(MEMBERS.map((m) => [m, []]));
    const want = new Set<string>();
    for (const [member, counter] of script(seed)) {
      const history = histories.get(member) ?? [];
      if (history.includes(counter)) continue; // The specification speaks of sets.
      history.push(counter);
      const zxid = `1.${String(counter)}`;
      const told = `${String(member)}: got COMMIT 1.${String(PROPOSALS)}; apply ${zxid}`;
      continueWith(checker, member === 3 ? `3: commit ${zxid} by 1,2,3` : told);
      if (breaksPrefix(histories)) want.add('PrefixConsistency');
      if (breaksAgreement(histories)) want.add('Agreement');
      if (breaksOrder(histories)) want.add('TotalOrder');
    }
    const got = Object.keys(broken(checker)).filter((name) =>
      ['PrefixConsistency', 'Agreement', 'TotalOrder'].includes(name),
    );
    expect([seed, script(seed), got.toSorted()]).toEqual([
      seed,
      script(seed),
      [...want].toSorted(),
    ]);
    for (const name of got.length === 0 ? ['none'] : got) {
      verdicts.set(name, (verdicts.get(name) ?? 0) + 1);
    }
  }
  // Each verdict was reached often enough to mean something.
  for (const name of ['none', 'PrefixConsistency', 'Agreement', 'TotalOrder']) {
    expect([name, (verdicts.get(name) ?? 0) > RUNS / 20]).toEqual([name, true]);
  }
});
