/** Whatever lies in a data directory: it is read to the end, and named for what it is. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JuteError } from '../../../src/core/jute/input-archive.ts';
import { readDataDir, type DataFile } from '../../../src/core/txn-log/data-dir.ts';
import { decodeSnappyBlock, decodeSnappyStream } from '../../../src/core/txn-log/snappy.ts';
import { file } from './real-files.ts';

const NAMES = [
  'log.1',
  'log.49',
  'snapshot.0',
  'snapshot.48',
  'snapshot.52.snappy',
  'acceptedEpoch',
  'currentEpoch',
  'currentEpoch.tmp',
  'myid',
  'initialize',
  'x',
];

const real: Record<string, Uint8Array> = {
  'log.1': file('standalone/log.1'),
  'log.49': file('standalone/log.49'),
  'snapshot.0': file('standalone/snapshot.0'),
  'snapshot.48': file('standalone/snapshot.48'),
  'snapshot.52.snappy': file('compressed/snapshot.52.snappy'),
};

/** A real file with some bytes changed, perhaps cut off. */
const changed = (bytes: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc
    .record({
      at: fc.array(fc.nat(bytes.length - 1), { maxLength: 4 }),
      value: fc.nat(255),
      end: fc.option(fc.nat(bytes.length)),
    })
    .map(({ at, value, end }) => {
      const copy = bytes.slice(0, end ?? bytes.length);
      for (const place of at) if (place < copy.length) copy[place] = value;
      return copy;
    });

const anyFile: fc.Arbitrary<DataFile> = fc.constantFrom(...NAMES).chain((name) => {
  const original = real[name];
  const random = fc.uint8Array({ maxLength: 300 });
  const bytes = original === undefined ? random : fc.oneof(random, changed(original));
  return bytes.map((content) => ({ name, bytes: content }));
});

const anyDirectory = fc.uniqueArray(anyFile, { selector: ({ name }) => name, maxLength: 8 });

test('a directory of any bytes is read, and each file is in the report', () => {
  fc.assert(
    fc.property(anyDirectory, fc.constantFrom('3.8.0', '3.9'), (files, release) => {
      const report = readDataDir(files, { release });
      expect(report.files.map(({ name }) => name).sort()).toEqual(
        files.map(({ name }) => name).sort(),
      );
      for (const { size, damage } of report.files) {
        if (damage === null) continue;
        expect(damage.at).toBeLessThanOrEqual(size);
        expect(damage.reason).not.toBe('');
      }
    }),
    { numRuns: 150 },
  );
});

test('snappy of any bytes is refused with a reason, or unpacked', () => {
  const attempt = (unpack: () => Uint8Array, size: number): void => {
    try {
      expect(unpack().length).toBeLessThanOrEqual(size * 22);
    } catch (error) {
      expect(error).toBeInstanceOf(JuteError);
    }
  };
  const packed = real['snapshot.52.snappy'] ?? new Uint8Array();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), changed(packed), (bytes, stream) => {
      attempt(() => decodeSnappyBlock(bytes), bytes.length);
      attempt(() => decodeSnappyStream(stream), stream.length);
    }),
    { numRuns: 300 },
  );
});
