import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { View } from '../host/bindings/View';
import { HostError } from '../host/host';
import { Live } from './live.svelte';

const view = (revision: number, clock_skew_ms = 0): View => ({
  revision,
  session: { state: 'starting' },
  connection: { state: 'online' },
  clock_skew_ms,
  emergency: null,
  quit_warning: null,
  language: null,
  abroad: null,
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('listens before it asks, so that nothing falls between', async () => {
  const order: string[] = [];
  let tell: (view: View) => void = () => {};
  const live = new Live({
    onView: async (listener) => {
      order.push('listen');
      tell = listener;
      return () => undefined;
    },
    snapshot: async () => {
      order.push('ask');
      // A change arrives while the older answer is on its way.
      tell(view(8));
      return view(7);
    },
  });
  await live.open();
  expect(order).toEqual(['listen', 'ask']);
  expect(live.view?.revision).toBe(8);
  live.close();
});

it('takes a newer or an equal view and never an older one', () => {
  const live = new Live({ onView: vi.fn(), snapshot: vi.fn() });
  live.accept(view(3));
  live.accept(view(2, 5000));
  expect(live.view).toEqual(view(3));
  live.accept(view(3, 5000));
  expect(live.clock.skew).toBe(5000);
});

it('shows at once what its window was made for', () => {
  const live = new Live({ first: view(4, 5000), onView: vi.fn(), snapshot: vi.fn() });
  expect([live.view?.revision, live.clock.skew]).toEqual([4, 5000]);
  live.accept(view(3));
  expect(live.view?.revision).toBe(4);
});

it('says so when the shell does not answer', async () => {
  const live = new Live({
    onView: async () => () => undefined,
    snapshot: () => Promise.reject({ code: 'keychain_unavailable', message: 'x', problems: [] }),
  });
  await live.open();
  expect(live.failure).toBeInstanceOf(HostError);
  expect(live.failure?.code).toBe('keychain_unavailable');
  live.close();
});

it('stops listening when its window closes, even before it began', async () => {
  const stop = vi.fn();
  const live = new Live({ onView: async () => stop, snapshot: vi.fn() });
  const opening = live.open();
  live.close();
  await opening;
  expect(stop).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});
