/** Every screen in every state, and the steps that lead there. */
import type { Page } from '@playwright/test';

import { scenarios, type ScenarioName } from '../src/host/fake/scenarios';
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
const write = (choice: string, text: string, then: string) => async (page: Page) => {
  await page.getByTestId(choice).click();
  await page.getByTestId('address-text').fill(text);
  await page.getByTestId(then).waitFor();
};

/** What each scenario shows as it opens. */
const first: Partial<Record<ScenarioName, string>> = {
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
  'team-emergency': 'emergencies',
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

const opened = names.map((scenario): Scene =>
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
  { name: 'an address to write', scenario: 'ask-no-history', window: 'index', shows: 'address-text', steps: click('choose-home') },
  {
    name: 'an address understood',
    scenario: 'ask-no-history',
    window: 'index',
    shows: 'responder-text',
    steps: write('choose-home', '1418 NW 60th Street Apt 4B, Seattle WA 98107', 'use-address'),
  },
  {
    name: 'an address without its unit',
    scenario: 'ask-no-history',
    window: 'index',
    shows: 'unit-question',
    steps: write('choose-home', '1418 NW 60th St, Seattle WA 98107', 'use-address'),
  },
  {
    name: 'an address with problems',
    scenario: 'ask-no-history',
    window: 'index',
    shows: 'problem-missing',
    steps: async (page) => {
      await page.getByTestId('choose-elsewhere').click();
      await page.getByTestId('address-text').fill('2121, Seatle 98101');
      await page.getByTestId('problems').waitFor();
      await page.getByTestId('problem-missing').first().waitFor();
    },
  },
  {
    name: 'an address the list does not know',
    scenario: 'ask-no-history',
    window: 'index',
    shows: 'override-reason',
    steps: write('choose-elsewhere', '4100 E Pine St, Seattle WA 98101', 'suggestion-0'),
  },
  {
    name: 'an address that is cut',
    scenario: 'ask-no-history',
    window: 'index',
    shows: 'cut',
    steps: write('choose-home', '1418 NW 60th St Apt PENTHOUSE-NORTH, Seattle WA 98107', 'use-address'),
  },
  { name: 'declining', scenario: 'ask', window: 'index', shows: 'decline-reason', steps: click('decline') },
  { name: 'a shift ended', scenario: 'confirmed', window: 'index', shows: 'shift-ended', steps: click('end-shift') },
  { name: 'a confirmation that failed', scenario: 'ask-fails', window: 'index', shows: 'confirm-error', steps: click('confirm') },
  { name: 'settings', scenario: 'confirmed', window: 'index', shows: 'sign-out-yes', steps: click('open-settings', 'sign-out') },
  { name: 'the main window during a call', scenario: 'emergency', window: 'index', shows: 'emergency-strip' },
  { name: 'a call that may be over', scenario: 'emergency-over', window: 'emergency', shows: 'call-over-yes', steps: click('call-over') },
  { name: 'a call made small', scenario: 'emergency-ended', window: 'emergency', shows: 'emergency-pill', steps: click('shrink') },
];

export const scenes: Scene[] = [...opened, ...reached];
