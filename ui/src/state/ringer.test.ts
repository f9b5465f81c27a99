import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { Ringer } from './ringer';

/** Records what is scheduled instead of sounding it. */
class Silence {
  state: AudioContextState = 'running';
  currentTime = 0;
  destination = {};
  rings = 0;
  resume = vi.fn(async () => undefined);
  close = vi.fn(async () => undefined);
  createGain = () => ({
    gain: { setValueAtTime: vi.fn(), linearRampToValueAtTime: vi.fn() },
    connect: vi.fn(),
  });
  createOscillator = () => ({
    frequency: { value: 0 },
    connect: vi.fn(),
    start: () => (this.rings += 0.5),
    stop: vi.fn(),
  });
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('rings at once and again until stopped', () => {
  const context = new Silence();
  const ringer = new Ringer(() => context as unknown as AudioContext);
  ringer.start();
  ringer.start();
  expect(context.rings).toBe(1);
  vi.advanceTimersByTime(6000);
  expect(context.rings).toBe(3);
  ringer.stop();
  vi.advanceTimersByTime(60_000);
  expect([context.rings, context.close.mock.calls.length, ringer.ringing]).toEqual([3, 1, false]);
});

it('asks a context that is held back to go on', () => {
  const context = new Silence();
  context.state = 'suspended';
  const ringer = new Ringer(() => context as unknown as AudioContext);
  ringer.start();
  expect(context.resume).toHaveBeenCalledOnce();
  ringer.stop();
});

it('is silent where there is no sound, and no error', () => {
  const ringer = new Ringer(() => {
    throw new Error('no audio');
  });
  expect(() => ringer.start()).not.toThrow();
  expect(ringer.ringing).toBe(true);
  ringer.stop();
});
