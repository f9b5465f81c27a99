/** The window on top of everything, while somebody waits for help. */
import { expect, test } from './fixtures';

test.use({ viewport: { width: 720, height: 320 } });

test('a call, as a screen reader has it', async ({ screens, page }) => {
  await screens.open('emergency', 'emergency');
  await expect(page.locator('#app')).toMatchAriaSnapshot(`
    - alert: Emergency call in progress. You are at WS 181, floor 5, 2121 7th Ave, Seattle, WA 98121. They can call you back on 2 0 6, 5 5 5, 0 1 2 3. Stay on the line. Do not hang up until told.
    - main:
      - heading "Emergency call in progress" [level=1]
      - timer "Length of the call": 00:52
      - heading "You are at" [level=2]
      - paragraph: WS 181, floor 5
      - paragraph: 2121 7th Ave
      - paragraph: Seattle, WA 98121
      - paragraph: Confirmed 8:58 am
      - heading "They can call you back on" [level=2]
      - paragraph: 2 0 6, 5 5 5, 0 1 2 3
      - paragraph: Yours until at least 60 minutes after you hang up
      - button "Copy the callback number": Copy
      - paragraph:
        - strong: Stay on the line. Do not hang up until told.
      - button "Spell it out"
      - button "Audio devices"
      - button "I have moved"
      - paragraph: To end the call, hang up on your softphone.
      - paragraph: "Your status: Do Not Disturb"
  `);
});

test('the call is announced once, its changes politely', async ({ screens, page }) => {
  await screens.open('emergency', 'emergency');
  await expect(page.getByTestId('announcement')).toContainText('Emergency call in progress');
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    const alert = document.querySelector('[role=alert]');
    if (alert) new MutationObserver(() => said.push(alert.textContent ?? '')).observe(alert, { childList: true, characterData: true, subtree: true });
  });
  await screens.play('emergency-over');
  await expect(page.getByTestId('call-over')).toBeVisible();
  await screens.play('emergency-stale');
  await expect(page.getByTestId('announced-change')).toHaveText('');
  await screens.play('emergency-ended');
  await expect(page.getByTestId('announced-change')).toContainText('Emergency call ended. Callback number stays yours until');
  expect(await page.evaluate(() => (globalThis as unknown as { said: string[] }).said)).toEqual([]);
  await screens.play('emergency-ringing');
  await expect(page.getByTestId('announcement')).toHaveText('911 is calling back. Answer.');
});

test('the seconds run', async ({ screens, page }) => {
  await screens.openHeld('emergency', 'emergency');
  await expect(page.getByTestId('call-timer')).toHaveText('00:52');
  await page.clock.runFor(9_000);
  await expect(page.getByTestId('call-timer')).toHaveText('01:01');
});

test('what is read aloud is bold, at least 28 pixels, and all of it in view', async ({ screens, page }) => {
  await screens.open('emergency', 'emergency');
  for (const id of ['emergency-lines', 'callback-number']) {
    const text = page.getByTestId(id);
    const { size, weight } = await text.evaluate((element) => {
      const style = getComputedStyle(element);
      return { size: parseFloat(style.fontSize), weight: Number(style.fontWeight) };
    });
    expect(size, id).toBeGreaterThanOrEqual(28);
    expect(weight, id).toBeGreaterThanOrEqual(700);
    await expect(text).toBeInViewport({ ratio: 1 });
  }
  await expect(page.getByTestId('stay-on-line')).toBeInViewport({ ratio: 1 });
});

test('the window is told how high it has to be, also for a long address', async ({ screens, page }) => {
  await screens.open('emergency-long', 'emergency');
  const fitted = () =>
    page.evaluate(() => {
      const last = globalThis.fakeHost.called.filter(({ name }) => name === 'fitEmergency').at(-1);
      return { asked: last?.args[0], needed: Math.ceil(document.querySelector('main')?.getBoundingClientRect().height ?? 0) };
    });
  await expect.poll(async () => (await fitted()).asked).toBeGreaterThan(320);
  const { asked, needed } = await fitted();
  expect(asked).toBe(needed);
});

test('an uncertain place says so, and what the dispatcher has', async ({ screens, page }) => {
  await screens.open('emergency-stale', 'emergency');
  await expect(page.getByTestId('emergency-where')).toContainText('You were last at');
  await expect(page.getByTestId('emergency-age')).toContainText('Last known, confirmed yesterday');
  await expect(page.getByTestId('emergency-given')).toHaveText('911 has only: Seat not confirmed, 2121 7th Ave, Seattle, WA 98121');
  await screens.play('emergency-not-confirmed');
  await expect(page.getByTestId('emergency-lines')).toHaveText('Not confirmed: say where you are');
});

