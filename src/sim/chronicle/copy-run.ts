/**
 * Copies of runs. A structured clone of a run takes as long as living through thousands of events,
 * and longer with every transaction in the logs. Most of a run never changes once it is there:
 * messages, records, what logs and traces consist of. A copy shares these, and copies the rest.
 *
 * They may be shared because they are shared already: in one thread the leader's message is the one
 * that all its followers hold, and in workers each has its own; both make the same run.
 */
import type { LocalRun } from '../local.ts';

/** Fields whose value never changes, with all that is in it. */
export const SHARED_VALUES: ReadonlySet<string> = new Set(['record', 'message']);

/** Arrays that grow and shrink, of elements that never change. */
export const SHARED_ELEMENTS: ReadonlySet<string> = new Set([
  'log',
  'snapshots',
  'ring',
  'notable',
  'transcript',
  'actions',
]);

/** A run of its own, which goes on as the other one does. Without what only watches. */
export function copyRun(run: LocalRun): LocalRun {
  return copy({ ...run, world: { ...run.world, lost: null } }, new Map());
}

type Copies = Map<object, object>;

function copy<T extends object>(value: T, copies: Copies): T {
  const known = copies.get(value);
  if (known !== undefined) return known as T;
  return copyNew(value, copies) as T;
}

function copyNew(value: object, copies: Copies): object {
  if (Array.isArray(value)) return copyArray(value as readonly unknown[], copies);
  if (value instanceof Map) {
    const map = new Map<unknown, unknown>();
    copies.set(value, map);
    for (const [key, item] of value) map.set(copyAny(key, copies), copyAny(item, copies));
    return map;
  }
  if (value instanceof Set) {
    const set = new Set<unknown>();
    copies.set(value, set);
    for (const item of value) set.add(copyAny(item, copies));
    return set;
  }
  if (ArrayBuffer.isView(value)) {
    const bytes = structuredClone(value);
    copies.set(value, bytes);
    return bytes;
  }
  return copyFields(value as Readonly<Record<string, unknown>>, copies);
}

function copyAny(value: unknown, copies: Copies): unknown {
  return typeof value === 'object' && value !== null ? copy(value, copies) : value;
}

function copyArray(array: readonly unknown[], copies: Copies): unknown[] {
  const items = array.slice();
  copies.set(array, items);
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (typeof item === 'object' && item !== null) items[index] = copy(item, copies);
  }
  return items;
}

function copyFields(value: Readonly<Record<string, unknown>>, copies: Copies): object {
  const fields: Record<string, unknown> = { ...value };
  copies.set(value, fields);
  for (const key of Object.keys(fields)) {
    const field = fields[key];
    if (typeof field !== 'object' || field === null || SHARED_VALUES.has(key)) continue;
    if (SHARED_ELEMENTS.has(key) && Array.isArray(field)) {
      fields[key] = copies.get(field) ?? sliceOf(field as readonly unknown[], copies);
    } else {
      fields[key] = copy(field, copies);
    }
  }
  return fields;
}

function sliceOf(array: readonly unknown[], copies: Copies): unknown[] {
  const items = array.slice();
  copies.set(array, items);
  return items;
}
