/** A drill, from the button to the report. */
import type { Page } from '@playwright/test';

import { expect, test } from './fixtures';

test.use({ viewport: { width: 1000, height: 720 } });

const open = (page: Page) => page.getByTestId('run-drill').click();
const dialog = (page: Page) => page.getByTestId('drill-dialog');

test('one question, and in plain words what will happen', async ({ screens, page }) => {
  await screens.open('team');
  await open(page);
  await expect(dialog(page)).toMatchAriaSnapshot(`
    - dialog "Run a drill":
      - heading "Run a drill" [level=2]
      - text: Whom should it reach?
      - combobox "Whom should it reach?":
        - option "People drawn by lot" [selected]
        - option "Team Billing, drawn by lot"
        - option "Team Claims, drawn by lot"
        - option "At Portland Couch St, drawn by lot"
        - option "At Seattle 7th Ave, drawn by lot"
        - option "People I choose"
      - text: How many
      - textbox "How many": "5"
      - paragraph:
        - strong: It reaches 5 people.
        - text: People drawn by lot.
      - paragraph: Their screen shows the word Drill. Nobody dials, and no emergency call is made.
      - paragraph: Whoever gets notices of emergency calls gets a message marked DRILL.
      - paragraph: Somebody who is in a call is left alone.
      - button "Start the drill"
      - button "Cancel"
  `);
  expect((await screens.called()).map(({ name }) => name)).not.toContain('startDrill');
});

test('Escape and Cancel leave, start nothing, and give the focus back', async ({ screens, page }) => {
  await screens.open('team');
  await page.getByTestId('run-drill').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('drill-whom')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByTestId('run-drill')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByTestId('drill-cancel').click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByTestId('run-drill')).toBeFocused();
  expect((await screens.called()).map(({ name }) => name)).not.toContain('startDrill');
});

test('it runs before the eyes, ends with a sentence, bars and a table, and is put away', async ({ screens, page }) => {
  await screens.open('team');
  const button = page.getByTestId('run-drill');
  await button.focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('drill-count').fill('12');
  await expect(page.getByTestId('drill-what')).toContainText('It reaches 12 people.');
  // Enter anywhere in the question starts it.
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toHaveCount(0);
  await expect(button).toBeFocused();
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByTestId('drill-progress')).toHaveText('0 of 12 done');
  await expect(page.getByRole('progressbar')).toBeVisible();
  const keiko = page.getByTestId('drilled-keiko.tanaka');
  await expect(keiko).toContainText('Running');
  await expect(page.getByTestId('drilled-ana.ruiz')).toContainText('0.31 sec');

  await expect(page.getByTestId('drill-sentence')).toHaveText('11 of 12 complete. One app was not connected.', { timeout: 15_000 });
  await expect(page.getByTestId('drill-announced')).toHaveText('The drill has ended. 11 of 12 complete. One app was not connected.');
  await expect(page.getByTestId('drill-announced')).toHaveAttribute('role', 'status');
  await expect(keiko).toContainText('App not connected');
  await expect(keiko.getByRole('cell').nth(2)).toHaveText(/none/);
  await expect(page.getByTestId('drill-chart').getByTestId(/^bars-/)).toHaveCount(12);
  await expect(page.getByTestId('drill-chart')).toHaveAttribute('aria-hidden', 'true');
  await expect(button).not.toHaveAttribute('aria-disabled');
  expect((await screens.called()).filter(({ name }) => name === 'startDrill')).toEqual([{ name: 'startDrill', args: [{ sample: 12 }] }]);

  await page.getByTestId('drill-close').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('drill-current')).toHaveCount(0);
  await expect(button).toBeFocused();
  await expect(page.getByTestId('earlier-drills-summary')).toHaveText('1 earlier drill');
});

