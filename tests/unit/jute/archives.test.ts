import { describe, expect, test } from 'vitest';
import { EndOfInputError, InputArchive, JuteError } from '../../../src/core/jute/input-archive.ts';
import { OutputArchive } from '../../../src/core/jute/output-archive.ts';

function written(write: (output: OutputArchive) => void): number[] {
  const output = new OutputArchive(1);
  write(output);
  return [...output.toBytes()];
}

function reading(...bytes: number[]): InputArchive {
  return new InputArchive(new Uint8Array(bytes));
}

describe('the bytes of each kind', () => {
  test('numbers are big-endian and signed', () => {
    expect(written((o) => o.writeInt(-2))).toEqual([0xff, 0xff, 0xff, 0xfe]);
    expect(written((o) => o.writeLong(0x0102030405060708n))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(written((o) => o.writeLong(-1n))).toEqual(Array(8).fill(0xff));
    expect(written((o) => o.writeBool(true))).toEqual([1]);
    expect(reading(0xff, 0xff, 0xff, 0xfe).readInt()).toBe(-2);
    expect(reading(0x80, 0, 0, 0, 0, 0, 0, 0).readLong()).toBe(-(2n ** 63n));
    expect(reading(2).readBool()).toBe(true);
  });

  test('a null has the length -1', () => {
    const nothing = [0xff, 0xff, 0xff, 0xff];
    expect(written((o) => o.writeBuffer(null))).toEqual(nothing);
    expect(written((o) => o.writeString(null))).toEqual(nothing);
    expect(written((o) => o.writeVector(null, () => undefined))).toEqual(nothing);
    expect(reading(...nothing).readBuffer()).toBeNull();
    expect(reading(...nothing).readString()).toBeNull();
    expect(reading(...nothing).readVector((i) => i.readInt())).toBeNull();
  });

  test('a vector is a count and its items', () => {
    const bytes = written((o) => o.writeVector([1, 2], (out, n) => out.writeByte(n)));
    expect(bytes).toEqual([0, 0, 0, 2, 1, 2]);
    expect(reading(...bytes).readVector((i) => i.readByte())).toEqual([1, 2]);
    expect(reading(0xff, 0xff, 0xff, 0xf0).readVector((i) => i.readByte())).toEqual([]);
  });
});

describe('texts', () => {
  test.each([
    ['a', [0x61]],
    ['ż', [0xc5, 0xbc]],
    ['日', [0xe6, 0x97, 0xa5]],
    ['\ufeff', [0xef, 0xbb, 0xbf]],
  ])('%j is UTF-8', (text, expected) => {
    const bytes = written((o) => o.writeString(text));
    expect(bytes).toEqual([0, 0, 0, expected.length, ...expected]);
    expect(reading(...bytes).readString()).toBe(text);
  });

  test('a character beyond U+FFFF goes out as two groups of three, and does not come back', () => {
    const bytes = written((o) => o.writeString('\u{1f600}'));
    expect(bytes.slice(4)).toEqual([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]);
    expect(reading(...bytes).readString()).toBe('\ufffd'.repeat(6));
  });
});

describe('lengths that cannot be', () => {
  test.each([
    ['below -1', [0xff, 0xff, 0xff, 0xfe], 'Unreasonable length = -2'],
    ['far too long', [0x7f, 0xff, 0xff, 0xff], 'Unreasonable length = 2147483647'],
  ])('%s: refused before anything is allocated', (_, bytes, message) => {
    expect(() => reading(...bytes).readBuffer()).toThrow(new JuteError(message));
    expect(() => reading(...bytes).readString()).toThrow(new JuteError(message));
  });

  test('the limit is jute.maxbuffer and as much again, at least 1024', () => {
    const length = (n: number): InputArchive =>
      new InputArchive(new Uint8Array([0, 0, n >> 8, n & 0xff]), 0, 100);
    expect(() => length(1124).readBuffer()).toThrow(EndOfInputError);
    expect(() => length(1125).readBuffer()).toThrow('Unreasonable length = 1125');
  });

  test('the end of the bytes is told from other damage', () => {
    expect(() => reading(0, 0, 0).readInt()).toThrow(EndOfInputError);
    expect(() => reading(0, 0, 0, 2, 1).readBuffer()).toThrow(EndOfInputError);
    expect(() => reading(0, 0, 0, 3, 1).readVector((i) => i.readByte())).toThrow(EndOfInputError);
  });
});

test('a buffer is a copy, both ways', () => {
  const source = new Uint8Array([0, 0, 0, 1, 7]);
  const read = new InputArchive(source).readBuffer();
  source[4] = 8;
  expect(read).toEqual(new Uint8Array([7]));
  expect(read?.buffer.byteLength).toBe(1);

  const output = new OutputArchive();
  output.writeInt(1);
  const bytes = output.toBytes();
  output.writeInt(2);
  expect(bytes).toHaveLength(4);
});

test("a buffer out of Node's Buffer is a copy too", () => {
  const source = Buffer.from([0, 0, 0, 1, 7]);
  const read = new InputArchive(source).readBuffer();
  source[4] = 8;
  expect(read).toEqual(new Uint8Array([7]));
});

test('a record within a buffer is read in place, and what it leaves is passed over', () => {
  const input = reading(0, 0, 0, 2, 1, 2, 9);
  expect(input.readNested((inner) => [inner.readByte(), inner.position])).toEqual([1, 5]);
  expect([input.position, input.readByte()]).toEqual([6, 9]);
  expect(reading(0xff, 0xff, 0xff, 0xff).readNested(() => 1)).toBeNull();
  const short = (): unknown => reading(0, 0, 0, 1, 1, 9, 9, 9).readNested((i) => i.readInt());
  expect(short).toThrow(JuteError);
  expect(short).not.toThrow(EndOfInputError);
});

test('an archive reads a part of a larger buffer', () => {
  const part = new Uint8Array([9, 9, 0, 0, 0, 5, 9]).subarray(1, 6);
  const input = new InputArchive(part, 1);
  expect(input.readInt()).toBe(5);
  expect([input.position, input.remaining]).toEqual([5, 0]);
});
