/** The people of the scenarios, and what they said. */
import type { Agent } from '../bindings/Agent';
import type { Checked } from '../bindings/Checked';
import type { Emergency } from '../bindings/Emergency';
import type { EmergencyView } from '../bindings/EmergencyView';
import type { LocationView } from '../bindings/LocationView';
import type { Place } from '../bindings/Place';
import type { Policy } from '../bindings/Policy';
import type { Proposal } from '../bindings/Proposal';
import type { Session } from '../bindings/Session';
import type { ServedLocation } from '../bindings/ServedLocation';
import type { SignedIn } from '../bindings/SignedIn';
import type { View } from '../bindings/View';
import { at, DAYS, HOURS, MINUTES, NOW } from './time';

export const maria: Agent = {
  username: 'maria.chen',
  display_name: 'Maria Chen',
  team: 'Billing',
  role: 'agent',
  country: 'US',
};
export const mette: Agent = { ...maria, username: 'mette.holm', display_name: 'Mette Holm', country: 'DK' };
export const sam: Agent = { ...maria, username: 'sam.ortiz', display_name: 'Sam Ortiz', role: 'supervisor' };

export const seatLines = ['WS 181, floor 5', '2121 7th Ave', 'Seattle, WA 98121'];
export const siteOnly = ['2121 7th Ave', 'Seattle, WA 98121'];
const siteAddress = { country: 'US', A1: 'WA', A3: 'Seattle', RD: '7th', STS: 'Ave', HNO: '2121', PC: '98121' };
/** A seat that is no longer certain, as the server words it. */
export const unconfirmedSeat = ['Seat not confirmed', ...siteOnly];
export const homeLines = ['Apt 4B', '1418 NW 60th St', 'Seattle, WA 98107'];

const responder = (lines: string[]) => ({ text: lines.join('\n').toUpperCase(), cut: [] });

export const home: Place = {
  id: 'home-1',
  label: 'Home',
  class: 'home',
  civic_address: { country: 'US', A1: 'WA', A3: 'Seattle', PRD: 'NW', RD: '60th', STS: 'St', HNO: '1418', UNIT: 'Apt 4B', PC: '98107' },
  lines: homeLines,
  verdict: 'valid',
  confirmed_at: at(-9 * DAYS),
};
/** A home that the address list does not know. */
export const newBuilding: Place = {
  ...home,
  civic_address: { country: 'US', A1: 'WA', A3: 'Seattle', PRD: 'E', RD: 'Pine', STS: 'St', HNO: '4100', UNIT: 'Apt 4B', PC: '98101' },
  lines: ['Apt 4B', '4100 E Pine St', 'Seattle, WA 98101'],
  verdict: 'invalid',
};
/** What the address list says of the home that it knows. */
export const checkedHome: Checked['fields'] = {
  ...Object.fromEntries(
    ['A1', 'A3', 'PRD', 'RD', 'STS', 'HNO', 'PC'].map((key) => [key, { verdict: 'valid', text: 'The list has it.' }]),
  ),
  UNIT: { verdict: 'unchecked', text: 'The list does not go down to the door.' },
};
const cabin: Place = {
  id: 'other-1',
  label: 'Parents’ house',
  class: 'other',
  civic_address: { country: 'US', A1: 'WA', A3: 'Tacoma', PRD: 'N', RD: 'Yakima', STS: 'Ave', HNO: '3207', PC: '98407' },
  lines: ['3207 N Yakima Ave', 'Tacoma, WA 98407'],
  verdict: 'unchecked',
  confirmed_at: null,
};

export const seatProposal: Proposal = {
  place: { seat: 'SEA-5-181' },
  label: 'WS 181',
  detail: 'Floor 5, Seattle 7th Ave',
  class: 'seat',
  lines: seatLines,
  responder_view: responder(seatLines),
  confidence: 0.9,
  reason: 'last_place',
  because: 'You were here last.',
  last_declared_at: at(-1 * DAYS - 4 * MINUTES),
};
const homeProposal: Proposal = {
  ...seatProposal,
  place: { saved: home.id },
  label: home.label,
  detail: '1418 NW 60th St, Apt 4B',
  class: 'home',
  lines: homeLines,
  responder_view: responder(homeLines),
  last_declared_at: at(-9 * DAYS),
};

