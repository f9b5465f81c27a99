import type { EmergencySummary } from '../bindings/EmergencySummary';
import type { RosterFrame } from '../bindings/RosterFrame';
import type { RosterRow } from '../bindings/RosterRow';
import type { RosterStatus } from '../bindings/RosterStatus';
import { call, homeLines } from './people';
import { at, DAYS, HOURS, MINUTES } from './time';

const names = [
  'Ana Ruiz', 'Ben Okafor', 'Chloe Martin', 'Daniel Kim', 'Devon Walsh', 'Elena Petrova', 'Farid Haddad',
  'Grace Liu', 'Hannah Schulz', 'Ivan Novak', 'Jamal Brooks', 'Keiko Tanaka', 'Liam O’Connor', 'Maria Chen',
  'Nadia Rahman', 'Oscar Lindgren', 'Priya Nair', 'Quinn Foster', 'Rosa Delgado', 'Sam Lee', 'Tom Baker',
  'Uma Krishnan', 'Victor Hugo Alvarez', 'Wendy Park', 'Zoe Papadopoulos',
];

function row(name: string, index: number): RosterRow {
  const status: RosterStatus =
    index % 11 === 7 ? 'stale' : index === 9 ? 'declined' : index === 15 ? 'unknown' : index === 21 ? 'offline' : 'confirmed';
  const elsewhere = status === 'declined' || status === 'unknown' || status === 'offline';
  const home = !elsewhere && index % 4 === 0;
  return {
    username: name.toLowerCase().replaceAll(/[^a-z]+/g, '.'),
    display_name: name,
    team: index % 2 === 0 ? 'Billing' : 'Claims',
    status,
    verdict: elsewhere ? null : 'valid',
    site: elsewhere || home ? null : index % 3 === 0 ? 'Portland Couch St' : 'Seattle 7th Ave',
    seat: elsewhere || home ? null : `WS ${161 + index}`,
    class: elsewhere ? null : home ? 'home' : 'seat',
    since: elsewhere ? null : at(status === 'stale' ? -9 * DAYS : -(index + 3) * MINUTES),
    until: elsewhere ? null : at(8 * HOURS),
    online: index !== 11 && status !== 'offline',
    emergency: false,
    presence: null,
    conflict: name === 'Sam Lee',
  };
}

function frame(rows: RosterRow[], emergencies: EmergencySummary[] = []): RosterFrame {
  const counts: RosterFrame['counts'] = {};
  for (const { status } of rows) counts[status] = (counts[status] ?? 0) + 1;
  return { complete: true, counts, rows, emergencies };
}

const rows = names.map(row);

export const quiet = frame(rows);
export const empty = frame([]);
export const emergencies = frame(
  rows.map((person) => ({ ...person, emergency: ['maria.chen', 'devon.walsh'].includes(person.username) })),
  [
    {
      username: 'maria.chen',
      display_name: 'Maria Chen',
      team: 'Claims',
      site: 'Seattle 7th Ave',
      emergency: call().emergency,
      address_locked: false,
      alerts_you: true,
      handled_by_you: false,
      tier: 0,
    },
    {
      username: 'devon.walsh',
      display_name: 'Devon Walsh',
      team: 'Billing',
      site: null,
      emergency: call({
        call_id: 'c-2',
        reference: 'ca_2',
        started_at: at(-11 * MINUTES),
        lines: homeLines.slice(0, 0),
        callback_number: '+12065550147',
      }).emergency,
      address_locked: true,
      alerts_you: false,
      handled_by_you: false,
      tier: 1,
    },
    {
      username: 'grace.liu',
      display_name: 'Grace Liu',
      team: 'Claims',
      site: 'Portland Couch St',
      emergency: call({
        call_id: 'c-3',
        reference: 'ca_3',
        phase: 'ended',
        ended_at: at(-20 * MINUTES),
        callback_until: at(40 * MINUTES),
        callback_until_final: true,
        callback_number: '+12065550152',
        lines: ['WS 168, floor 2', '1221 NW Couch St', 'Portland, OR 97209'],
      }).emergency,
      address_locked: false,
      alerts_you: false,
      handled_by_you: true,
      tier: 0,
    },
  ],
);
