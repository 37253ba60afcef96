import { describe, expect, it } from 'vitest';
import type { Micros } from '../../../src/core/units.ts';
import { MUTANTS } from '../../../src/core/mutants.ts';
import { huntEn } from '../../../src/i18n/hunt.en.ts';
import { huntZhCN } from '../../../src/i18n/hunt.zh-CN.ts';
import { meaningsEn } from '../../../src/i18n/meanings.en.ts';
import { meaningsZhCN } from '../../../src/i18n/meanings.zh-CN.ts';
import { BEGINNINGS } from '../../../src/lessons/gallery/beginnings.ts';
import { EXHIBITS, exhibitOf } from '../../../src/lessons/gallery/gallery.ts';
import type { RunRecord } from '../../../src/sim/actions.ts';
import { LIVENESS } from '../../../src/sim/check/liveness/properties.ts';
import { PROPERTIES } from '../../../src/sim/check/properties.ts';
import { runScript } from '../../../src/sim/explore/script.ts';
import { expeditionTo } from '../../../src/ui/bugs/exhibits.ts';
import { fragmentOf, LinkError, runOfFragment } from '../../../src/ui/bugs/link.ts';
import { BUGS_BY_KIND, issuesOf } from '../../../src/ui/bugs/mutant-texts.ts';
import { linesOfRecord, linesOfScript } from '../../../src/ui/bugs/words.ts';
import { groupOf, groupsOf, LATE } from '../../../src/ui/inspector/property-groups.ts';
import { markOf } from '../../../src/ui/parts/format.ts';
import { factsOf } from '../../../src/ui/state/evidence.svelte.ts';
import { monkeyInNode } from '../../support/monkey-run.ts';

const { record } = monkeyInNode();

function whyOf(fragment: string): string {
  try {
    runOfFragment(fragment);
    return 'nothing';
  } catch (reason) {
    return reason instanceof LinkError ? `${reason.why}: ${reason.message}` : 'another error';
  }
}

