import { describe, expect, test } from 'vitest';
import { frame, newFramer, nextFrame, pushChunk } from '../../../src/core/jute/framing.ts';
import type { Framer } from '../../../src/core/jute/framing.ts';

/** Everything that can be had, as texts; the last says why there is no more. */
function drain(framer: Framer): string[] {
  const got: string[] = [];
  for (;;) {
    const next = nextFrame(framer);
    if (next.kind !== 'frame') return [...got, next.kind];
    got.push(Buffer.from(next.bytes).toString());
  }
}

const stream = Buffer.concat(['one', '', 'three'].map((text) => frame(Buffer.from(text))));

describe('frames out of a stream', () => {
  test.each([1, 2, 3, 5, 7, 100])('that comes in chunks of %i bytes', (size) => {
    const framer = newFramer(100);
    const got: string[] = [];
    for (let at = 0; at < stream.length; at += size) {
      pushChunk(framer, stream.subarray(at, at + size));
      got.push(...drain(framer).filter((text) => text !== 'more'));
    }
    expect(got).toEqual(['one', '', 'three']);
    expect(framer.available).toBe(0);
    expect(framer.chunks).toEqual([]);
  });

  test('one that lies within a chunk is not copied', () => {
    const framer = newFramer(100);
    pushChunk(framer, stream);
    const first = nextFrame(framer);
    expect(first.kind === 'frame' && first.bytes.buffer).toBe(stream.buffer);
  });

  test('the rest waits for its bytes', () => {
    const framer = newFramer(100);
    pushChunk(framer, stream.subarray(0, 9));
    expect(drain(framer)).toEqual(['one', 'more']);
    expect(framer.available).toBe(2);
  });
});

describe('a length', () => {
  test('as large as the limit is waited for, a larger one is refused', () => {
    const framer = newFramer(0xfffff);
    pushChunk(framer, new Uint8Array([0x00, 0x0f, 0xff, 0xff]));
    expect(nextFrame(framer)).toEqual({ kind: 'more' });
    const other = newFramer(0xfffff);
    pushChunk(other, new Uint8Array([0x00, 0x10, 0x00, 0x00]));
    expect(nextFrame(other)).toEqual({ kind: 'bad', length: 0x100000 });
    expect(nextFrame(other)).toEqual({ kind: 'bad', length: 0x100000 });
  });

  test('below zero is refused; a word of four letters is told by its number', () => {
    const framer = newFramer(0xfffff);
    pushChunk(framer, new Uint8Array([0xff, 0xff, 0xff, 0xff]));
    expect(nextFrame(framer)).toEqual({ kind: 'bad', length: -1 });
    const word = newFramer(0xfffff);
    pushChunk(word, Buffer.from('ruok'));
    expect(nextFrame(word)).toEqual({ kind: 'bad', length: 0x72756f6b });
  });
});
