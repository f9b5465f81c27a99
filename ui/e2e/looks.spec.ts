/** Every screen in every state: by day, by night, in the person's own colours, with large text, in a narrow window. */
import { expect, test } from './fixtures';
import { scenes } from './scenes';

const looks = [
  { name: 'light', colorScheme: 'light', forcedColors: 'none' },
  { name: 'dark', colorScheme: 'dark', forcedColors: 'none' },
  { name: 'contrast', colorScheme: 'light', forcedColors: 'active' },
] as const;

for (const scene of scenes) {
  test(`${scene.name} (${scene.window})`, async ({ screens, page }, info) => {
    const emergency = scene.window === 'emergency';
    await page.setViewportSize(emergency ? { width: 720, height: 320 } : { width: 420, height: 640 });
    await screens.open(scene.scenario, scene.window);
    await scene.steps?.(page);
    // `first`: several problems may stand below each other.
    await expect(page.getByTestId(scene.shows).first()).toBeAttached();

    for (const look of looks) {
      await page.emulateMedia({ colorScheme: look.colorScheme, forcedColors: look.forcedColors, reducedMotion: 'reduce' });
      for (const size of [100, 200]) {
        await screens.textSize(size);
        // Larger text changes nothing about colours: one look at that size is enough.
        if (size === 100 || look.name === 'light') {
          expect.soft(await screens.violations(emergency), `${look.name}, ${size} %`).toEqual([]);
        }
        expect.soft(await screens.overflow(), `${look.name}, ${size} %: nothing to the side`).toBe(0);
        await page.screenshot({
          path: info.outputPath(`${look.name}-${size}.png`),
          fullPage: true,
        });
      }
    }

    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
    await page.setViewportSize({ width: 320, height: 640 });
    for (const size of [100, 200]) {
      await screens.textSize(size);
      expect.soft(await screens.overflow(), `320 px wide, ${size} %`).toBe(0);
    }

    // Everything that is pressed is at least 40 px either way.
    await screens.textSize(100);
    const small = await page.locator('button, select, textarea, input:not([type=checkbox])').evaluateAll((controls) =>
      controls
        .map((control) => ({ control, box: control.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < 40 || box.height < 40))
        .map(({ control, box }) => `${control.outerHTML.slice(0, 80)} ${box.width}x${box.height}`),
    );
    expect.soft(small, 'targets').toEqual([]);
  });
}
