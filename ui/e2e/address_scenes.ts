/** The form for an address in every state, and what is written to get there. */
import type { Page } from '@playwright/test';

import type { ScenarioName } from '../src/host/fake/scenarios';
import type { Scene } from './scenes';

/** Addresses that the scenarios' list knows something about. */
export const LINES = {
  valid: '1418 NW 60th Street Apt 4B, Seattle WA 98107',
  withoutUnit: '1418 NW 60th St, Seattle WA 98107',
  corrected: '1221 Couch St Unit 3, Portland OR 97209',
  unchecked: '3207 N Yakima Ave Unit 2, Tacoma WA 98407',
  notFound: '4100 E Pine St, Seattle WA 98101',
  ambiguous: '500 Union Unit 9, Seattle WA 98101',
  assumed: '1418 NW 60th St Apt 4B, Seattle 98107',
  cut: '1418 NW 60th St Apt PENTHOUSE-NORTH, Seattle WA 98107',
  incomplete: '2121, Seatle 98101',
  tower: '2121 7th Ave, Seattle WA 98121',
  danish: 'Store Strandstræde 4B, 2. tv, 1255 København K',
};

/** Opens the form and writes. */
export function write(text: string, then: string) {
  return async (page: Page) => {
    await page.getByTestId('choose-elsewhere').click();
    await page.getByTestId('address-text').fill(text);
    await page.getByTestId(then).first().waitFor();
  };
}

const scene = (name: string, text: string, shows: string, scenario: ScenarioName = 'ask-no-history'): Scene => ({
  name: `an address ${name}`,
  scenario,
  window: 'index',
  shows,
  steps: write(text, shows),
});

export const addressScenes: Scene[] = [
  {
    name: 'an address to write',
    scenario: 'ask-no-history',
    window: 'index',
    shows: 'address-text',
    steps: (page) => page.getByTestId('choose-home').click(),
  },
  scene('that is valid', LINES.valid, 'check-verdict'),
  scene('without its unit', LINES.withoutUnit, 'unit-question'),
  scene('that was corrected', LINES.corrected, 'check-verdict'),
  scene('of which the number is not checked', LINES.unchecked, 'check-verdict'),
  scene('the list does not know', LINES.notFound, 'suggestion-0'),
  scene('the list does not know, without a way round', LINES.notFound, 'no-override', 'address-no-override'),
  scene('that can be read in two ways', LINES.ambiguous, 'candidate-1'),
  scene('with an assumption', LINES.assumed, 'notes'),
  scene('that is cut', LINES.cut, 'cut'),
  scene('with problems', LINES.incomplete, 'problem-missing'),
  scene('in a building with several doors', LINES.tower, 'unit-needed'),
  scene('without a list', LINES.valid, 'check-verdict', 'address-no-list'),
  scene('while the list is silent', LINES.valid, 'check-note', 'address-list-silent'),
  scene('while checking fails', LINES.valid, 'check-failed', 'address-check-fails'),
  scene('of another country', LINES.danish, 'parts-rd', 'address-denmark'),
  {
    name: 'a saved address that the list does not know',
    scenario: 'address-saved-unknown',
    window: 'index',
    shows: 'place-home-1',
    steps: (page) => page.getByTestId('choose-home').click(),
  },
  {
    ...scene('corrected by parts', LINES.notFound, 'suggestion-0'),
    shows: 'parts-hno',
    steps: async (page) => {
      await write(LINES.notFound, 'suggestion-0')(page);
      await page.getByTestId('suggestion-0').click();
      await page.getByTestId('problem-missing').waitFor();
    },
  },
];
