/** Every state a window can be in, by name: `?scenario=ask`. */
import type { CommandErrorCode } from '../bindings/CommandErrorCode';
import type { DrillReport } from '../bindings/DrillReport';
import type { LocationView } from '../bindings/LocationView';
import type { RosterFrame } from '../bindings/RosterFrame';
import type { Unsent } from '../bindings/Unsent';
import type { View } from '../bindings/View';
import type { Host } from '../host';
import type { AddressList } from './checking';
import {
  away, call, checkedHome, home, homeLines, homeProposal, local, mette, newBuilding, sam, served, signedIn, siteAddress, siteOnly, staleHome, staleSeat, strict, unconfirmedSeat, viewOf,
} from './people';
import { drilled, drilling } from './drills';
import { emergencies, empty, quiet } from './roster';
import { at, DAYS, MINUTES } from './time';

export interface Scenario {
  view: View;
  roster?: RosterFrame;
  /** The drills of the organisation, the newest first. */
  drills?: DrillReport[];
  /** Whether addresses can be checked; they can where nothing is said. */
  list?: AddressList;
  /** What goes wrong, and how. */
  fails?: Partial<Record<keyof Host, CommandErrorCode>>;
  /** What never answers. */
  hangs?: (keyof Host)[];
}

const where = (location: Partial<LocationView>): LocationView => ({
  headline: 'confirmed',
  served: served(),
  unsent: null,
  ...location,
});

const unsent: Unsent = {
  place: { seat: 'SEA-5-170' },
  label: 'WS 170',
  class: 'seat',
  lines: ['WS 170, floor 5', '2121 7th Ave', 'Seattle, WA 98121'],
  declared_at: local(-40_000),
  memory_only: false,
  problem: null,
  problems: [],
  retry_at: local(12_000),
};

const signedOut = (rest: Partial<Extract<View['session'], { state: 'signed_out' }>> = {}): View['session'] => ({
  state: 'signed_out',
  server: 'https://whereabouts.example.com',
  code: null,
  error: null,
  busy: false,
  ...rest,
});

const asking = signedIn(where({ headline: 'stale', served: staleSeat }));
const nowhere = where({ headline: 'unknown', served: null });
const writing = signedIn(nowhere, { proposals: [], places: [] });
const confirmed = signedIn(where({}));
const supervising = signedIn(where({}), { agent: sam });
const inCall = (emergency: View['emergency'], session = confirmed, rest: Partial<View> = {}): Scenario => ({
  view: viewOf(session, { emergency, ...rest }),
});
const ended = {
  phase: 'ended',
  ended_at: at(-21 * MINUTES),
  ended_by: 'platform',
  callback_until: at(39 * MINUTES),
  callback_until_final: true,
} as const;

