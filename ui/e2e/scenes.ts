/** Every screen in every state, and the steps that lead there. */
import type { Page } from '@playwright/test';

import { scenarios, type ScenarioName } from '../src/host/fake/scenarios';
import { addressScenes } from './address_scenes';
import type { Window } from './fixtures';

export interface Scene {
  name: string;
  scenario: ScenarioName;
  window: Window;
  /** The testid of what proves that it is there. */
  shows: string;
  steps?: (page: Page) => Promise<void>;
}

const click = (...ids: string[]) => async (page: Page) => {
  for (const id of ids) await page.getByTestId(id).click();
};
/** What each scenario shows as it opens. */
const first: Partial<Record<ScenarioName, string>> = {
  abroad: 'abroad',
  'abroad-unknown-number': 'abroad',
  starting: 'skeleton',
  'sign-in': 'sign-in',
  'sign-in-error': 'sign-in-error',
  'ask-no-history': 'ask-no-history',
  'seats-loading': 'ask-card',
  'seats-fail': 'ask-card',
  offline: 'offline',
  'quit-warning': 'quit-warning',
  conflict: 'notice-seat_conflict',
  team: 'roster',
  'team-alerted': 'emergencies',
  'team-emergency': 'emergencies',
  'team-drilling': 'drill-progress',
  'team-drilled': 'earlier-drills',
  'team-drill-refused': 'roster',
  'team-drill-nobody': 'roster',
  'team-drill-unsaved': 'roster',
  'team-may-not-drill': 'roster',
  'team-empty': 'roster-empty',
  'team-loading': 'skeleton',
  'team-fails': 'roster-error',
  'team-offline': 'roster-old',
};

function shows(name: ScenarioName): string {
  if (first[name] !== undefined) return first[name];
  return /^(ask|stale|changing)/.test(name) ? 'ask-card' : 'standing-card';
}

const emergencyShows: Partial<Record<ScenarioName, string>> = {
  'emergency-ringing': 'emergency-ringing',
  'emergency-connected': 'emergency-connected',
  'emergency-ended': 'emergency-ended',
  'emergency-test-ended': 'emergency-ended',
  'emergency-broken': 'emergency-plain',
  'emergency-gone': 'emergency-none',
};

const names = Object.keys(scenarios) as ScenarioName[];

// How the form for an address opens does not depend on what is said to it later.
const opened = names.filter((scenario) => !scenario.startsWith('address-')).map((scenario): Scene =>
  scenario.startsWith('emergency')
    ? { name: scenario, scenario, window: 'emergency', shows: emergencyShows[scenario] ?? 'emergency-open' }
    : { name: scenario, scenario, window: 'index', shows: shows(scenario) },
);

const reached: Scene[] = [
  { name: 'seats without a plan', scenario: 'ask-home', window: 'index', shows: 'no-plan', steps: click('choose-seat') },
  {
    name: 'seats on a plan, one chosen that is taken',
    scenario: 'ask',
    window: 'index',
    shows: 'seat-taken',
    steps: async (page) => {
      await page.getByTestId('choose-seat').click();
      await page.getByTestId('seat-search').fill('18');
      await page.getByTestId('seat-SEA-5-182').click();
    },
  },
  {
    name: 'seats, none found',
    scenario: 'ask',
    window: 'index',
    shows: 'no-seats',
    steps: async (page) => {
      await page.getByTestId('choose-seat').click();
      await page.getByTestId('seat-search').fill('nowhere');
    },
  },
  { name: 'seats, loading', scenario: 'seats-loading', window: 'index', shows: 'skeleton', steps: click('choose-seat') },
  { name: 'seats, failed', scenario: 'seats-fail', window: 'index', shows: 'seats-error', steps: click('choose-seat') },
  { name: 'seats, offline', scenario: 'ask-offline', window: 'index', shows: 'seats-offline', steps: click('choose-seat') },
  { name: 'homes', scenario: 'ask', window: 'index', shows: 'place-home-1', steps: click('choose-home') },
  { name: 'a home deleted', scenario: 'ask', window: 'index', shows: 'place-removed', steps: click('choose-home', 'remove-home-1') },
  ...addressScenes,
  { name: 'what was checked', scenario: 'confirmed-checked', window: 'index', shows: 'checked', steps: click('checked-summary') },
  { name: 'declining', scenario: 'ask', window: 'index', shows: 'decline-reason', steps: click('decline') },
  { name: 'a shift ended', scenario: 'confirmed', window: 'index', shows: 'shift-ended', steps: click('end-shift') },
  { name: 'a confirmation that failed', scenario: 'ask-fails', window: 'index', shows: 'confirm-error', steps: click('confirm') },
  { name: 'settings', scenario: 'confirmed', window: 'index', shows: 'sign-out-yes', steps: click('open-settings', 'sign-out') },
  { name: 'a drill, whom', scenario: 'team', window: 'index', shows: 'drill-what', steps: click('run-drill') },
  {
    name: 'a drill, people chosen',
    scenario: 'team-drill-refused',
    window: 'index',
    shows: 'drill-refused',
    steps: async (page) => {
      await page.getByTestId('run-drill').click();
      await page.getByTestId('drill-whom').selectOption('chosen');
      await page.getByTestId('drill-person-ana.ruiz').check();
      await page.getByTestId('drill-start').click();
    },
  },
  { name: 'a drill reported', scenario: 'team-drilled', window: 'index', shows: 'drill-sentence', steps: click('earlier-drills-summary', 'earlier-dr_2-summary') },
  { name: 'a drill that went wrong, reported', scenario: 'team-drill-unsaved', window: 'index', shows: 'drill-sentence', steps: click('earlier-drills-summary', 'earlier-dr_1-summary') },
  { name: 'the main window during a call', scenario: 'emergency', window: 'index', shows: 'emergency-strip' },
  { name: 'a call that may be over', scenario: 'emergency-over', window: 'emergency', shows: 'call-over-yes', steps: click('call-over') },
  { name: 'the audio devices during a call', scenario: 'emergency', window: 'emergency', shows: 'audio-inputs', steps: click('audio-devices') },
  { name: 'a call read aloud', scenario: 'emergency', window: 'emergency', shows: 'read-aloud-card', steps: click('read-aloud') },
  { name: 'a call from an uncertain seat read aloud', scenario: 'emergency-stale', window: 'emergency', shows: 'read-aloud-card', steps: click('read-aloud') },
  { name: 'a call from Denmark read aloud', scenario: 'emergency-denmark', window: 'emergency', shows: 'read-aloud-card', steps: click('read-aloud') },
  { name: 'a call made small', scenario: 'emergency-ended', window: 'emergency', shows: 'emergency-pill', steps: click('shrink') },
];

export const scenes: Scene[] = [...opened, ...reached];
