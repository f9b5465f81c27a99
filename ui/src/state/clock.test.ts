import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { Clock } from './clock.svelte';

const NOW = Date.parse('2026-11-20T17:02:00.250Z');

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

it('shows the server’s time, not this computer’s', () => {
  const clock = new Clock();
  clock.follow(-90_000);
  expect(clock.now).toBe(NOW - 90_000);
  expect(clock.fromLocal(NOW)).toBe(NOW - 90_000);
});

it('ticks on whole seconds of the time it shows', () => {
  const clock = new Clock();
  clock.follow(100);
  clock.start();
  vi.advanceTimersToNextTimer();
  expect(clock.now % 1000).toBe(0);
  vi.advanceTimersByTime(1000);
  expect(clock.now).toBe(NOW + 100 + 650 + 1000);
  clock.stop();
});

it('catches up after the computer slept', () => {
  const clock = new Clock();
  clock.start();
  vi.setSystemTime(NOW + 3_600_000);
  vi.advanceTimersToNextTimer();
  expect(clock.now).toBeGreaterThanOrEqual(NOW + 3_600_000);
  clock.stop();
});

it('holds nothing once stopped', () => {
  const clock = new Clock();
  clock.start();
  clock.stop();
  expect(vi.getTimerCount()).toBe(0);
});
