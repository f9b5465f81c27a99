import { expect, it, vi } from 'vitest';

import type { EmergencySummary } from '../host/bindings/EmergencySummary';
import type { RosterFrame } from '../host/bindings/RosterFrame';
import type { RosterRow } from '../host/bindings/RosterRow';
import { HostError } from '../host/host';
import { Roster } from './roster.svelte';

const row = (display_name: string, changes: Partial<RosterRow> = {}): RosterRow => ({
  username: display_name.toLowerCase(),
  display_name,
  team: 'Billing',
  status: 'confirmed',
  verdict: 'valid',
  site: 'Seattle',
  seat: 'WS 9',
  class: 'seat',
  since: '2026-11-20T17:00:00Z',
  until: null,
  online: true,
  emergency: false,
  presence: null,
  conflict: false,
  ...changes,
});
const frame = (rows: RosterRow[], complete = true): RosterFrame => ({
  complete,
  counts: { confirmed: rows.length },
  rows,
  emergencies: [],
});
const names = (roster: Roster) => roster.visible.map((shown) => shown.display_name);
const host = () => ({ watchRoster: vi.fn(async () => undefined), onRoster: vi.fn(async () => () => undefined) });

it('merges what changed and adds who is new', () => {
  const roster = new Roster(host());
  roster.accept(frame([row('Ana'), row('Ben')]));
  roster.accept(frame([row('Ben', { status: 'stale' }), row('Zoe')], false));
  expect(roster.rows?.map((known) => [known.display_name, known.status])).toEqual([
    ['Ana', 'confirmed'],
    ['Ben', 'stale'],
    ['Zoe', 'confirmed'],
  ]);
});

it('keeps emergencies, and tests while they last', () => {
  const roster = new Roster(host());
  const call = (call_id: string, test: boolean, phase: 'open' | 'ended') =>
    ({ emergency: { call_id, test, phase, callback: { state: 'none', since: null } } }) as EmergencySummary;
  const calls = [call('a', false, 'open'), call('b', false, 'ended'), call('c', true, 'open'), call('d', true, 'ended')];
  roster.accept({ ...frame([row('Ana')]), emergencies: calls });
  expect(roster.emergencies.map(({ emergency }) => emergency.call_id)).toEqual(['a', 'b', 'c']);
});

it('a complete frame forgets who is not in it', () => {
  const roster = new Roster(host());
  roster.accept(frame([row('Ana'), row('Ben')]));
  roster.accept(frame([row('Ben')]));
  expect(names(roster)).toEqual(['Ben']);
});

it('sorts by name unless asked otherwise, and back on the second click', () => {
  const roster = new Roster(host());
  roster.accept(
    frame([
      row('Cy', { status: 'confirmed', seat: 'WS 10' }),
      row('Ana', { status: 'stale', seat: 'WS 9' }),
      row('Ben', { status: 'unknown', site: null, seat: null }),
    ]),
  );
  expect(names(roster)).toEqual(['Ana', 'Ben', 'Cy']);
  roster.sortBy('status');
  expect(names(roster), 'the most urgent first').toEqual(['Ben', 'Ana', 'Cy']);
  roster.sortBy('status');
  expect(names(roster)).toEqual(['Cy', 'Ana', 'Ben']);
  roster.sortBy('place');
  expect(names(roster), 'seats as numbers, nowhere last').toEqual(['Ana', 'Cy', 'Ben']);
});

it('shows one status when asked', () => {
  const roster = new Roster(host());
  roster.accept(frame([row('Ana'), row('Ben', { status: 'declined' })]));
  roster.shown = 'declined';
  expect(names(roster)).toEqual(['Ben']);
});

it('keeps its order untouched by sorting', () => {
  const roster = new Roster(host());
  const rows = [row('Zoe'), row('Ana')];
  roster.accept(frame(rows));
  expect(names(roster)).toEqual(['Ana', 'Zoe']);
  expect(rows.map((known) => known.display_name)).toEqual(['Zoe', 'Ana']);
});

it('watches while it is shown, and says so when it may not', async () => {
  const asked = host();
  const roster = new Roster(asked);
  await roster.open();
  roster.close();
  expect(asked.watchRoster.mock.calls).toEqual([[true], [false]]);

  const refused = new Roster({ ...host(), watchRoster: () => Promise.reject(new HostError('forbidden', '')) });
  await refused.open();
  expect(refused.failure?.code).toBe('forbidden');
});

it('alerts as long as one call has nobody on it who should be', () => {
  const roster = new Roster(host());
  const call = (call_id: string, alerts_you: boolean) =>
    ({ alerts_you, emergency: { call_id, test: false, phase: 'ended', callback: { state: 'none', since: null } } }) as EmergencySummary;
  roster.accept({ ...frame([]), emergencies: [call('a', false), call('b', true)] });
  expect(roster.alerts).toBe(true);
  roster.accept({ ...frame([]), emergencies: [call('a', false), call('b', false)] });
  expect(roster.alerts).toBe(false);
});
