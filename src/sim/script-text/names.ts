/** How clients are called in a script: by the letters of their sessions, or by their number. */
import type { ProcessId } from '../../core/units.ts';
import { CLIENT_ID_MIN } from '../actions.ts';
import type { ClientNames } from './model.ts';

/** The names known at a line, which `new client` adds to. */
export type Names = Map<string, ProcessId>;

const LETTERS = 26;

export const namesFrom = (given: ClientNames): Names => new Map(given);

/** A is 1001, B is 1002 …; null for any other name. */
export function usualId(name: string): ProcessId | null {
  if (!/^[A-Z]$/.test(name)) return null;
  return (CLIENT_ID_MIN + name.charCodeAt(0) - 65) as ProcessId;
}

/** The number that `new client` gives where the text does not say: both ways of the text agree. */
export function idForNew(names: Names, name: string): ProcessId {
  const taken = new Set<number>(names.values());
  const usual = usualId(name);
  if (usual !== null && !taken.has(usual)) return usual;
  let id = CLIENT_ID_MIN + LETTERS;
  while (taken.has(id)) id++;
  return id as ProcessId;
}

/** Null where nobody is called so. */
export function idOf(names: Names, name: string): ProcessId | null {
  return names.get(name) ?? null;
}

/** Whether a name can stand in a line as it is, and is no word of the language. */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_]{0,30}$/.test(name) && !RESERVED.has(name);
}

const RESERVED = new Set([
  ...['at', 'after', 'when', 'wait', 'until', 'try', 'new', 'client', 'server', 'by', 'where'],
  ...['leader', 'follower', 'observer', 'last', 'a', 'no', 'session', 'property', 'packet'],
  ...['znode', 'connection', 'answer', 'heal', 'partition'],
]);

/** As a line refers to it: by its name where that is unique, else by its number. */
export function sayClient(names: Names, id: ProcessId): string {
  for (const [name, known] of names) if (known === id && isPlainName(name)) return name;
  return `#${String(id)}`;
}
