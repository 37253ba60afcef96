/**
 * Readers of values that came from outside: each takes what `JSON.parse` made and gives back a
 * value of our own, or refuses it with a sentence for a person. Nothing of the original is kept:
 * what is not asked for by name does not get in.
 */

/** Why a text is no record of a run: a sentence for a person. */
export class RunTextError extends Error {
  override readonly name = 'RunTextError';
  /** The same without saying of what: these readers read other things of strangers, too. */
  readonly fact: string;

  constructor(fact: string) {
    super(`This is not a recorded run: ${fact}.`);
    this.fact = fact;
  }
}

/** @param where the place in the record: `actions[3].sid`. */
export type Reader<T> = (value: unknown, where: string) => T;

export function refuse(where: string, why: string): never {
  throw new RunTextError(`${where} ${why}`);
}

/** A whole number, both ends included. */
export function whole<T extends number>(min: number, max: number): Reader<T> {
  return (value, where) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      return refuse(where, 'is no whole number');
    }
    if (value < min || value > max) {
      return refuse(where, `is not between ${String(min)} and ${String(max)}`);
    }
    // JSON knows a negative zero, and the simulator does not.
    return (value === 0 ? 0 : value) as T;
  };
}

export function fraction(min: number, max: number): Reader<number> {
  return (value, where) => {
    if (typeof value !== 'number' || !(value >= min && value <= max)) {
      return refuse(where, `is no number between ${String(min)} and ${String(max)}`);
    }
    return value === 0 ? 0 : value;
  };
}

export const flag: Reader<boolean> = (value, where) =>
  typeof value === 'boolean' ? value : refuse(where, 'is neither true nor false');

/** @param max characters. */
export function words(max: number): Reader<string> {
  return (value, where) => {
    if (typeof value !== 'string') return refuse(where, 'is no text');
    return value.length <= max ? value : refuse(where, `is longer than ${String(max)} characters`);
  };
}

/** @param shape anchored at both ends. */
export function oneMatching(shape: RegExp): Reader<string> {
  return (value, where) =>
    typeof value === 'string' && shape.test(value)
      ? value
      : refuse(where, 'is no name of its kind');
}

export function oneOf<T extends string>(...names: readonly T[]): Reader<T> {
  return (value, where) =>
    names.find((name) => name === value) ?? refuse(where, `is none of ${names.join(', ')}`);
}

export function nullOr<T>(read: Reader<T>): Reader<T | null> {
  return (value, where) => (value === null ? null : read(value, where));
}

export function list<T>(read: Reader<T>, max: number): Reader<readonly T[]> {
  return (value, where) => {
    if (!Array.isArray(value)) return refuse(where, 'is no list');
    if (value.length > max) return refuse(where, `has more than ${String(max)} entries`);
    return value.map((entry: unknown, index) => read(entry, `${where}[${String(index)}]`));
  };
}

/** Digits, as no number of JSON holds 64 bits. */
export function long<T extends bigint>(): Reader<T> {
  return (value, where) => {
    if (typeof value !== 'string' || !/^-?\d{1,19}$/.test(value)) {
      return refuse(where, 'is no number of 64 bits');
    }
    const number = BigInt(value);
    if (BigInt.asIntN(64, number) !== number) return refuse(where, 'is no number of 64 bits');
    return number as T;
  };
}

/** @param max bytes. */
export function bytes(max: number): Reader<Uint8Array> {
  return (value, where) => {
    if (typeof value !== 'string' || value.length % 4 !== 0) return refuse(where, 'is no base64');
    if (value.length > (max * 4) / 3 + 4) {
      return refuse(where, `is longer than ${String(max)} bytes`);
    }
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(value)) return refuse(where, 'is no base64');
    return Uint8Array.from(atob(value), (char) => char.charCodeAt(0));
  };
}

type Fields<T> = { readonly [Key in keyof T]-?: Reader<Exclude<T[Key], undefined>> };

/** An object with these fields and no others; those in `optional` may be missing. */
export function object<T extends object>(
  fields: Fields<T>,
  optional: readonly (keyof T & string)[] = [],
): Reader<T> {
  const names = Object.keys(fields) as (keyof T & string)[];
  return (value, where) => {
    const given = asObject(value, where);
    for (const key of Object.keys(given)) {
      if (!(names as string[]).includes(key)) refuse(where, `has a field ${quote(key)} too many`);
    }
    const read: Partial<T> = {};
    for (const name of names) {
      if (Object.hasOwn(given, name)) {
        read[name] = fields[name](given[name], `${where}.${name}`);
      } else if (!optional.includes(name)) {
        refuse(where, `has no ${name}`);
      }
    }
    return read as T;
  };
}

/** An object that says by one of its fields what the others are. */
export function variant<T>(tag: string, table: Readonly<Record<string, Reader<T>>>): Reader<T> {
  return (value, where) => {
    const given = asObject(value, where);
    const name = Object.hasOwn(given, tag) ? given[tag] : undefined;
    const read = typeof name === 'string' && Object.hasOwn(table, name) ? table[name] : undefined;
    if (read === undefined) return refuse(where, `has a ${tag} that nobody knows`);
    return read(value, where);
  };
}

export function asObject(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse(where, 'is no object');
  }
  return value as Readonly<Record<string, unknown>>;
}

/** What a stranger wrote, short enough to be shown. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 30 ? `${text.slice(0, 30)}…` : text);
}
