/** The screens with the most words, in every language: they are longer than English ones and have to fit. */
import { expect, test } from './fixtures';
import { scenes } from './scenes';

/** The window of an emergency in every state, and of the others those that say most. */
const wordy =
  /^(ask-again|ask-offline|sign-in-error|confirmed-checked|unsent-memory|refused|conflict|offline|overridden|quit-warning|team(-emergency)?|abroad|settings|declining|a shift ended|seats on a plan|an address (without its unit|the list does not know|with cuts)|emergency-(long|stale|not-confirmed|test|abroad|acknowledged|away|ringing|ended|over)|a call |the audio)/;

for (const locale of ['es-US', 'fr-CA', 'da-DK']) {
  test.describe(locale, () => {
    test.use({ locale });

    for (const scene of scenes.filter(({ name }) => wordy.test(name))) {
      test(`${scene.name} (${scene.window})`, async ({ screens, page }, info) => {
        const emergency = scene.window === 'emergency';
        await page.emulateMedia({ reducedMotion: 'reduce' });
        await page.setViewportSize(emergency ? { width: 720, height: 320 } : { width: 420, height: 640 });
        await screens.open(scene.scenario, scene.window);
        await scene.steps?.(page);
        await expect(page.getByTestId(scene.shows).first()).toBeAttached();
        await expect(page.locator('html')).toHaveAttribute('lang', locale.slice(0, 2));
        const widths = [emergency ? 720 : 420, 320];
        for (const size of [100, 200]) {
          await screens.textSize(size);
          for (const width of widths) {
            await page.setViewportSize({ width, height: emergency ? 320 : 640 });
            expect.soft(await screens.overflow(), `${width} px, ${size} %`).toBe(0);
            expect.soft(await screens.cut(), `${width} px, ${size} %: no word is cut`).toEqual([]);
            await page.screenshot({ path: info.outputPath(`light-${width}-${size}.png`), fullPage: true });
          }
        }
        // Colours do not depend on the language: the window that matters most is enough.
        if (!emergency) return;
        await screens.textSize(100);
        await page.setViewportSize({ width: widths[0]!, height: 640 });
        for (const look of [{ colorScheme: 'dark', forcedColors: 'none' }, { colorScheme: 'light', forcedColors: 'active' }] as const) {
          await page.emulateMedia({ ...look, reducedMotion: 'reduce' });
          await page.screenshot({ path: info.outputPath(`${look.forcedColors === 'active' ? 'contrast' : 'dark'}.png`), fullPage: true });
        }
      });
    }
  });
}