test('a test says so in words, and a real call never does', async ({ screens, page }) => {
  await screens.open('emergency-test', 'emergency');
  await expect(page.getByTestId('emergency-title')).toHaveText('TEST CALL (933)');
  await expect(page.getByTestId('test-why')).toContainText('Nobody is sent');
  await screens.play('emergency');
  await expect(page.getByTestId('emergency-title')).toHaveText('Emergency call in progress');
  await expect(page.getByText('TEST')).toHaveCount(0);
});

test('what was heard on a test is said, and can be said again', async ({ screens, page }) => {
  await screens.open('emergency-test', 'emergency');
  await page.getByTestId('test-different').click();
  await page.getByTestId('test-note').fill('the old office');
  await page.getByTestId('test-send').click();
  await expect(page.getByTestId('test-result-mismatch')).toContainText('You heard something else');
  await page.getByTestId('test-again').click();
  await page.getByTestId('test-same').click();
  await expect(page.getByTestId('test-result-match')).toContainText('You heard the right address');
  const reported = (await screens.called()).filter(({ name }) => name === 'reportTestCall');
  expect(reported.map(({ args }) => args)).toEqual([
    ['c-933', { heard: 'mismatch', note: 'the old office' }],
    ['c-933', { heard: 'match', note: null }],
  ]);
  await screens.play('emergency');
  await expect(page.getByTestId('test-ask')).toHaveCount(0);
});

test('“The call is over” is offered when the shell says so, and asks once more', async ({ screens, page }) => {
  await screens.open('emergency', 'emergency');
  await expect(page.getByTestId('moved')).toBeVisible();
  await expect(page.getByTestId('call-over')).toHaveCount(0);
  await screens.play('emergency-over');
  await page.getByTestId('call-over').click();
  await page.getByTestId('call-over-no').click();
  expect((await screens.called()).some(({ name }) => name === 'callOver')).toBe(false);
  await page.getByTestId('call-over').click();
  await page.getByTestId('call-over-yes').click();
  await expect(page.getByTestId('emergency-ended')).toBeVisible();
});

test('“End call” hangs up only when it is pressed twice', async ({ screens, page }) => {
  const ended = async () => (await screens.called()).filter(({ name }) => name === 'endCall').length;
  await screens.open('emergency-end', 'emergency');
  const end = page.getByTestId('end-call');
  await expect(page.getByTestId('hang-up')).toHaveCount(0);
  await end.click();
  await expect(end).toHaveText('Press again to hang up');
  await page.keyboard.press('Escape');
  await expect(end).toHaveText('End call');
  await end.click();
  await page.getByTestId('end-call-no').click();
  await expect(end).toHaveText('End call');
  expect(await ended()).toBe(0);
  await end.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('end-call-status')).toHaveText('Hanging up…');
  expect(await ended()).toBe(1);
  await expect(page.getByTestId('emergency-open'), 'only the platform ends a call').toBeVisible();
});

test('a platform that does not hang up is said, and what to do instead', async ({ screens, page }) => {
  await screens.open('emergency-end-fails', 'emergency');
  await page.getByTestId('end-call').click();
  await page.getByTestId('end-call').click();
  await expect(page.getByTestId('end-call-status')).toHaveText('The call did not end from here. Hang up on your softphone.');
  await screens.openHeld('emergency-end', 'emergency');
  await page.getByTestId('end-call').click();
  await page.getByTestId('end-call').click();
  await page.clock.runFor(9_000);
  await expect(page.getByTestId('end-call-status'), 'it took the wish and did nothing').toContainText('Hang up on your softphone');
});

test('a status that could not be set is said quietly', async ({ screens, page }) => {
  await screens.open('emergency-presence-fails', 'emergency');
  await expect(page.getByTestId('presence')).toContainText('could not be set to Do Not Disturb');
  await expect(page.getByTestId('announcement')).not.toContainText('Disturb');
});

test('nothing reloads, saves or prints the page', async ({ screens, page }) => {
  await screens.open('emergency', 'emergency');
  const prevented = await page.evaluate(() =>
    [
      new KeyboardEvent('keydown', { key: 'F5', cancelable: true, bubbles: true }),
      new KeyboardEvent('keydown', { key: 'R', ctrlKey: true, cancelable: true, bubbles: true }),
      new KeyboardEvent('keydown', { key: 's', metaKey: true, cancelable: true, bubbles: true }),
      new MouseEvent('contextmenu', { cancelable: true, bubbles: true }),
      new KeyboardEvent('keydown', { key: 'c', ctrlKey: true, cancelable: true, bubbles: true }),
    ].map((event) => {
      document.body.dispatchEvent(event);
      return event.defaultPrevented;
    }),
  );
  expect(prevented).toEqual([true, true, true, true, false]);
});

test('there is nothing to close, save or refresh while the call is open', async ({ screens, page }) => {
  await screens.open('emergency', 'emergency');
  await expect(page.getByRole('button')).toHaveText(['Copy', 'Spell it out', 'Audio devices', 'I have moved']);
});