describe('a link to a run', () => {
  const run = { record, breaks: null };

  it('gives the very same run', () => {
    const fragment = fragmentOf(run);
    expect(fragment).toMatch(/^#run=[0-9a-z]+\.[\w-]+$/);
    expect(runOfFragment(fragment)).toEqual(run);
  });

  it('says what the run breaks, and when that shows', () => {
    const late = { record, breaks: { name: 'D.3', settles: true } };
    expect(runOfFragment(fragmentOf(late))).toEqual(late);
    const unknown = { record, breaks: { name: 'D.99', settles: true } };
    expect(whyOf(fragmentOf(unknown))).toMatch(/^text: .*breaks\.name/);
  });

  it('is refused with the reason when it was cut or changed', () => {
    const fragment = fragmentOf(run);
    expect(whyOf(fragment.slice(0, fragment.length >> 1))).toMatch(/^(cut|text)/);
    expect(whyOf('#run=')).toMatch(/^cut/);
    expect(whyOf('#run=%%%')).toMatch(/^cut/);
    expect(whyOf('#run=abcd')).toMatch(/^(cut|text)/);
  });

  it('is refused when it is well made but no run', () => {
    const none = { ...record, until: -1 as Micros } satisfies RunRecord;
    expect(whyOf(fragmentOf({ record: none, breaks: null }))).toMatch(/^text: .*until/);
  });
});

describe('a run in words', () => {
  it('says every action in both languages', () => {
    for (const dictionary of [huntEn, huntZhCN]) {
      const lines = linesOfRecord(dictionary.deeds, record.actions);
      expect(lines).toHaveLength(record.actions.length);
      for (const { what } of lines) expect(what).not.toMatch(/undefined|\[object|^$/);
    }
    expect(linesOfRecord(huntEn.deeds, record.actions)[0]?.what).toBe('client monkey 1 comes');
  });

  it('says what a script waits for, step by step', () => {
    const { script } = exhibitOf('epoch-at-uptodate') ?? {};
    if (script === undefined) throw new Error('the gallery has lost an exhibit');
    const { actions } = runScript(script).record;
    const lines = linesOfScript(huntEn.deeds, script, actions);
    expect(lines.map(({ what, cue }) => [what, cue])).toEqual([
      ['server 1 is killed, what it had not synced is lost', 'as server 1 sends ACK'],
      ['server 1 starts again', 'as server 2, server 3 serve'],
    ]);
  });

  it('has words for every script of the gallery', () => {
    for (const exhibit of Object.values(EXHIBITS)) {
      const actions = exhibit.script.steps.flatMap(({ then }) =>
        then.map((deed) => ({
          at: 0 as Micros,
          action: deed.kind === 'attempt' ? deed.action : deed,
        })),
      );
      for (const { deeds } of [huntEn, huntZhCN]) {
        // Packets that are held have words by the script's own deeds.
        const lines = linesOfScript(deeds, exhibit.script, actions as RunRecord['actions']);
        for (const { what, cue } of lines) expect(what + cue).not.toMatch(/undefined|\[object/);
      }
    }
  });
});

describe('what a sentence of a checker names', () => {
  it('is found: servers alone and in lists, zxids, sessions and paths', () => {
    const facts = factsOf(
      'Servers 1, 3 and server 2 hold 0x200000007 of session 0x300000000e20000 at "/a/b", not /c.',
    );
    expect([...facts.servers].sort()).toEqual([1, 2, 3]);
    expect([...facts.zxids]).toEqual([0x200000007n]);
    expect([...facts.sessions]).toEqual([0x300000000e20000n]);
    expect([...facts.paths][0]).toBe('/a/b');
  });
});

describe('the lamps', () => {
  const names = [...PROPERTIES, ...LIVENESS].map(({ name }) => name);

  it('have a meaning each, in both languages', () => {
    expect(names.filter((name) => !(name in meaningsEn))).toEqual([]);
    expect(names.filter((name) => !(name in meaningsZhCN))).toEqual([]);
  });

  it('stand in the parts of the list of invariants, each once', () => {
    expect(groupOf('Leadership1')).toBe('A');
    expect(groupOf('ackConsistent')).toBe('B');
    expect([17, 18, 26, 27].map((n) => groupOf(`C.${String(n)}`))).toEqual(['C', 'K', 'K', 'C']);
    expect(LIVENESS.map(({ name }) => name)).toEqual([...LATE]);
    const views = names.map((name) => ({
      name,
      title: '',
      holds: true,
      why: null,
      violatedAt: null,
      lastTrueAt: 0 as Micros,
      event: null,
    }));
    const grouped = groupsOf(views).flatMap(({ properties }) => properties);
    expect(grouped.map(({ name }) => name).sort()).toEqual([...names].sort());
  });
});

describe('the gallery', () => {
  it('lists every switch once', () => {
    const listed = BUGS_BY_KIND.flatMap(({ bugs }) => bugs.map(({ name }) => name));
    expect(listed.sort()).toEqual(MUTANTS.map(({ name }) => name).sort());
  });

  it('sends the explorer to the moment at which the bug is near, or to a quiet one', () => {
    for (const { name } of MUTANTS) {
      const { script, plan } = expeditionTo(name);
      const { record, failure } = runScript(script);
      expect(failure).toBeNull();
      expect(record.world.ensemble.mutants).toEqual([name]);
      const beginning = BEGINNINGS[name];
      expect(script.steps === beginning?.script.steps).toBe(beginning !== undefined);
      expect(plan).toEqual(
        beginning?.plan ?? { may: [expect.objectContaining({ kind: 'submit' })] },
      );
    }
  });

  it('leads to issues only where there are some', () => {
    for (const bug of MUTANTS) {
      for (const { name, address } of issuesOf(bug)) {
        expect(address === null || address.endsWith(name)).toBe(true);
      }
    }
    expect(issuesOf({ ...MUTANTS[0], issue: 'ZOOKEEPER-1, no number' })).toEqual([
      { name: 'ZOOKEEPER-1', address: 'https://issues.apache.org/jira/browse/ZOOKEEPER-1' },
      { name: 'no number', address: null },
    ]);
  });
});

it('the mark of a session is short, whatever its name', () => {
  expect(['A', 'B12', 'monkey 3'].map(markOf)).toEqual(['A', 'B12', 'M3']);
});
