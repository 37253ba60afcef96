/** Scripts of the bug gallery as steps of the language, so that they can be read and changed. */
import type { Micros } from '../../core/units.ts';
import type { Cue, Deed, Script } from '../explore/script.ts';
import type { ScriptDeed, ScriptStep, When } from './model.ts';

/** Lines are numbered as `printSteps` writes them. */
export function stepsOfScript({ steps, afterwards }: Script): readonly ScriptStep[] {
  const found: Omit<ScriptStep, 'line'>[] = [];
  for (const { when, then } of steps) {
    const waits = when === undefined ? null : whenOf(when);
    if (then.length === 0) found.push({ when: waits, deed: null, attempt: false });
    then.forEach((deed, index) =>
      found.push({ when: index === 0 ? waits : null, ...deedOf(deed) }),
    );
  }
  if (afterwards > 0) {
    const micros = afterwards as Micros;
    found.push({ when: { kind: 'after', micros }, deed: null, attempt: false });
  }
  return found
    .filter(({ when, deed }) => when !== null || deed !== null)
    .map((step, index) => ({ line: index + 1, ...step }));
}

function whenOf(cue: Cue): When {
  if (cue.cue === 'after') return { kind: 'after', micros: cue.micros as Micros };
  return { kind: 'cue', cue };
}

function deedOf(deed: Deed): Pick<ScriptStep, 'deed' | 'attempt'> {
  switch (deed.kind) {
    case 'attempt':
      return { deed: { kind: 'act', action: deed.action }, attempt: true };
    case 'holdPacket':
    case 'releasePacket':
      return { deed: toPacket(deed), attempt: false };
    default:
      return { deed: { kind: 'act', action: deed }, attempt: false };
  }
}

function toPacket({ kind, packet }: Extract<Deed, { readonly packet: unknown }>): ScriptDeed {
  const { where, ...match } = packet;
  const bare = Object.keys(where ?? {}).length === 0 || where === undefined;
  const verb = kind === 'holdPacket' ? 'hold' : 'release';
  return { kind: 'packet', verb, match: bare ? match : { ...match, where }, by: null };
}