test('a bar is as long as its time, and none is drawn for what did not come', async ({ screens, page }) => {
  await screens.open('team-drilled');
  await page.getByTestId('earlier-drills-summary').click();
  await page.getByTestId('earlier-dr_2-summary').click();
  const report = page.getByTestId('drill-dr_2');
  const whole = (await report.getByTestId('bars-maria.chen').boundingBox())?.width ?? NaN;
  const width = async (name: string, stage: string) =>
    ((await report.getByTestId(`bars-${name}`).locator(`rect[data-stage=${stage}]`).boundingBox())?.width ?? NaN) / whole;
  expect(await width('maria.chen', 'acknowledged')).toBeCloseTo(21.4 / 30, 1);
  expect(await width('maria.chen', 'notice')).toBeCloseTo(1.44 / 30, 2);
  await expect(report.getByTestId('bars-keiko.tanaka').locator('rect[data-stage=banner]')).toHaveCount(0);
  await expect(report.getByTestId('drill-chart')).toContainText('Seconds from the start');
  await expect(report.getByTestId('drill-chart').locator('text')).toHaveText(['0', '10', '20', '30']);
});

test('people who are chosen, by their names and with the arrow keys', async ({ screens, page }) => {
  await screens.open('team');
  await open(page);
  await page.getByTestId('drill-whom').selectOption('chosen');
  await page.getByTestId('drill-start').click();
  await expect(dialog(page)).toContainText('Choose 1 to 100 people.');
  await page.getByTestId('drill-find').fill('claims seattle');
  const boxes = page.getByTestId('drill-people').getByRole('checkbox');
  await expect(boxes).toHaveCount(8);
  await page.keyboard.press('Tab');
  await expect(boxes.first()).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(page.getByTestId('drill-what')).toContainText('It reaches 2 people. Ben Okafor, Grace Liu');
  // However many people there are, they are one stop.
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('drill-start')).toBeFocused();
  await page.getByTestId('drill-find').fill('nobody of that name');
  await expect(dialog(page)).toContainText('Nobody has that in their name, team or site.');
  await page.getByTestId('drill-start').click();
  await expect(page.getByTestId('drill-current')).toBeVisible();
  const [start] = (await screens.called()).filter(({ name }) => name === 'startDrill');
  expect(start?.args).toEqual([{ agents: [expect.any(String), expect.any(String)] }]);
});

test('a team and a site are drawn from, and a number that cannot be is said', async ({ screens, page }) => {
  await screens.open('team');
  await open(page);
  await page.getByTestId('drill-count').fill('200');
  await page.getByTestId('drill-start').click();
  await expect(dialog(page)).toContainText('Write a number from 1 to 100.');
  await expect(page.getByTestId('drill-count')).toHaveAttribute('aria-invalid', 'true');
  await page.getByTestId('drill-count').fill('100');
  await page.getByTestId('drill-whom').selectOption({ label: 'At Portland Couch St, drawn by lot' });
  await expect(page.getByTestId('drill-what')).toContainText('It reaches 3 people.');
  await page.getByTestId('drill-whom').selectOption({ label: 'Team Claims, drawn by lot' });
  await expect(page.getByTestId('drill-what')).toContainText('It reaches 12 people.');
  await page.getByTestId('drill-start').click();
  await expect(page.getByTestId('drill-current')).toBeVisible();
  const [start] = (await screens.called()).filter(({ name }) => name === 'startDrill');
  expect(start?.args).toEqual([{ sample: 100, team: 'Claims' }]);
});

for (const [scenario, said] of [
  ['team-drill-refused', 'A drill is running already. Wait until it ends.'],
  ['team-drill-nobody', 'Nobody was found there. Choose others.'],
] as const) {
  test(`what the server refuses is said where it was asked: ${scenario}`, async ({ screens, page }) => {
    await screens.open(scenario);
    await open(page);
    await page.getByTestId('drill-start').click();
    await expect(dialog(page).getByRole('alert')).toHaveText(said);
    await page.keyboard.press('Escape');
    await open(page);
    await expect(dialog(page).getByRole('alert')).toHaveCount(0);
  });
}