export function served(overrides: Partial<ServedLocation> = {}): ServedLocation {
  const lines = overrides.lines ?? seatLines;
  return {
    version: 7,
    status: 'confirmed',
    verdict: 'valid',
    class: 'seat',
    civic_address: { ...siteAddress, FLR: '5', SEAT: 'WS 181' },
    lines,
    responder_view: responder(lines),
    rule: 'seat',
    since: at(-4 * MINUTES),
    until: at(8.5 * HOURS - 2 * MINUTES),
    last_known: {
      place: { seat: 'SEA-5-181' },
      label: 'WS 181',
      class: 'seat',
      lines: seatLines,
      declared_at: at(-4 * MINUTES),
    },
    ...overrides,
  };
}

export const staleSeat = served({
  status: 'stale',
  civic_address: { ...siteAddress, LOC: 'SEAT UNCONFIRMED' },
  lines: unconfirmedSeat,
  rule: 'site',
  since: at(-1 * DAYS - 4 * MINUTES),
  until: at(-12 * HOURS),
  last_known: {
    place: { seat: 'SEA-5-181' },
    label: 'WS 181',
    class: 'seat',
    lines: seatLines,
    declared_at: at(-1 * DAYS - 4 * MINUTES),
  },
});
export const staleHome = served({
  status: 'stale',
  class: 'home',
  civic_address: home.civic_address,
  lines: homeLines,
  rule: 'home_stale',
  since: at(-9 * DAYS),
  until: at(-2 * DAYS),
  last_known: { place: { saved: home.id }, label: home.label, class: 'home', lines: homeLines, declared_at: at(-9 * DAYS) },
});

const policy: Policy = {
  confirm: 'require',
  seat_validity_seconds: 43_200,
  home_validity_seconds: 604_800,
  other_validity_seconds: 43_200,
  callback_window_seconds: 3600,
  override_addresses: true,
};
/** Where nobody knows better than the address list. */
export const strict: Policy = { ...policy, override_addresses: false };

export function signedIn(location: LocationView, overrides: Partial<SignedIn> = {}): Session {
  return {
    state: 'signed_in',
    agent: maria,
    server: 'https://whereabouts.example.com',
    policy,
    location,
    proposals: [seatProposal, homeProposal],
    places: [home, cabin],
    notices: [],
    keychain_unavailable: false,
    changing: false,
    alerts: 0,
    ...overrides,
  };
}
export { cabin, homeProposal, siteAddress };

export function viewOf(session: Session, overrides: Partial<View> = {}): View {
  return {
    revision: 1,
    session,
    connection: { state: 'online' },
    clock_skew_ms: NOW - Date.now(),
    emergency: null,
    quit_warning: null,
    language: null,
    abroad: null,
    ...overrides,
  };
}

/** A moment on this computer's clock rather than the server's. */
export function local(offset: number): string {
  return new Date(Date.now() + offset).toISOString();
}

export const away: View['connection'] = { state: 'offline', since: local(-3 * MINUTES), retry_at: local(12_000) };

export function call(overrides: Partial<Emergency> = {}, around: Partial<EmergencyView> = {}): EmergencyView {
  return {
    emergency: {
      call_id: 'c-1',
      reference: 'ca_1',
      dialled: '911',
      test: false,
      drill: false,
      phase: 'open',
      started_at: at(-52_000),
      ended_at: null,
      ended_by: null,
      callback_number: '+12065550123',
      callback_until: at(1 * HOURS),
      callback_until_final: false,
      callback: { state: 'none', since: null },
      lines: seatLines,
      location_status: 'confirmed',
      since: at(-4 * MINUTES),
      presence: 'Do Not Disturb',
      presence_trouble: null,
      can_end_call: false,
      test_result: null,
      acknowledged_by: [],
      ...overrides,
    },
    callback_number_grouped: '(206) 555-0123',
    last_known: false,
    over_offered: false,
    ...around,
  };
}
