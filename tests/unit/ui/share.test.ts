/** A run that is passed on: as a link, as a file, and as what a browser keeps. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Micros, Sid } from '../../../src/core/units.ts';
import type { RunRecord } from '../../../src/sim/actions.ts';
import type { SharedRun } from '../../../src/sim/run-text.ts';
import { addClient, quietWorld } from '../../../src/sim/scenarios.ts';
import { openRunsStore, type KeptRun } from '../../../src/store/runs-store.ts';
import { fragmentOf, LinkError, runOfFragment } from '../../../src/ui/bugs/link.ts';
import { KeptRuns } from '../../../src/ui/share/kept-runs.svelte.ts';
import {
  fileNameOf,
  RunFileError,
  runFromFile,
  runToFile,
} from '../../../src/ui/share/run-file.ts';

const record: RunRecord = {
  version: 1,
  world: quietWorld(7, 5),
  actions: [
    { at: 1000 as Micros, action: addClient(0) },
    {
      at: 2000 as Micros,
      action: { kind: 'crash', sid: 3 as Sid, tail: 'torn', silent: true },
    },
  ],
  until: 9_000_000 as Micros,
};
const run: SharedRun = {
  record,
  breaks: null,
  sight: {
    build: '0123abcd',
    moment: { events: 4711, actions: 2, at: 8_000_000 as Micros },
    layout: '{"preset":"debug"}',
  },
};

function whyNot(read: () => unknown): string {
  try {
    read();
  } catch (reason) {
    if (reason instanceof LinkError || reason instanceof RunFileError) return reason.why;
    throw reason;
  }
  return 'read';
}

describe('a link', () => {
  test('gives back how the run was seen', () => {
    expect(runOfFragment(fragmentOf(run))).toEqual(run);
    const fromStart: SharedRun = {
      record,
      breaks: null,
      sight: { build: 'x', moment: null, layout: null },
    };
    expect(runOfFragment(fragmentOf(fromStart))).toEqual(fromStart);
  });

  test('says that it is damaged, whichever character was changed', () => {
    const fragment = fragmentOf(run);
    const start = fragment.indexOf('.') + 1;
    fc.assert(
      fc.property(
        fc.integer({ min: start, max: fragment.length - 2 }),
        fc.constantFrom('A', 'a', '0', '_', '-'),
        (at, char) => {
          fc.pre(fragment[at] !== char);
          const changed = fragment.slice(0, at) + char + fragment.slice(at + 1);
          expect(whyNot(() => runOfFragment(changed))).toBe('cut');
        },
      ),
    );
    expect(whyNot(() => runOfFragment(fragment.slice(0, -9)))).toBe('cut');
  });

  test('of before the checksum is read as well', () => {
    const [head = '', code = ''] = fragmentOf(run).split('.');
    expect(head).toMatch(/^#run=[0-9a-z]+$/);
    expect(runOfFragment(`#run=${code}`)).toEqual(run);
  });
});

describe('a file', () => {
  test('gives back the run and its name', () => {
    expect(runFromFile(runToFile({ name: '旧 leader', run }))).toEqual({ name: '旧 leader', run });
  });

  const whole = JSON.parse(runToFile({ name: 'a', run })) as Record<string, unknown>;
  test.each([
    ['no JSON', 'zoo.cfg', 'noJson'],
    ['something else in JSON', '[1]', 'otherFormat'],
    ['a later version', JSON.stringify({ ...whole, version: 2 }), 'newer'],
    ['without a run', JSON.stringify({ ...whole, run: undefined }), 'text'],
    ['a run of nothing', JSON.stringify({ ...whole, run: { version: 1 } }), 'text'],
  ])('that is %s is refused with its reason', (_, text, why) => {
    expect(whyNot(() => runFromFile(text))).toBe(why);
  });

  test('has a name that every system takes', () => {
    expect(fileNameOf(' a/b: c? ')).toBe('a-b-c.zkrun.json');
    expect(fileNameOf('***')).toBe('run.zkrun.json');
    expect(fileNameOf('旧 leader')).toBe('旧-leader.zkrun.json');
  });
});

describe('what the browser keeps', () => {
  beforeEach(async () => {
    const store = openRunsStore();
    await store.clear();
    store.close();
  });

  test('is there for the next visit, the latest first, and can be opened', async () => {
    const first = new KeptRuns();
    expect(await first.keep('one', run, 1000)).toBe(true);
    expect(await first.keep('two', run, 2000)).toBe(true);
    first.dispose();
    const store = openRunsStore();
    const list = await store.list();
    expect(list.map(({ name }) => name)).toEqual(['two', 'one']);
    expect(list[0]).toMatchObject({ servers: 5, actions: 2, until: 9_000_000 });
    expect(runFromFile(list[0]?.text ?? '').run).toEqual(run);
    store.close();
  });

  test('comes back after it was deleted', async () => {
    const kept = new KeptRuns();
    await kept.keep('one', run, 1000);
    const [one] = kept.list ?? [];
    if (one === undefined) throw new Error('it was kept');
    await kept.remove(one);
    expect(kept.list).toEqual([]);
    await kept.put(one);
    expect(kept.list?.map(({ name }) => name)).toEqual(['one']);
    await kept.rename(one, 'again');
    expect(kept.list?.map(({ name }) => name)).toEqual(['again']);
    expect(runFromFile(kept.list?.[0]?.text ?? '')).toEqual({ name: 'again', run });
    kept.dispose();
  });

  test('says so where the storage refuses, and stays as it was', async () => {
    const refusing = {
      list: (): Promise<readonly KeptRun[]> => Promise.resolve([]),
      put: () => Promise.reject(new Error('no space left')),
      remove: () => Promise.resolve(),
      clear: () => Promise.resolve(),
      close: () => undefined,
    };
    const kept = new KeptRuns(refusing);
    expect(await kept.keep('one', run, 1)).toBe(false);
    expect(kept.trouble).toBe('no space left');
  });
});
