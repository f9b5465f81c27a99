import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { allSeats, sites, summaries } from '../host/fake/sites';
import { HostError } from '../host/host';
import { Preferences } from './preferences.svelte';
import { SeatFinder, TYPING_PAUSE_MS } from './seat_finder.svelte';

function memory(): Storage {
  const kept = new Map<string, string>();
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) } as Storage;
}

function finder(storage = memory()) {
  const host = {
    sites: vi.fn(async () => ({ sites: summaries })),
    site: vi.fn(async (id: string) => sites.find((site) => site.site_id === id)!),
    searchSeats: vi.fn(async (query: string) => ({ seats: allSeats.filter((seat) => seat.label.includes(query)) })),
  };
  return { host, storage, finder: new SeatFinder(host, new Preferences(storage)) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(0);

it('opens the first floor of the first building', async () => {
  const { finder: seats } = finder();
  await seats.open();
  await settle();
  expect([seats.siteId, seats.floorName, seats.list.length]).toEqual(['PDX', '2', 6]);
});

it('remembers building and floor', async () => {
  const { finder: first, storage } = finder();
  await first.open();
  first.openSite('SEA');
  first.openFloor('5');
  const { finder: second } = finder(storage);
  await second.open();
  expect([second.siteId, second.floorName]).toEqual(['SEA', '5']);
});

it('asks for a building once, whichever floors are looked at', async () => {
  const { finder: seats, host } = finder();
  await seats.open();
  seats.openSite('SEA');
  seats.openFloor('5');
  seats.openFloor('4');
  await settle();
  expect(host.site.mock.calls).toEqual([['PDX'], ['SEA']]);
  expect(seats.floor?.floor).toBe('4');
});

it('lists what was searched and the floor again when the search is emptied', async () => {
  const { finder: seats, host } = finder();
  await seats.open();
  await settle();
  seats.type('18');
  await vi.advanceTimersByTimeAsync(TYPING_PAUSE_MS);
  expect(host.searchSeats).toHaveBeenCalledWith('18');
  expect(seats.list.map((seat) => seat.label)).toContain('WS 181');
  seats.type('  ');
  expect(seats.list.every((seat) => seat.site_id === 'PDX')).toBe(true);
});

it('hands over the best match on Enter, also when it is not known yet', async () => {
  const { finder: seats } = finder();
  const taken = vi.fn();
  await seats.open();
  seats.takeFirst(taken);
  seats.type('181');
  seats.takeFirst(taken);
  expect(taken).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(TYPING_PAUSE_MS);
  expect(taken.mock.calls.map(([seat]) => seat.label)).toEqual(['WS 181']);
  seats.takeFirst(taken);
  expect(taken).toHaveBeenCalledTimes(2);
});

it('does not hand over what was found for something typed since', async () => {
  const { finder: seats } = finder();
  const taken = vi.fn();
  await seats.open();
  seats.type('181');
  seats.takeFirst(taken);
  seats.type('18');
  await vi.advanceTimersByTimeAsync(TYPING_PAUSE_MS);
  expect(taken).not.toHaveBeenCalled();
});

it('shows a found seat where it stands', async () => {
  const { finder: seats } = finder();
  await seats.open();
  seats.choose(allSeats.find((seat) => seat.seat_id === 'SEA-5-181')!);
  await settle();
  expect([seats.siteId, seats.floorName, seats.chosen?.label]).toEqual(['SEA', '5', 'WS 181']);
  expect(seats.floor?.seats).toContainEqual(seats.chosen);
});

it('drops a choice that goes out of sight', async () => {
  const { finder: seats } = finder();
  await seats.open();
  seats.choose(allSeats.find((seat) => seat.seat_id === 'SEA-5-181')!);
  seats.openFloor('4');
  expect(seats.chosen).toBeUndefined();
});

it('never shows the floor of another building while the right one is on its way', async () => {
  const { finder: seats } = finder();
  await seats.open();
  await settle();
  seats.openSite('SEA');
  expect(seats.floor).toBeUndefined();
});

it('says what went wrong, and tries again', async () => {
  const { finder: seats, host } = finder();
  host.sites.mockRejectedValueOnce(new HostError('offline', ''));
  await seats.open();
  expect(seats.failure?.code).toBe('offline');
  await seats.open();
  expect([seats.failure, seats.siteId]).toEqual([undefined, 'PDX']);
});
