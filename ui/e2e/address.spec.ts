/** How an address is written, by keyboard alone. */
import type { Page } from '@playwright/test';

import { LINES, write } from './address_scenes';
import { expect, test } from './fixtures';

test.use({ viewport: { width: 420, height: 640 } });

/** Tab until something has the focus; how many presses it took. */
async function tabTo(page: Page, testid: string): Promise<number> {
  for (let presses = 1; presses <= 30; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.getByTestId(testid).evaluate((element) => element === document.activeElement)) return presses;
  }
  throw new Error(`${testid} is not reached by the keyboard`);
}

test('a first home address, typed on one line', async ({ screens, page }) => {
  await screens.open('ask-no-history');
  await page.keyboard.press('h');
  await expect(page.getByTestId('address-text')).toBeFocused();
  await page.keyboard.type('1418 NW 60th Street, Seattle WA 98107');
  await expect(page.getByTestId('check-verdict')).toContainText('Complete and valid');
  await expect(page.getByTestId('understood')).toMatchAriaSnapshot(`
    - region "What we understood":
      - list:
        - listitem: 1418 number valid
        - listitem: NW 60th Street street valid
        - listitem: Seattle city valid
        - listitem: WA state valid
        - listitem: 98107 ZIP valid
  `);
  await tabTo(page, 'unit');
  await page.keyboard.type('4B');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('address-text')).toHaveValue('1418 NW 60th Street, Unit 4B, Seattle WA 98107');
  await expect(page.getByTestId('address-text')).toBeFocused();
  await expect(page.getByTestId('unit-question')).toBeHidden();
  await expect(page.getByTestId('responder-text')).toContainText('1418 NW 60TH ST, UNIT 4B');
  await expect(page.getByTestId('place-label')).toHaveValue('Home');
  await expect(page.getByTestId('use-address')).toBeEnabled();
  await tabTo(page, 'use-address');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('standing')).toBeVisible();
  const said = await screens.called();
  expect(said.find(({ name }) => name === 'savePlace')?.args).toMatchObject([null, { label: 'Home', class: 'home', civic_address: { UNIT: 'Unit 4B' } }]);
  expect(said.find(({ name }) => name === 'confirm')?.args[0]).toMatchObject({ place: { saved: 'place-1' }, class: 'home' });
});

test('several lines, pasted, are the same address', async ({ screens, page }) => {
  await screens.open('ask-no-history');
  await write('1418 NW 60th St\nApt 4B\nSeattle, WA 98107', 'responder-text')(page);
  await expect(page.getByTestId('part')).toHaveCount(6);
  await expect(page.getByTestId('use-address')).toBeVisible();
});

test('an address without its city cannot be used, and says what is missing', async ({ screens, page }) => {
  await screens.open('ask-no-history');
  await write('2121 8th Ave foo', 'problems')(page);
  await expect(page.getByTestId('problems')).toContainText('The city is missing.');
  await expect(page.getByTestId('part-unknown')).toHaveText('foo not understood, left out');
  await expect(page.getByTestId('use-address')).toBeHidden();
  await page.getByTestId('address-text').fill('2121 8th Ave Seattle WA');
  await expect(page.getByTestId('use-address')).toBeVisible();
});

test('a suggestion says what it changes, and the agent says which number', async ({ screens, page }) => {
  await screens.open('ask-no-history');
  await write(LINES.notFound, 'suggestion-0')(page);
  await expect(page.getByTestId('not-found')).toHaveText('Number: E Pine St ends at number 299.');
  await expect(page.getByTestId('suggestion-1')).toHaveAccessibleName(
    /^Use 4100 E Pike St, Seattle, WA 98101 Street E Pine St becomes E Pike St/,
  );
  await tabTo(page, 'suggestion-0');
  await expect(page.getByTestId('suggestion-0')).toHaveAccessibleName(/^Use 200-299 E Pine St, Seattle, WA 98101/);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('parts-hno')).toBeFocused();
  await expect(page.getByTestId('parts-hno')).toHaveAccessibleDescription('Numbers there: 200-299.');
  await expect(page.getByTestId('use-address')).toBeHidden();
  await page.keyboard.type('211');
  await expect(page.getByTestId('check-verdict')).toContainText('Complete and valid');
  await expect(page.getByTestId('address-text')).toHaveValue('211 E Pine St, Seattle, WA 98101');
  await page.getByTestId('use-address').click();
  const [said] = (await screens.called()).filter(({ name }) => name === 'confirm');
  expect(said?.args[0]).toMatchObject({ place: { address: { HNO: '211', RD: 'Pine' } }, override_reason: null });
});

test('an address nobody knows needs a reason', async ({ screens, page }) => {
  await screens.open('ask-no-history');
  await write(LINES.notFound, 'override-reason')(page);
  await expect(page.getByTestId('use-address')).toBeHidden();
  await page.getByTestId('override-reason').fill('New building');
  await page.getByTestId('use-address').click();
  const [said] = (await screens.called()).filter(({ name }) => name === 'confirm');
  expect(said?.args[0]).toMatchObject({ class: 'other', override_reason: 'New building', place: { address: { HNO: '4100' } } });
});

