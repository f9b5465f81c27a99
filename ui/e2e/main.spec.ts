/** What people do in the main window, by keyboard alone wherever a keyboard will do. */
import { expect, test } from './fixtures';

test.use({ viewport: { width: 420, height: 640 } });

test('the question in the morning, as a screen reader has it', async ({ screens, page }) => {
  await screens.open('ask');
  await expect(page.getByTestId('plan-glimpse')).toBeVisible();
  await expect(page.getByTestId('ask-card')).toMatchAriaSnapshot(`
    - region "Are you at seat WS 181 today?":
      - heading "Are you at seat WS 181 today?" [level=2]
      - paragraph: WS 181
      - paragraph: Floor 5, Seattle 7th Ave
      - paragraph: You were here yesterday
      - img "WS 181 on the floor plan"
      - button "Yes, I’m here"
  `);
});

test('one key confirms when nothing changed', async ({ screens, page }) => {
  await screens.open('ask');
  await expect(page.getByTestId('confirm')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('standing-word')).toHaveText('Confirmed');
  await expect(page.getByTestId('standing-lines')).toContainText('WS 181, floor 5');
  expect((await screens.called()).filter(({ name }) => name === 'confirm')).toHaveLength(1);
});

test('holding Enter down confirms once', async ({ screens, page }) => {
  await screens.open('ask');
  await expect(page.getByTestId('confirm')).toBeFocused();
  for (let press = 0; press < 5; press += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await expect(page.getByTestId('standing-word')).toHaveText('Confirmed');
  expect((await screens.called()).filter(({ name }) => name === 'confirm')).toHaveLength(1);
});

test('another seat by its label, without the mouse', async ({ screens, page }) => {
  await screens.open('ask');
  await page.keyboard.press('s');
  await expect(page.getByTestId('seat-search')).toBeFocused();
  await page.keyboard.type('s 17');
  // The list that answers the last key, not one before it.
  await expect(page.locator('[data-testid^="seat-SEA"]').first()).toHaveAttribute('data-testid', 'seat-SEA-5-170');
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('seat-SEA-5-170')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('seat-taken')).toContainText('Tom Baker also says to sit here');
  await expect(page.getByTestId('confirm')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('standing-lines')).toContainText('WS 170, floor 5');
  const [said] = (await screens.called()).filter(({ name }) => name === 'confirm');
  expect(said?.args[0]).toMatchObject({ place: { seat: 'SEA-5-170' }, class: 'seat', label: 'WS 170' });
});

test('other seats are looked for where one was last', async ({ screens, page }) => {
  await screens.open('ask');
  await expect(page.getByTestId('plan-glimpse')).toBeVisible();
  await expect(page.getByTestId('until-then')).toHaveText('Until you answer, 911 would be sent to 2121 7th Ave, Seattle, WA 98121.');
  await page.keyboard.press('s');
  await expect(page.getByTestId('floor')).toHaveValue('5');
});

test('a known label is two presses of Enter', async ({ screens, page }) => {
  await screens.open('ask');
  await page.keyboard.press('s');
  await page.keyboard.type('181');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('confirm')).toHaveText(/I’m at WS 181/);
  await expect(page.getByTestId('confirm')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('standing-lines')).toContainText('WS 181');
});

test('another seat on the floor plan, by arrow keys', async ({ screens, page }) => {
  await screens.open('ask');
  await page.keyboard.press('s');
  await page.getByTestId('site').selectOption('SEA');
  await page.getByTestId('floor').selectOption('5');
  const plan = page.getByRole('listbox');
  await plan.focus();
  await expect(plan).toHaveAccessibleName(/Floor plan, floor 5, Seattle 7th Ave/);
  const active = () =>
    plan.evaluate((list) => document.getElementById(list.getAttribute('aria-activedescendant') ?? '')?.ariaLabel);
  expect(await active()).toBe('WS 161');
  await page.keyboard.press('ArrowRight');
  expect(await active()).toBe('WS 162');
  await page.keyboard.press('ArrowDown');
  expect(await active()).toBe('WS 164, Taken by Ana Ruiz');
  await page.keyboard.press('End');
  expect(await active()).toBe('WS 188');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { name: 'WS 161' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('standing-lines')).toContainText('WS 161, floor 5');
});

test('another seat by a click on the plan; building and floor are remembered', async ({ screens, page }) => {
  await screens.open('ask');
  await page.getByTestId('choose-seat').click();
  await page.getByTestId('site').selectOption('SEA');
  await page.getByTestId('floor').selectOption('5');
  await page.getByTestId('plan-seat-SEA-5-175').click();
  await expect(page.getByTestId('confirm')).toHaveText(/I’m at WS 175/);
  await page.reload();
  await page.getByTestId('choose-seat').click();
  await expect(page.getByTestId('floor')).toHaveValue('5');
});

test('offline, a change is kept and what 911 still has stands beside it', async ({ screens, page }) => {
  await screens.open('ask-offline');
  await expect(page.getByTestId('offline')).toBeVisible();
  await page.getByTestId('confirm').click();
  await expect(page.getByTestId('standing-word')).toHaveText('Saved here, not yet with 911');
  await expect(page.getByTestId('standing-card')).not.toContainText('911 will be sent to');
  await expect(page.getByTestId('what-they-have')).toContainText('2121 7th Ave');
  await expect(page.getByTestId('retry-countdown')).toContainText('Trying again in');
  await screens.play('confirmed');
  await expect(page.getByTestId('standing-word')).toHaveText('Confirmed');
});