test('an emergency call takes the question away', async ({ screens, page }) => {
  await screens.open('team');
  await open(page);
  await expect(dialog(page)).toBeVisible();
  await screens.play('team-emergency');
  await expect(page.getByTestId('emergency-c-1')).toBeVisible();
  await expect(dialog(page)).toHaveCount(0);
  await page.getByTestId('handle-c-1').click();
  // Who wants a drill all the same may have one.
  await open(page);
  await expect(dialog(page)).toBeVisible();
});

test('one that somebody else began shows itself', async ({ screens, page }) => {
  await screens.open('team-drilling');
  await expect(page.getByTestId('drill-progress')).toHaveText('1 of 3 done');
  await expect(page.getByTestId('drilled-daniel.kim')).toContainText('In a call, left alone');
  await expect(page.getByTestId('run-drill')).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByTestId('drill-sentence')).toHaveText('1 of 3 complete. One app was not connected. One person was in a call and was left alone.', { timeout: 15_000 });
});

test('earlier drills, each with its report, and the table as a file', async ({ screens, page }) => {
  await screens.open('team-drilled');
  await expect(page.getByTestId('drill-current')).toHaveCount(0);
  await page.getByTestId('earlier-drills-summary').click();
  await page.getByTestId('earlier-dr_1-summary').click();
  const report = page.getByTestId('drill-dr_1');
  await expect(report.getByTestId('drill-sentence')).toHaveText(
    '0 of 6 complete. The server could not open one of them. One app showed no banner. For one person no notice arrived anywhere. '
    + 'Nobody said that they are handling one of them. One person was in a call and was left alone. One was cut short because the server stopped.',
  );
  await report.getByTestId('drill-csv').click();
  await expect(report.getByTestId('drill-saved')).toHaveText('Saved as /home/sam/Downloads/drill-2026-11-20T17-02Z.csv');
  const [save] = (await screens.called()).filter(({ name }) => name === 'saveDrillTable');
  expect(save?.args[0]).toBe('dr_1');
  await page.getByTestId('earlier-dr_0-summary').click();
  await expect(page.getByTestId('drill-dr_0')).toContainText('Nobody who was in it is known any more.');
});

test('a table that cannot be saved is said', async ({ screens, page }) => {
  await screens.open('team-drill-unsaved');
  await page.getByTestId('earlier-drills-summary').click();
  await page.getByTestId('earlier-dr_2-summary').click();
  await page.getByTestId('drill-dr_2').getByTestId('drill-csv').click();
  await expect(page.getByTestId('drill-dr_2').getByTestId('drill-saved')).toContainText('could not be saved');
});

test('whom the server does not let is not offered a drill', async ({ screens, page }) => {
  await screens.open('team-may-not-drill');
  await expect(page.getByTestId('roster')).toBeVisible();
  await expect(page.getByTestId('run-drill')).toHaveCount(0);
});

for (const [language, run, word] of [['da-DK', 'Hold en øvelse', 'Gennemført'], ['fr-CA', 'Lancer un exercice', 'Complet'], ['es-US', 'Hacer un simulacro', 'Completa']] as const) {
  test.describe(language, () => {
    test.use({ locale: language, viewport: { width: 420, height: 640 } });
    test(`in ${language} nothing is cut off`, async ({ screens, page }, info) => {
      await screens.open('team-drilled');
      await expect(page.getByTestId('run-drill')).toHaveText(run);
      await page.getByTestId('earlier-drills-summary').click();
      await page.getByTestId('earlier-dr_2-summary').click();
      await page.getByTestId('earlier-dr_1-summary').click();
      await expect(page.getByTestId('drill-dr_2')).toContainText(word);
      for (const size of [100, 200]) {
        await screens.textSize(size);
        expect.soft(await screens.overflow()).toBe(0);
        expect.soft(await screens.cut()).toEqual([]);
        await page.screenshot({ path: info.outputPath(`report-${size}.png`), fullPage: true });
      }
      await open(page);
      for (const size of [200, 100]) {
        await screens.textSize(size);
        expect.soft(await screens.cut()).toEqual([]);
        expect.soft(await dialog(page).evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
        await page.screenshot({ path: info.outputPath(`dialog-${size}.png`) });
      }
    });
  });
}
