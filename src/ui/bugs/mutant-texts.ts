/** Title and story of a bug in the page's language; English stands beside the switches. */
import { MUTANTS, type Mutant, type MutantName } from '../../core/mutants.ts';
import { HANDOVER } from '../../core/mutants/handover.ts';
import { JOINING } from '../../core/mutants/joining.ts';
import { STORAGE } from '../../core/mutants/storage.ts';
import { mutantsZhCN } from '../../i18n/mutants.zh-CN.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

export type Kind = 'joining' | 'storage' | 'handover';

export interface Bug extends Mutant {
  readonly name: MutantName;
}

export const BUGS_BY_KIND: readonly { readonly kind: Kind; readonly bugs: readonly Bug[] }[] = [
  { kind: 'joining', bugs: JOINING },
  { kind: 'storage', bugs: STORAGE },
  { kind: 'handover', bugs: HANDOVER },
];

export const BUG_COUNT = MUTANTS.length;

export function bugNamed(name: string): Bug | null {
  return MUTANTS.find((bug) => bug.name === name) ?? null;
}

export interface BugTexts {
  readonly title: string;
  readonly story: string;
}

export function textsOf(bug: Bug, locale: LocaleName): BugTexts {
  return (locale === 'zh-CN' ? mutantsZhCN[bug.name] : undefined) ?? bug;
}

/** `ZOOKEEPER-335, ZOOKEEPER-1081` one by one; what is no issue has no address. */
export function issuesOf({ issue }: Mutant): readonly { name: string; address: string | null }[] {
  return issue.split(/,\s*/).map((name) => ({
    name,
    address: /^ZOOKEEPER-\d+$/.test(name) ? `https://issues.apache.org/jira/browse/${name}` : null,
  }));
}
