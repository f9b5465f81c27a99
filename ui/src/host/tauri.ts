/** The host inside the desktop app. The only file that imports `@tauri-apps/*`. */
import { invoke, type InvokeArgs } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

import type { View } from './bindings/View';
import { HostError, type Host } from './host';

async function command<T>(name: string, args?: InvokeArgs): Promise<T> {
  try {
    return await invoke<T>(name, args);
  } catch (cause) {
    throw HostError.from(cause);
  }
}

/** The shell writes it down before any script of the page runs. */
declare global {
  var firstView: View | undefined;
}

export const tauri: Host = {
  ...(globalThis.firstView && { first: globalThis.firstView }),
  snapshot: () => command('snapshot'),
  onView: (listener) => listen('view', (event) => listener(event.payload as never)),
  speak: (tag, chosen) => command('speak', { tag, chosen }),
  painted: () => command('painted'),

  signIn: (server, code) => command('sign_in', { server, code }),
  signOut: () => command('sign_out'),

  confirm: (declare) => command('confirm', { declare }),
  decline: (reason) => command('decline', { reason }),
  endShift: () => command('end_shift'),
  discard: () => command('discard'),
  stay: () => command('stay'),
  dismiss: (code) => command('dismiss', { code }),

  sites: () => command('sites'),
  site: (siteId) => command('site', { siteId }),
  searchSeats: (query) => command('search_seats', { query }),

  interpret: (text, country) => command('interpret', { text, country }),
  check: (address) => command('check', { address }),
  savePlace: (id, place) => command('save_place', { id, place }),
  deletePlace: (id) => command('delete_place', { id }),

  callOver: () => command('call_over'),
  reportTestCall: (callId, report) => command('report_test_call', { callId, report }),
  endCall: () => command('end_call'),
  moved: () => command('moved'),
  audioDevices: () => command('audio_devices'),
  openSoundSettings: () => command('open_sound_settings'),
  copy: (text) => navigator.clipboard.writeText(text).catch((cause: unknown) => Promise.reject(HostError.from(cause))),
  shrinkEmergency: (small) => command('shrink_emergency', { small }),
  fitEmergency: (height) => command('fit_emergency', { height }),

  quitAnyway: () => command('quit_anyway'),
  stayRunning: () => command('stay_running'),

  callIsOver: (reference) => command('call_is_over', { reference }),
  watchRoster: (watching) => command('watch_roster', { watching }),
  acknowledgeEmergency: (reference) => command('acknowledge_emergency', { reference }),
  startDrill: (whom) => command('start_drill', { whom }),
  drills: () => command('drills'),
  saveDrillTable: (drillId, startedAt) => command('save_drill_table', { drillId, startedAt }),
  openAddress: (username, reason) => command('open_address', { username, reason }),
  acknowledgeNotice: (notice, version, locale) => command('acknowledge_notice', { notice, version, locale }),
  onRoster: (listener) => listen('roster', (event) => listener(event.payload as never)),
};
