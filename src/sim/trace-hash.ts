/**
 * The trace hash: 64 bits over everything that happened in a run, in order. Two runs with the same
 * hash did the same things; where they ran, and in which slices, leaves no mark on it.
 */

/** Plain data: two lanes of 32 bits. */
export interface TraceHash {
  a: number;
  b: number;
}

export function createTraceHash(): TraceHash {
  return { a: 0x9747b28c | 0, b: 0x3c6ef372 | 0 };
}

export function hashText(hash: TraceHash): string {
  const hex = (lane: number): string => (lane >>> 0).toString(16).padStart(8, '0');
  return hex(hash.a) + hex(hash.b);
}

/** Any number that a double holds exactly. */
export function hashNumber(hash: TraceHash, value: number): void {
  hashWord(hash, value | 0);
  if (value > 0x7fff_ffff || value < -0x8000_0000) hashWord(hash, Math.floor(value / 2 ** 32) | 0);
}

/** Any 64-bit integer. */
export function hashBigInt(hash: TraceHash, value: bigint): void {
  const rounded = Number(value);
  hashNumber(hash, rounded);
  if (rounded > Number.MAX_SAFE_INTEGER || rounded < Number.MIN_SAFE_INTEGER) {
    hashWord(hash, Number(BigInt.asIntN(32, value)));
  }
}

export function hashBytes(hash: TraceHash, bytes: Uint8Array | null): void {
  if (bytes === null) return hashWord(hash, -1);
  let word = bytes.length;
  for (const byte of bytes) word = (Math.imul(word, 31) + byte) | 0;
  hashWord(hash, word);
}

export function hashString(hash: TraceHash, text: string): void {
  let word = text.length;
  for (let i = 0; i < text.length; i++) word = (Math.imul(word, 31) + text.charCodeAt(i)) | 0;
  hashWord(hash, word);
}

/** The content of any plain value: fields by name and order, sets and maps in insertion order. */
export function hashValue(hash: TraceHash, value: unknown): void {
  switch (typeof value) {
    case 'number':
      return hashNumber(hash, value);
    case 'string':
      return hashString(hash, value);
    case 'bigint':
      return hashBigInt(hash, value);
    case 'boolean':
      return hashWord(hash, value ? 1 : 2);
    case 'object':
      return value === null ? hashWord(hash, 3) : hashObject(hash, value);
    default:
      return hashWord(hash, 4);
  }
}

/** Lists are told from the numbers in them. */
const LIST = 0x5a00_0000;

function hashObject(hash: TraceHash, value: object): void {
  if (Array.isArray(value)) {
    hashWord(hash, LIST + value.length);
    for (const item of value) hashValue(hash, item);
  } else if (value instanceof Uint8Array) {
    hashBytes(hash, value);
  } else if (value instanceof Map || value instanceof Set) {
    hashWord(hash, LIST + value.size);
    for (const item of value) hashValue(hash, item);
  } else {
    const record = value as Readonly<Record<string, unknown>>;
    for (const key of Object.keys(record)) {
      hashString(hash, key);
      hashValue(hash, record[key]);
    }
  }
}

/** 32 bits. */
export function hashWord(hash: TraceHash, word: number): void {
  const a = Math.imul(hash.a ^ word, 0x9e3779b1);
  hash.a = a ^ (a >>> 15);
  const b = Math.imul((hash.b + word) | 0, 0x85ebca6b);
  hash.b = ((b << 13) | (b >>> 19)) ^ word;
}
