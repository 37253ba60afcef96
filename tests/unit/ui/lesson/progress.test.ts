import { describe, expect, test } from 'vitest';
import type { LessonProgress, ProgressStore } from '../../../../src/store/progress-store.ts';
import { chaptersOf, nextOf } from '../../../../src/ui/lesson/catalogue.ts';
import { readLessonHash } from '../../../../src/ui/lesson/link.ts';
import { merge, ProgressBook, readProgress } from '../../../../src/ui/lesson/progress.svelte.ts';

function memoryStore(): ProgressStore {
  const kept = new Map<string, LessonProgress>();
  return {
    list: () => Promise.resolve([...kept.values()]),
    put: (one) => {
      kept.set(one.id, one);
      return Promise.resolve();
    },
    clear: () => {
      kept.clear();
      return Promise.resolve();
    },
    close: () => undefined,
  };
}

const attempt = { seed: 2, step: 1, actions: 3, run: '{}', sayings: '{}', shown: false };

async function bookOf(store = memoryStore()): Promise<ProgressBook> {
  const book = new ProgressBook(store, () => 1000);
  await book.loaded;
  return book;
}

describe('progress', () => {
  test('what is solved is over, and the fewest actions are kept', async () => {
    const store = memoryStore();
    const book = await bookOf(store);
    book.keepAttempt('a/b', attempt);
    expect(book.unfinished?.id).toBe('a/b');
    expect(book.noteSolved('a/b', 2, 5)).toBe(false);
    expect(book.noteSolved('a/b', 1, 3)).toBe(true);
    expect(book.noteSolved('a/b', 1, 4)).toBe(false);
    expect(book.of('a/b')).toMatchObject({ solved: [1, 2], best: 3, attempt: null });
    expect(book.unfinished).toBeNull();
    expect((await bookOf(store)).isDone('a/b')).toBe(true);
  });

  test('to be shown is not to solve', async () => {
    const book = await bookOf();
    book.noteShown('a/b');
    expect(book.isDone('a/b')).toBe(false);
    expect(book.of('a/b')?.shown).toBe(true);
  });

  test('a file brings what is in it, and takes nothing away', async () => {
    const giver = await bookOf();
    giver.noteSolved('a/b', 1, 7);
    giver.keepAttempt('a/c', attempt);
    const taker = await bookOf();
    taker.noteSolved('a/b', 4, 9);
    expect(taker.take(giver.toText())).toBe(2);
    expect(taker.of('a/b')).toMatchObject({ solved: [1, 4], best: 7 });
    expect(taker.of('a/c')?.attempt).toEqual(attempt);
  });

  test('other files are refused, and entries that are none left out', () => {
    expect(() => readProgress('{}')).toThrow(SyntaxError);
    expect(() => readProgress('not even JSON')).toThrow(SyntaxError);
    const text = JSON.stringify({
      format: 'zookeeper-playground/progress',
      lessons: [{ version: 1, id: 'a/b', solved: ['x'] }],
    });
    expect(readProgress(text)).toEqual([]);
  });

  test('all can be forgotten, and brought back', async () => {
    const book = await bookOf();
    book.noteSolved('a/b', 1, 7);
    const back = book.forgetAll();
    expect(book.all.size).toBe(0);
    back();
    expect(book.isDone('a/b')).toBe(true);
  });

  test('of two the better is kept', async () => {
    const book = await bookOf();
    book.noteSolved('a/b', 1, 7);
    const mine = book.of('a/b');
    expect(mine).not.toBeNull();
    if (mine === null) return;
    expect(merge(mine, { ...mine, best: null, solved: [] })).toMatchObject({
      best: 7,
      solved: [1],
    });
  });
});

describe('the list', () => {
  const ids = ['first-contact/tour', 'znodes/kinds', 'znodes/stat', 'nowhere/lost'];

  test('chapters in their order, without those that have no lesson', () => {
    expect(chaptersOf(ids).map((one) => [one.chapter.id, one.ids])).toEqual([
      ['first-contact', ['first-contact/tour']],
      ['znodes', ['znodes/kinds', 'znodes/stat']],
    ]);
  });

  test('the lesson behind one', () => {
    expect(nextOf('first-contact/tour', ids)).toBe('znodes/kinds');
    expect(nextOf('nowhere/lost', ids)).toBeNull();
    expect(nextOf('not/there', ids)).toBeNull();
  });
});

describe('the address of a lesson', () => {
  test.each([
    ['#lesson=election/leader-dies', { id: 'election/leader-dies', seed: 1 }],
    ['#lesson=election/leader-dies&seed=3', { id: 'election/leader-dies', seed: 3 }],
    ['#lesson=a/b&seed=-1', { id: 'a/b', seed: 1 }],
    ['#lesson=../../secret', null],
    ['#run=abc', null],
  ])('%s', (hash, found) => {
    expect(readLessonHash(hash)).toEqual(found);
  });
});
