import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPacker, pack } from '../../../src/worker/pack.ts';
import { createUnpacker, unpack } from '../../../src/worker/unpack.ts';

function through(...values: unknown[]): unknown[] {
  const packer = createPacker();
  const unpacker = createUnpacker();
  return values.map((value) => unpack(unpacker, pack(packer, value)));
}

describe('packed values', () => {
  it.each([
    [[0, 127, 128, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 1.5, -0, Infinity, NaN]],
    [[0n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 63n, -(2n ** 70n)]],
    [['', 'a', 'ä', '漢字', '\u{1f642}', '\ud800', 'x'.repeat(100_000)]],
    [[null, undefined, true, false]],
    [{}],
    [{ a: undefined, b: [], c: {} }],
    [new Uint8Array([1, 2, 255])],
    [new Uint8Array(3000).fill(7)],
    [
      new Map<unknown, unknown>([
        [1n, { a: 1 }],
        ['k', new Set([1, '2'])],
      ]),
    ],
  ])('come back as they were: %#', (value) => {
    expect(through(value, value)).toStrictEqual([value, value]);
  });

  it('keep the order of their fields', () => {
    const values = [{ a: 1, b: 2 }, { b: 1, a: 2 }, { a: 1 }, { a: 1, b: 2, c: 3 }];
    const back = through(...values, ...values) as object[];
    expect(back.map((value) => Object.keys(value))).toEqual(
      [...values, ...values].map((value) => Object.keys(value)),
    );
  });

  it('name what they learnt only once', () => {
    const packer = createPacker();
    const value = { kind: 'packet', connection: 7, text: 'PROPOSAL' };
    const first = pack(packer, value).length;
    expect(pack(packer, value).length).toBeLessThan(first / 4);
  });

  it('keep the identity of a shared message, also when it holds a shared record', () => {
    const record = { zxid: 1n };
    const message = { record, next: { record } };
    const other = { record, next: { record } };
    const value = [{ message }, { message }, { message: other }, { record }, { message: null }];
    const [back] = through(value) as [typeof value];
    expect(back).toEqual(value);
    expect(back[1]?.message).toBe(back[0]?.message);
    expect(back[2]?.message).not.toBe(back[0]?.message);
    expect(back[3]?.record).toBe(back[0]?.message?.record);
    expect(back[2]?.message?.next.record).toBe(back[3]?.record);
  });

  it('do not share between two values', () => {
    const message = { a: 1 };
    const [first, second] = through({ message }, { message }) as [object, object];
    expect(second).toEqual(first);
  });

  it('refuse what cannot cross', () => {
    expect(() => pack(createPacker(), { run: () => 1 })).toThrow('does not cross');
  });

  it('are any values, many after one another', () => {
    const value = fc.anything({ withBigInt: true, withMap: true, withSet: true });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 20 }), (values) => {
        expect(through(...values)).toEqual(values);
      }),
      { numRuns: 200 },
    );
  });
});
