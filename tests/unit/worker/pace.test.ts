import { describe, expect, it } from 'vitest';
import type { Micros } from '../../../src/core/units.ts';
import { clampSpeed, createPace, forgive, targetOf, wallUntil } from '../../../src/worker/pace.ts';

const at = (micros: number): Micros => micros as Micros;

describe('the pace of virtual time', () => {
  it.each([
    [1, 1_500, 1_500_000],
    [0.5, 1_500, 1_250_000],
    [1000, 1_002, 3_000_000],
  ])('at speed %d is at wall %d ms to be at %d µs', (speed, wall, target) => {
    expect(targetOf(createPace(speed, 1_000, at(1_000_000)), wall)).toBe(target);
  });

  it('has no bound at infinite speed', () => {
    const pace = createPace(Infinity, 0, at(5));
    expect(targetOf(pace, 0)).toBe(Infinity);
    expect(wallUntil(pace, 0, at(1e12))).toBe(0);
    expect(forgive(pace, 1e6, at(5))).toBe(pace);
  });

  it('waits for what is not due yet', () => {
    const pace = createPace(2, 0, at(0));
    expect(wallUntil(pace, 10, at(30_000))).toBe(5);
    expect(wallUntil(pace, 10, at(10_000))).toBe(0);
  });

  it('gives up time that it lost, but not a small lag', () => {
    const pace = createPace(1, 0, at(0));
    expect(forgive(pace, 90, at(0))).toBe(pace);
    const forgiven = forgive(pace, 5_000, at(20));
    expect(targetOf(forgiven, 5_000)).toBe(20);
  });

  it.each([
    [0, 1],
    [-3, 1],
    [NaN, 1],
    [1e-9, 0.001],
    [1e9, 1000],
    [Infinity, Infinity],
  ])('takes speed %d as %d', (asked, speed) => {
    expect(clampSpeed(asked)).toBe(speed);
  });
});
