import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/core/config.ts';
import type { Micros } from '../../../src/core/units.ts';
import type { SavedRun } from '../../../src/store/settings-store.ts';
import {
  openIdbSettingsStore,
  openMemorySettingsStore,
  parseRun,
} from '../../../src/store/settings-store.ts';

const run: SavedRun = {
  version: 1,
  world: {
    ensemble: DEFAULT_CONFIG,
    seed: 7,
    latency: { min: 1000 as Micros, max: 5000 as Micros },
    diskLatency: { min: 200 as Micros, max: 800 as Micros },
    tcpTimeout: 1 as Micros,
  },
  clock: 12_000_000 as Micros,
  incarnation: 3,
};

describe.each([
  ['memory', openMemorySettingsStore()],
  ['IndexedDB', openIdbSettingsStore('test')],
])('settings in %s', (_, store) => {
  it('remember the last run, and forget it', async () => {
    expect(await store.loadRun()).toBeNull();
    await store.saveRun(run);
    expect(await store.loadRun()).toEqual(run);
    await store.clear();
    expect(await store.loadRun()).toBeNull();
  });
});

describe('a saved run', () => {
  it.each([
    ['nothing', undefined],
    ['text', 'run'],
    ['another version', { ...run, version: 2 }],
    ['no clock', { ...run, clock: undefined }],
    ['no incarnation', { ...run, incarnation: '3' }],
    ['no world', { ...run, world: undefined }],
    ['a world without an ensemble', { ...run, world: {} }],
    ['a world without servers', { ...run, world: { ensemble: {} } }],
  ])('that is %s counts as none', (_, value) => {
    expect(parseRun(value)).toBeNull();
  });
});
