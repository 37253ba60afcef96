import { expect, it } from 'vitest';
import { takeRunLock } from '../../src/worker/run-lock.ts';

it('gives the stores of a run to one holder at a time', async () => {
  const first = await takeRunLock('test/run');
  expect(first).not.toBeNull();
  expect(await takeRunLock('test/run', 50)).toBeNull();
  const other = await takeRunLock('test/other-run');
  expect(other).not.toBeNull();
  other?.release();
  first?.release();
});

it('waits a moment for a holder that is going away', async () => {
  const first = await takeRunLock('test/reload');
  setTimeout(() => first?.release(), 40);
  const second = await takeRunLock('test/reload');
  expect(second).not.toBeNull();
  second?.release();
});
