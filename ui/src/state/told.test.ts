import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { EmergencySummary } from '../host/bindings/EmergencySummary';
import type { Notification } from '../host/bindings/Notification';
import { HostError } from '../host/host';
import { Told } from './told.svelte';

const notice = (changes: Partial<Notification>): Notification => ({
  id: 'n', call_id: 'c', username: 'maria.chen', test: false, channel: 'mail', recipient: 'x@example.com', tier: 0,
  correction: false, state: 'sent', attempts: 1, made_at: '', next_at: null, done_at: null, error: null, ...changes,
});
const call = (call_id: string, username: string | null = 'maria.chen') =>
  ({ username, emergency: { call_id, phase: 'open' } }) as unknown as EmergencySummary;

let asked: number;
let answer: () => Promise<Notification[]>;
let told: Told;

beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
  answer = async () => [];
  told = new Told({
    notifications: async () => {
      asked += 1;
      return { waiting: 0, sent: 0, dead: 0, notifications: await answer() };
    },
  });
});
afterEach(() => {
  told.close();
  vi.useRealTimers();
});

it('adds up by state and way, what needs somebody first, for this call alone', async () => {
  answer = async () => [
    notice({}), notice({}), notice({ state: 'waiting' }), notice({ state: 'dead', channel: 'webhook' }),
    notice({ call_id: 'other', state: 'dead' }), notice({ username: 'devon.walsh', state: 'dead' }),
  ];
  expect(told.of(call('c'))).toBeUndefined();
  told.follow([call('c')]);
  await vi.advanceTimersByTimeAsync(0);
  expect(told.of(call('c'))).toEqual([
    { state: 'dead', channel: 'webhook', count: 1 },
    { state: 'waiting', channel: 'mail', count: 1 },
    { state: 'sent', channel: 'mail', count: 2 },
  ]);
  expect(told.of(call('nobody told', null))).toEqual([]);
});

it('looks again and again while there is a call, at once for another one, and not without', async () => {
  told.follow([call('c')]);
  told.follow([call('c')]);
  await vi.advanceTimersByTimeAsync(9_500);
  expect(asked).toBe(4);
  told.follow([call('c'), call('d')]);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toBe(5);
  told.follow([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(5);
});

it('says when it cannot be seen, and takes that back', async () => {
  answer = async () => Promise.reject(new HostError('unavailable', ''));
  told.follow([call('c')]);
  await vi.advanceTimersByTimeAsync(0);
  expect(told.failure?.code).toBe('unavailable');
  answer = async () => [];
  await vi.advanceTimersByTimeAsync(3_000);
  expect(told.failure).toBeUndefined();
});
