import { describe, expect, it } from 'vitest';
import { createMortal } from '../../../src/worker/mortal.ts';

describe('calls to a worker that may die', () => {
  it('answer as long as it lives', async () => {
    const { live } = createMortal();
    expect(await live(Promise.resolve(7))).toBe(7);
    await expect(live(Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('reject when it dies, those under way and those to come', async () => {
    const { live, die } = createMortal();
    const never = new Promise<void>(() => undefined);
    const open = [live(never), live(never)];
    die(new Error('terminated'));
    die(new Error('again'));
    for (const call of open) await expect(call).rejects.toThrow('terminated');
    await expect(live(Promise.resolve())).rejects.toThrow('terminated');
  });
});
