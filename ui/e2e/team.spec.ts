/** What a supervisor sees. */
import { expect, test } from './fixtures';

test.use({ viewport: { width: 1000, height: 720 } });

test('coverage as a sentence, and everybody below it', async ({ screens, page }) => {
  await screens.open('team');
  await expect(page.getByTestId('coverage')).toHaveText('20 of 25 covered; 2 stale, 1 declined, 1 unknown, 1 offline.');
  await expect(page.getByRole('img', { name: '20 of 25 covered' })).toBeVisible();
  await expect(page.getByTestId('roster').getByRole('row')).toHaveCount(26);
});

test('sorting and showing one status', async ({ screens, page }) => {
  await screens.open('team');
  const names = page.getByTestId('roster').getByRole('rowheader');
  await expect(names.first()).toContainText('Ana Ruiz');
  await page.getByTestId('sort-status').click();
  await expect(page.getByRole('columnheader', { name: 'Status' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(names.first()).toContainText('Oscar Lindgren');
  await page.getByTestId('filter').selectOption('declined');
  await expect(names).toHaveText([/Ivan Novak/]);
});

test('emergencies stand above all, and no home address stands anywhere', async ({ screens, page }) => {
  await screens.open('team-emergency');
  const calls = page.getByTestId('emergencies').getByRole('listitem');
  await expect(calls).toHaveText([/Maria Chen is on an emergency call/, /Devon Walsh is on an emergency call/, /Grace Liu’s emergency call has ended/]);
  await expect(calls.nth(1)).toContainText('Home address, not shown here');
  const above = await page.evaluate(() => {
    const top = (id: string) => document.querySelector(`[data-testid=${id}]`)?.getBoundingClientRect().top ?? NaN;
    return top('emergencies') < top('coverage') && top('coverage') < top('roster');
  });
  expect(above).toBe(true);
  await expect(page.locator('body')).not.toContainText('60th');
});

test('a supervisor is somewhere too', async ({ screens, page }) => {
  await screens.open('team');
  await page.getByTestId('section-you').click();
  await expect(page.getByTestId('standing-word')).toHaveText('Confirmed');
  await page.getByTestId('section-team').click();
  await expect(page.getByTestId('roster')).toBeVisible();
  const watched = (await screens.called()).filter(({ name }) => name === 'watchRoster').map(({ args }) => args[0]);
  expect(watched).toEqual([true, false, true]);
});

test('an emergency call of somebody else leads back to the team from wherever one is', async ({ screens, page }) => {
  await screens.open('team');
  await page.getByTestId('open-settings').click();
  await expect(page.getByTestId('roster')).toBeHidden();
  await screens.play('team-alerted');
  await expect(page.getByTestId('emergencies')).toBeVisible();
  await page.getByTestId('section-you').click();
  await expect(page.getByTestId('standing-word'), 'once only').toBeVisible();
});

test('a roster that cannot be loaded can be asked for again', async ({ screens, page }) => {
  await screens.open('team-fails');
  await expect(page.getByTestId('roster-error')).toBeVisible();
  await screens.play('team');
  await page.getByTestId('retry').click();
  await expect(page.getByTestId('roster')).toBeVisible();
  await expect(page.getByTestId('roster-error')).toBeHidden();
});

/** Counts the rings: nobody hears them here. */
async function listening(page: import('@playwright/test').Page) {
  await page.addInitScript(() => {
    const rings = { count: 0 };
    Object.assign(globalThis, { rings });
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when?: number) {
      rings.count += 1;
      start.call(this, when);
    };
  });
  return () => page.evaluate(() => (globalThis as unknown as { rings: { count: number } }).rings.count);
}

test('it rings until somebody is on it, and says who', async ({ screens, page }) => {
  const rings = await listening(page);
  await screens.open('team-emergency');
  const maria = page.getByTestId('emergency-c-1');
  await expect(maria.getByTestId('unhandled')).toHaveText('Nobody has said that they are handling this');
  await expect.poll(rings).toBeGreaterThan(0);
  await page.getByTestId('handle-c-1').focus();
  await page.keyboard.press('Enter');
  await expect(maria.getByTestId('handled-by')).toContainText('Sam Ortiz (supervisor) is handling this, since');
  await expect(page.getByTestId('handle-c-1')).toHaveCount(0);
  const after = await rings();
  await page.waitForTimeout(3500);
  expect(await rings()).toBe(after);
});

test('a lock asks why, and the address goes when the dialog closes', async ({ screens, page }) => {
  await screens.open('team');
  const lock = page.getByTestId(/^open-address-/).first();
  await lock.click();
  const dialog = page.getByTestId('break-glass');
  await expect(dialog).toContainText('the agent sees them');
  await dialog.getByTestId('open-it').click();
  await expect(dialog).toContainText('Write at least 10 characters.');
  await expect(page.locator('body')).not.toContainText('60th');
  await dialog.getByTestId('reason').fill('Did not come to the meeting point');
  await page.keyboard.press('Enter');
  await expect(dialog.getByTestId('opened-address')).toContainText('60th');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.locator('body')).not.toContainText('60th');
});

test('while they are on a call no reason is needed', async ({ screens, page }) => {
  await screens.open('team-emergency');
  await page.getByTestId('emergency-c-2').getByTestId('open-address-devon.walsh').click();
  const dialog = page.getByTestId('break-glass');
  await expect(dialog).toContainText('no reason is needed');
  await dialog.getByTestId('open-it').click();
  await expect(dialog.getByTestId('opened-address')).toContainText('60th');
});

test('the agent reads who opened the address, until they have seen it', async ({ screens, page }) => {
  await screens.open('address-opened');
  const notice = page.getByTestId('notice-address_opened');
  await expect(notice).toContainText('Sam Ortiz opened your address at');
  await expect(notice).toContainText('Their reason: Did not come to the meeting point');
  await notice.getByTestId('seen-address_opened').click();
  await expect(notice).toHaveCount(0);
});