test('a shift ends at once and can be taken back', async ({ screens, page }) => {
  await screens.open('confirmed');
  await page.getByTestId('end-shift').click();
  await expect(page.getByTestId('shift-ended')).toContainText('Your shift has ended');
  await page.getByTestId('undo-end-shift').click();
  await expect(page.getByTestId('standing-lines')).toContainText('WS 181');
});

test('declining says what that means, and can be changed', async ({ screens, page }) => {
  await screens.open('ask');
  await page.getByTestId('decline').click();
  await expect(page.getByTestId('decline-screen')).toContainText('the dispatcher will not see where you are');
  await page.getByTestId('decline-reason').fill('I move around');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('standing-word')).toHaveText('You chose not to say where you are');
  await page.getByTestId('change').click();
  await expect(page.getByTestId('ask-card')).toBeVisible();
});

test('a deleted address can be brought back before anything happens', async ({ screens, page }) => {
  await screens.open('ask');
  await page.keyboard.press('h');
  await page.getByTestId('remove-home-1').click();
  await expect(page.getByTestId('place-home-1')).toBeHidden();
  await page.getByTestId('undo-remove').click();
  await expect(page.getByTestId('place-home-1')).toBeVisible();
  await page.getByTestId('remove-home-1').click();
  await page.getByTestId('back').click();
  await expect(page.getByTestId('ask')).toBeVisible();
  expect((await screens.called()).filter(({ name }) => name === 'deletePlace')).toEqual([{ name: 'deletePlace', args: ['home-1'] }]);
});

test('the letters are shortcuts until somebody turns them off', async ({ screens, page }) => {
  await screens.open('ask');
  await page.getByTestId('open-settings').click();
  await page.getByTestId('letter-keys').uncheck();
  await page.getByTestId('back').click();
  await expect(page.getByTestId('confirm')).toBeFocused();
  await page.keyboard.press('s');
  await expect(page.getByTestId('ask-card')).toBeVisible();
  await expect(page.getByTestId('choose-seat')).not.toHaveAttribute('aria-keyshortcuts', /.*/);
});

test('a code that is wrong keeps what was typed', async ({ screens, page }) => {
  await screens.open('sign-in-error');
  await expect(page.getByTestId('sign-in-error')).toContainText('run out');
  await page.getByTestId('enrolment-code').fill('AAAA-BBBB-CCCC');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('sign-in-error')).toContainText('not known');
  await expect(page.getByTestId('enrolment-code')).toHaveValue('AAAA-BBBB-CCCC');
});

test('signing in and out', async ({ screens, page }) => {
  await screens.open('sign-in');
  await page.getByTestId('enrolment-code').fill('K7QM-2RXD-9HTP');
  await page.getByTestId('sign-in-submit').click();
  await expect(page.getByTestId('ask-card')).toBeVisible();
  await page.getByTestId('open-settings').click();
  await page.getByTestId('sign-out').click();
  await page.getByTestId('sign-out-yes').click();
  await expect(page.getByTestId('sign-in')).toBeVisible();
});

test('“I have moved” elsewhere opens the choice here, and Back leaves all as it was', async ({ screens, page }) => {
  await screens.open('confirmed');
  await screens.play('changing');
  await expect(page.getByTestId('ask-card')).toBeVisible();
  await page.getByTestId('back').click();
  await expect(page.getByTestId('standing-word')).toHaveText('Confirmed');
  expect((await screens.called()).at(-1)).toEqual({ name: 'stay', args: [] });
});

test('quitting with something unsent asks once, and Escape stays', async ({ screens, page }) => {
  await screens.open('quit-warning');
  await expect(page.getByTestId('stay-running')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('quit-warning')).toBeHidden();
  expect((await screens.called()).at(-1)?.name).toBe('stayRunning');
});

test('a notice of this computer’s own can be closed', async ({ screens, page }) => {
  await screens.open('superseded');
  await expect(page.getByTestId('notice-superseded')).toContainText('on another computer');
  await page.getByTestId('dismiss-superseded').click();
  await expect(page.getByTestId('notice-superseded')).toBeHidden();
});

test('the plan is asked for once, however long the question stands', async ({ screens, page }) => {
  await screens.openHeld('ask');
  await expect(page.getByTestId('plan-glimpse')).toBeVisible();
  await page.clock.runFor(10_000);
  expect((await screens.called()).map(({ name }) => name)).toEqual(['searchSeats', 'site']);
});

test('what went wrong on one screen is not said on the next', async ({ screens, page }) => {
  await screens.open('ask-fails');
  await page.getByTestId('confirm').click();
  await expect(page.getByTestId('confirm-error')).toBeVisible();
  await page.getByTestId('choose-home').click();
  await expect(page.getByTestId('places')).toBeVisible();
  await expect(page.getByTestId('confirm-error')).toHaveCount(0);
});

test('nothing flickers: a placeholder comes after 300 ms and not before', async ({ screens, page }) => {
  await screens.openHeld('seats-loading');
  await page.getByTestId('choose-seat').click();
  await page.clock.runFor(280);
  await expect(page.getByTestId('another-seat')).toBeVisible();
  await expect(page.getByTestId('skeleton')).toHaveCount(0);
  await page.clock.runFor(40);
  await expect(page.getByTestId('skeleton')).toBeVisible();
});

test('the page comes with the policy that forbids inline code and styles', async ({ page }) => {
  const answer = await page.goto('/index.html?scenario=ask');
  expect(answer?.headers()['content-security-policy']).toContain("script-src 'self'");
  expect(await answer?.text()).not.toMatch(/<style|style=|<script(?![^>]*src)/);
});
