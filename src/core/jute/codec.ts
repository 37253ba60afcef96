/**
 * Codecs as values. A record is a table of fields in the order of the wire, so that a table of
 * records reads like zookeeper.jute.
 */
import type { Millis, SessionId } from '../units.ts';
import type { Zxid } from '../zxid.ts';
import { JuteError, type InputArchive } from './input-archive.ts';
import type { OutputArchive } from './output-archive.ts';

export interface Codec<T> {
  readonly read: (input: InputArchive) => T;
  readonly write: (output: OutputArchive, value: T) => void;
}

export type Infer<C> = C extends Codec<infer T> ? T : never;

export const bool: Codec<boolean> = {
  read: (input) => input.readBool(),
  write: (output, value) => {
    output.writeBool(value);
  },
};

export const int: Codec<number> = {
  read: (input) => input.readInt(),
  write: (output, value) => {
    output.writeInt(value);
  },
};

export const long: Codec<bigint> = {
  read: (input) => input.readLong(),
  write: (output, value) => {
    output.writeLong(value);
  },
};

export const buffer: Codec<Uint8Array | null> = {
  read: (input) => input.readBuffer(),
  write: (output, value) => {
    output.writeBuffer(value);
  },
};

/** A string that must be there. */
export const ustring: Codec<string> = {
  read: (input) => {
    const value = input.readString();
    if (value === null) throw new JuteError(`a null string before ${String(input.position)}`);
    return value;
  },
  write: (output, value) => {
    output.writeString(value);
  },
};

export const nullableUstring: Codec<string | null> = {
  read: (input) => input.readString(),
  write: (output, value) => {
    output.writeString(value);
  },
};

/** A string that the server takes as an empty one where it is null. */
export const ustringOrEmpty: Codec<string> = {
  read: (input) => input.readString() ?? '',
  write: ustring.write,
};

/** No bytes at all: a field that only our value has, such as the name that tells it apart. */
export function constant<const T>(value: T): { read: () => T; write: () => void } {
  return { read: () => value, write: () => undefined };
}

/** A null vector reads as an empty one. */
export function vector<T>(item: Codec<T>): Codec<readonly T[]> {
  return {
    read: (input) => input.readVector(item.read) ?? [],
    write: (output, items) => {
      output.writeVector(items, item.write);
    },
  };
}

/** A list that must be there. */
export function strictVector<T>(item: Codec<T>): Codec<readonly T[]> {
  return {
    read: (input) => {
      const items = input.readVector(item.read);
      if (items === null) throw new JuteError(`a null vector before ${String(input.position)}`);
      return items;
    },
    write: (output, items) => {
      output.writeVector(items, item.write);
    },
  };
}

/** The same bytes as another type. */
export function mapped<Wire, T>(
  wire: Codec<Wire>,
  to: (value: Wire) => T,
  from: (value: T) => Wire,
): Codec<T> {
  return {
    read: (input) => to(wire.read(input)),
    write: (output, value) => {
      wire.write(output, from(value));
    },
  };
}

export const zxid: Codec<Zxid> = mapped(
  long,
  (value) => value as Zxid,
  (value) => value,
);

export const sessionId: Codec<SessionId> = mapped(
  long,
  (value) => value as SessionId,
  (value) => value,
);

/** A duration in 32 bits: a timeout. */
export const millisInt: Codec<Millis> = mapped(
  int,
  (value) => value as Millis,
  (value) => value,
);

/** A moment or a duration in 64 bits; exact up to 2^53. */
export const millisLong: Codec<Millis> = mapped(
  long,
  (value) => Number(value) as Millis,
  (value) => BigInt(value),
);

/**
 * Fields are read and written in the order of the keys. Reading goes through `readField`, so that
 * an archive may note which bytes each of them took.
 */
export function record<T extends object>(fields: {
  readonly [K in keyof T]: Codec<T[K]>;
}): Codec<{ readonly [K in keyof T]: T[K] }> {
  const names = Object.keys(fields) as (keyof T & string)[];
  return {
    read: (input) => {
      const value: Partial<T> = {};
      for (const name of names) value[name] = input.readField(name, fields[name].read);
      return value as T;
    },
    write: (output, value) => {
      for (const name of names) fields[name].write(output, value[name]);
    },
  };
}