test('where the organisation wants none, there is no reason good enough', async ({ screens, page }) => {
  await screens.open('address-no-override');
  await write(LINES.notFound, 'no-override')(page);
  await expect(page.getByTestId('override-reason')).toHaveCount(0);
  await expect(page.getByTestId('use-address')).toHaveCount(0);
});

test('two readings stand in order, each with what it changes', async ({ screens, page }) => {
  await screens.open('ask-no-history');
  await write(LINES.ambiguous, 'candidates')(page);
  await expect(page.getByTestId('candidates')).toContainText('Did you mean');
  await expect(page.getByTestId('candidate-0')).toHaveAccessibleName(/Street Union becomes Union St$/);
  await page.getByTestId('candidate-1').click();
  await expect(page.getByTestId('address-text')).toHaveValue('500 Union Ave, Unit 9, Seattle, WA 98101');
  await expect(page.getByTestId('candidates')).toHaveCount(0);
  await expect(page.getByTestId('use-address')).toBeVisible();
});

test('a building with several doors asks for one; “There is none” is an answer', async ({ screens, page }) => {
  await screens.open('ask-no-history');
  await write(LINES.tower, 'unit-needed')(page);
  await expect(page.getByTestId('check-verdict')).toBeVisible();
  await expect(page.getByTestId('use-address')).toHaveCount(0);
  await page.getByTestId('unit-none').click();
  await expect(page.getByTestId('use-address')).toBeVisible();
  await page.getByTestId('address-text').fill('2121 7th Ave, Seattle WA 98121 ');
  await expect(page.getByTestId('unit-question'), 'answered once for this building').toHaveCount(0);
});

test('each part is corrected by itself', async ({ screens, page }) => {
  await screens.open('ask-no-history');
  await write(LINES.valid, 'check-verdict')(page);
  await tabTo(page, 'parts-summary');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('parts-unit')).toHaveValue('Apt 4B');
  await page.getByTestId('parts-unit').fill('Apt 5C');
  await expect(page.getByTestId('address-text')).toHaveValue('1418 NW 60th St, Apt 5C, Seattle, WA 98107');
  await expect(page.getByTestId('responder-text')).toContainText('APT 5C');
});

test('a country whose lines cannot be read is written part by part', async ({ screens, page }) => {
  await screens.open('address-denmark');
  await write(LINES.danish, 'parts-rd')(page);
  await expect(page.getByTestId('parts-country')).toHaveValue('DK');
  for (const [part, text] of Object.entries({ rd: 'Store Strandstræde', hno: '4', hns: 'B', flr: '2', unit: 'tv', pc: '1255', a3: 'København K' })) {
    await page.getByTestId(`parts-${part}`).fill(text);
  }
  await expect(page.getByTestId('address-text')).toHaveValue('Store Strandstræde 4B, tv, Floor 2, 1255 København K');
  await page.getByTestId('use-address').click();
  const [said] = (await screens.called()).filter(({ name }) => name === 'confirm');
  expect(said?.args[0]).toMatchObject({ place: { address: { country: 'DK', HNO: '4', HNS: 'B', UNIT: 'tv' } } });
});

test('a saved address is changed as it was saved', async ({ screens, page }) => {
  await screens.open('ask');
  await page.keyboard.press('h');
  await page.getByTestId('edit-home-1').click();
  await expect(page.getByTestId('address-text')).toHaveValue('1418 NW 60th St, Apt 4B, Seattle, WA 98107');
  await expect(page.getByTestId('use-address')).toHaveText('Save the change');
});

test('a saved address that the list does not know is said again with a reason', async ({ screens, page }) => {
  await screens.open('address-saved-unknown');
  await page.keyboard.press('h');
  await expect(page.getByTestId('place-home-1')).toContainText('not found');
  await page.getByTestId('here-home-1').click();
  await page.getByTestId('override-reason').fill('Built last month');
  await page.getByTestId('use-address').click();
  await expect(page.getByTestId('standing')).toBeVisible();
  const [said] = (await screens.called()).filter(({ name }) => name === 'confirm');
  expect(said?.args[0]).toMatchObject({ place: { saved: 'home-1' }, override_reason: 'Built last month' });
});

test('what the dispatcher sees stands beside the form where there is room, and below it where not', async ({ screens, page }) => {
  await screens.open('ask-no-history');
  await write(LINES.cut, 'cut')(page);
  const boxes = () =>
    Promise.all(['address-text', 'responder-view'].map(async (id) => page.getByTestId(id).evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect)));
  const [text, view] = await boxes();
  expect(view?.top).toBeGreaterThan(text?.bottom ?? NaN);
  await page.setViewportSize({ width: 1000, height: 720 });
  const [wide, beside] = await boxes();
  expect(beside?.left).toBeGreaterThan(wide?.right ?? NaN);
});

test('what was checked, by whom and when, can be looked up once it stands', async ({ screens, page }) => {
  await screens.open('confirmed-checked');
  await expect(page.getByTestId('checked-summary')).toHaveText('Checked by King County address list, 8:58 am');
  await page.getByTestId('checked-summary').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('checked')).toContainText('unit Apt 4B not checked');
});
