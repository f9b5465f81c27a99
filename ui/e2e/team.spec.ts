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

test('a roster that cannot be loaded can be asked for again', async ({ screens, page }) => {
  await screens.open('team-fails');
  await expect(page.getByTestId('roster-error')).toBeVisible();
  await screens.play('team');
  await page.getByTestId('retry').click();
  await expect(page.getByTestId('roster')).toBeVisible();
  await expect(page.getByTestId('roster-error')).toBeHidden();
});