export const scenarios = {
  starting: { view: viewOf({ state: 'starting' }, { connection: { state: 'connecting' } }) },
  'sign-in': { view: viewOf(signedOut()) },
  'sign-in-error': {
    view: viewOf(signedOut({ code: 'K7QM-2RXD-9HTP', error: { code: 'code_expired', message: '', problems: [] } })),
    fails: { signIn: 'code_unknown' },
  },

  ask: { view: viewOf(asking) },
  'ask-home': { view: viewOf(signedIn(where({ headline: 'stale', served: staleHome }), { proposals: [homeProposal] })) },
  'ask-no-history': { view: viewOf(writing) },
  'ask-again': {
    view: viewOf(signedIn(where({ headline: 'ask_again', served: staleSeat, unsent: { ...unsent, retry_at: null } }))),
  },
  'ask-offline': { view: viewOf(asking, { connection: away }), fails: { sites: 'offline', site: 'offline', searchSeats: 'offline' } },
  'ask-fails': { view: viewOf(asking), fails: { confirm: 'unavailable' } },

  'address-no-list': { view: viewOf(writing), list: 'none' },
  'address-list-silent': { view: viewOf(writing), list: 'silent' },
  'address-check-fails': { view: viewOf(writing), fails: { check: 'unavailable' } },
  'address-no-override': { view: viewOf(signedIn(nowhere, { proposals: [], places: [], policy: strict })) },
  'address-saved-unknown': { view: viewOf(signedIn(nowhere, { proposals: [], places: [newBuilding] })) },
  'address-denmark': { view: viewOf(signedIn(nowhere, { proposals: [], places: [], agent: mette })) },

  'seats-loading': { view: viewOf(asking), hangs: ['site', 'searchSeats'] },
  'seats-fail': { view: viewOf(asking), fails: { sites: 'unavailable' } },

  confirmed: { view: viewOf(confirmed) },
  'confirmed-home': {
    view: viewOf(
      signedIn(where({ served: served({ class: 'home', civic_address: home.civic_address, lines: homeLines, rule: 'home', verdict: 'corrected', until: at(7 * DAYS) }) })),
    ),
  },
  'confirmed-checked': {
    view: viewOf(signedIn(where({
      served: served({
        class: 'home', civic_address: home.civic_address, lines: homeLines, rule: 'home', verdict: 'valid', until: at(7 * DAYS),
        checked: { by: 'King County address list', at: at(-4 * MINUTES), fields: checkedHome },
      }),
    }))),
  },
  sending: { view: viewOf(signedIn(where({ headline: 'sending', unsent: { ...unsent, retry_at: null } }))) },
  unsent: {
    view: viewOf(signedIn(where({ headline: 'unsent', served: staleSeat, unsent })), { connection: away }),
  },
  'unsent-memory': {
    view: viewOf(
      signedIn(where({ headline: 'unsent', served: null, unsent: { ...unsent, memory_only: true } }), { keychain_unavailable: true }),
      { connection: away },
    ),
  },
  refused: {
    view: viewOf(
      signedIn(where({
        headline: 'refused',
        unsent: {
          ...unsent,
          place: { address: home.civic_address, class: 'other' },
          label: '1418 NW 60th St',
          class: 'other',
          lines: homeLines,
          problem: 'not_acceptable',
          problems: [{ code: 'missing', field: 'HNO', text: 'The house number is missing.' }],
        },
      })),
    ),
  },
  stale: { view: viewOf(signedIn(where({ headline: 'stale', served: staleHome }), { proposals: [] })) },
  unchecked: {
    view: viewOf(signedIn(where({
      headline: 'unchecked',
      served: served({ verdict: 'unchecked', class: 'home', civic_address: home.civic_address, lines: homeLines, rule: 'home', until: at(7 * DAYS) }),
    }))),
  },
  declined: {
    view: viewOf(signedIn(where({ headline: 'declined', served: served({ status: 'declined', civic_address: siteAddress, lines: siteOnly, rule: 'default_site', class: null }) }))),
  },
  'declined-nothing': {
    view: viewOf(signedIn(where({ headline: 'declined', served: served({ status: 'declined', civic_address: {}, lines: [], rule: 'none', class: null }) }))),
  },
  conflict: {
    view: viewOf(signedIn(where({}), {
      notices: [{ code: 'seat_conflict', text: 'Sam Lee also says WS 181.', severity: 'warning', values: {}, version: null }],
    })),
  },
  'address-opened': {
    view: viewOf(signedIn(where({}), {
      notices: [
        {
          code: 'address_opened',
          text: 'Sam Ortiz opened your address on 2026-11-20 09:14 UTC: Did not come to the meeting point',
          severity: 'warning',
          values: { who: 'Sam Ortiz', at: at(-9 * MINUTES), reason: 'Did not come to the meeting point', during_call: 'false' },
          version: 'op_1',
        },
      ],
    })),
  },
  superseded: {
    view: viewOf(signedIn(where({}), {
      notices: [{ code: 'superseded', text: 'You said something newer elsewhere.', severity: 'warning', values: {}, version: null }],
    })),
  },
  offline: { view: viewOf(confirmed, { connection: away }) },
  changing: { view: viewOf(signedIn(where({}), { changing: true })) },
  'quit-warning': {
    view: viewOf(signedIn(where({ headline: 'unsent', served: staleSeat, unsent })), { connection: away, quit_warning: 'unsent' }),
  },

  team: { view: viewOf(supervising), roster: quiet },
  abroad: { view: viewOf(confirmed, { abroad: { country: 'ES', number: '112' } }) },
  'abroad-unknown-number': { view: viewOf(asking, { abroad: { country: 'JP', number: null } }) },
  'team-emergency': { view: viewOf(supervising), roster: emergencies },
  'team-alerted': { view: viewOf(signedIn(where({}), { agent: sam, alerts: 1 })), roster: emergencies },
  'team-drilling': { view: viewOf(supervising), roster: quiet, drills: [drilling, ...drilled] },
  'team-drilled': { view: viewOf(supervising), roster: quiet, drills: drilled },
  'team-drill-refused': { view: viewOf(supervising), roster: quiet, fails: { startDrill: 'drill_running' } },
  'team-drill-nobody': { view: viewOf(supervising), roster: quiet, fails: { startDrill: 'not_found' } },
  'team-drill-unsaved': { view: viewOf(supervising), roster: quiet, drills: drilled, fails: { saveDrillTable: 'not_saved' } },
  'team-may-not-drill': { view: viewOf(supervising), roster: quiet, fails: { drills: 'forbidden' } },
  'team-empty': { view: viewOf(supervising), roster: empty },
  'team-loading': { view: viewOf(supervising) },
  'team-fails': { view: viewOf(supervising), fails: { watchRoster: 'unavailable' } },
  'team-offline': { view: viewOf(supervising, { connection: away }), roster: quiet },

  emergency: inCall(call()),
  'emergency-abroad': inCall(call(), confirmed, { abroad: { country: 'ES', number: '112' } }),
  'emergency-end': inCall(call({ can_end_call: true })),
  'emergency-end-fails': { ...inCall(call({ can_end_call: true })), fails: { endCall: 'unavailable' } },
  'emergency-presence-fails': inCall(call({ presence: null, presence_trouble: 'not_set' })),
  'emergency-over': inCall(call({ started_at: at(-3 * MINUTES) }, { over_offered: true })),
  'emergency-stale': inCall(
    call({ lines: unconfirmedSeat, location_status: 'stale', since: at(-1 * DAYS) }),
    signedIn(where({ headline: 'stale', served: staleSeat })),
  ),
  'emergency-not-confirmed': inCall(
    call({ lines: [], location_status: 'unknown', since: null }),
    signedIn(where({ headline: 'unknown', served: null }), { proposals: [] }),
  ),
  'emergency-declined': inCall(
    call({ lines: siteOnly, location_status: 'declined', since: null, callback_number: null, callback_until: null }, { callback_number_grouped: null }),
  ),
  'emergency-test': inCall(call({ call_id: 'c-933', dialled: '933', test: true, callback_number: null, callback_until: null }, { callback_number_grouped: null })),
  'emergency-drill': inCall(
    call({ call_id: 'd-1', dialled: 'drill', test: true, drill: true, lines: siteOnly, location_status: 'unknown', since: null, callback_number: null, callback_until: null, can_end_call: true }, { callback_number_grouped: null }),
  ),
  'emergency-away': inCall(call({}, { last_known: true }), confirmed, { connection: away }),
  'emergency-acknowledged': inCall(call({ acknowledged_by: [{ username: 'desk.one', display_name: 'Desk One', role: 'security', at: at(-20_000) }] })),
  'emergency-silent': { ...inCall(call()), fails: { audioDevices: 'audio_unknown', openSoundSettings: 'sound_settings_missing' } },
  'emergency-ringing': inCall(call({ ...ended, callback: { state: 'ringing', since: at(-4_000) } })),
  'emergency-connected': inCall(call({ ...ended, callback: { state: 'connected', since: at(-75_000) } })),
  'emergency-ended': inCall(call(ended)),
  'emergency-test-ended': inCall(call({ ...ended, call_id: 'c-933', dialled: '933', test: true, callback_number: null, callback_until: null }, { callback_number_grouped: null })),
  'emergency-denmark': inCall(
    call({ dialled: '112', callback_number: '+4533123456', lines: ['Plads 12, 2. sal', 'Store Strandstræde 4B', '1255 København K'] }, { callback_number_grouped: '+45 33 12 34 56' }),
  ),
  'emergency-long': inCall(
    call({
      lines: ['WS 181, floor 5, Willis building, north wing', '12121 Martin Luther King Jr Memorial Blvd SW', 'Rancho Cucamonga, CA 91730'],
    }),
  ),
  /** Times that no server sends: the address has to stay on the screen all the same. */
  'emergency-broken': inCall(call({ since: 'not a time', callback_until: 'nor this' })),
  'emergency-gone': inCall(null),
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