test('the number is copied as it is dialled', async ({ screens, page }) => {
  await screens.open('emergency', 'emergency');
  await page.getByTestId('copy-number').click();
  await expect(page.getByTestId('copy-number')).toHaveText('Copied');
  expect((await screens.called()).at(-1)).toEqual({ name: 'copy', args: ['+12065550123'] });
});

test('the audio devices are named, and changed in the computer’s own settings', async ({ screens, page }) => {
  await screens.open('emergency', 'emergency');
  await expect(page.getByTestId('audio-devices')).toHaveAttribute('aria-expanded', 'false');
  await page.getByTestId('audio-devices').click();
  await expect(page.getByTestId('audio-inputs')).toMatchAriaSnapshot(`
    - list:
      - listitem: Jabra Evolve2 65 Mono default
      - listitem: Built-in Audio Analog Stereo
  `);
  await expect(page.getByTestId('audio-outputs').getByRole('listitem')).toHaveCount(3);
  await page.getByTestId('sound-settings').click();
  expect((await screens.called()).map(({ name }) => name)).toEqual(['audioDevices', 'openSoundSettings']);
  await page.getByTestId('audio-devices').click();
  await expect(page.getByTestId('audio-panel')).toHaveCount(0);
});

test('a computer that does not name its devices says so', async ({ screens, page }) => {
  await screens.open('emergency-silent', 'emergency');
  await page.getByTestId('audio-devices').click();
  await expect(page.getByTestId('audio-error')).toContainText('does not name its audio devices');
  await page.getByTestId('sound-settings').click();
  await expect(page.getByTestId('audio-error')).toContainText('cannot be opened from here');
});

test('when the server goes away the address stays', async ({ screens, page }) => {
  await screens.open('emergency', 'emergency');
  await screens.play('emergency-away');
  await expect(page.getByTestId('server-away')).toBeVisible();
  await expect(page.getByTestId('emergency-lines')).toContainText('WS 181, floor 5');
  await expect(page.getByTestId('callback-number')).toContainText('(206) 555-0123');
});

test('what is over can be small, and a callback brings it all back, ringing', async ({ screens, page }) => {
  await page.addInitScript(() => {
    const sounded: string[] = [];
    class Quiet extends AudioContext {
      constructor() {
        super();
        sounded.push('ring');
      }
    }
    Object.assign(globalThis, { AudioContext: Quiet, sounded });
  });
  await screens.open('emergency-ended', 'emergency');
  await expect(page.getByTestId('callback-until')).toHaveText('Callback number stays yours until 9:41 am');
  await page.getByTestId('shrink').click();
  await expect(page.getByTestId('emergency-pill')).toContainText('(206) 555-0123');
  await screens.play('emergency-ringing');
  await expect(page.getByTestId('emergency-title')).toHaveText('911 is calling back. Answer.');
  await expect(page.getByTestId('emergency-lines')).toContainText('WS 181, floor 5');
  expect(await page.evaluate(() => (globalThis as unknown as { sounded: string[] }).sounded)).toEqual(['ring']);
  expect((await screens.called()).filter(({ name }) => name === 'shrinkEmergency').map(({ args }) => args[0])).toEqual([true, false]);
  await screens.play('emergency-connected');
  await expect(page.getByTestId('emergency-title')).toHaveText('911 is on the line again');
  await screens.play('emergency-ended');
  await expect(page.getByTestId('emergency-ended')).toBeVisible();
});

test('nothing moves for those who asked for stillness', async ({ screens, page }) => {
  await screens.open('emergency-ringing', 'emergency');
  const moving = () =>
    page.getByTestId('emergency-ringing').evaluate((bar) => getComputedStyle(bar).animationName !== 'none');
  expect(await moving()).toBe(true);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await moving()).toBe(false);
});

test('what cannot be drawn does not take the address off the screen', async ({ screens, page }) => {
  await screens.open('emergency-broken', 'emergency');
  await expect(page.getByTestId('emergency-lines')).toContainText('WS 181, floor 5');
  await expect(page.getByTestId('callback-number')).toHaveText('+12065550123');
  await screens.play('emergency');
  await expect(page.getByTestId('emergency-open')).toContainText('(206) 555-0123');
  await expect(page.getByTestId('emergency-plain')).toHaveCount(0);
});

test('it does not take the keyboard from what the agent is doing', async ({ screens, page }) => {
  await screens.open('emergency', 'emergency');
  await expect(page.getByTestId('moved')).toBeVisible();
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
});

test('a drill has nothing to hang up, and says on every screen what it is', async ({ screens, page }) => {
  await screens.open('emergency-drill', 'emergency');
  await expect(page.getByTestId('announcement')).toHaveText(/^DRILL: nobody was called\. This is a drill\. Nobody is sent/);
  await expect(page.getByTestId('end-call')).toHaveCount(0);
  await expect(page.getByTestId('hang-up')).toHaveCount(0);
  await screens.open('emergency-drill');
  await expect(page.getByTestId('emergency-strip')).toHaveText('DRILL: nobody was called');
});
