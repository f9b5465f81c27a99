// The page by day, by night, in the person's own colours, with large text, in a narrow window, in each language.
import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures.ts";

const looks = [
    { name: "light", colorScheme: "light", forcedColors: "none" },
    { name: "dark", colorScheme: "dark", forcedColors: "none" },
    { name: "contrast", colorScheme: "light", forcedColors: "active" },
] as const;

const scenes = {
    "sign-in": "desk-sign-in",
    quiet: "no-emergencies",
    emergency: "emergencies",
    silent: "silent",
} as const;

for (const scene of Object.keys(scenes) as (keyof typeof scenes)[]) {
    test(scene, async ({ desk: first, telephony }, info) => {
        if (scene === "sign-in") await first.open();
        else await first.signIn();
        const desk = scene === "silent" ? await first.untouched() : first;
        const { page } = desk;
        if (scene === "emergency" || scene === "silent") {
            await telephony.dial({ call_id: "one", agent: "maria.chen", dialled: "911" });
            await telephony.dial({ call_id: "two", agent: "devon.walsh", dialled: "911" });
            await telephony.dial({ call_id: "three", agent: "nobody@example.com", dialled: "911" });
            await telephony.dial({ call_id: "test", agent: "priya.raman", dialled: "933" });
            await telephony.hangUp("three");
            await expect(desk.call("three")).toContainText("has ended");
            await expect(desk.call("test")).toBeVisible();
        }
        await expect(page.getByTestId(scenes[scene])).toBeVisible();
        for (const look of looks) {
            await page.emulateMedia({ ...look, reducedMotion: "reduce" });
            if (look.name === "contrast" && scene === "emergency") {
                // Else the plate behind its words is of their colour, and axe does not see it.
                await expect.soft(page.getByTestId("handle-one")).toHaveCSS("forced-color-adjust", "none");
            }
            for (const size of [100, 200]) {
                await desk.textSize(size);
                if (size === 100 || look.name === "light") {
                    expect.soft(await desk.violations(), `${look.name}, ${size} %`).toEqual([]);
                }
                expect.soft(await desk.overflow(), `${look.name}, ${size} %: nothing to the side`).toBe(0);
                await page.screenshot({ path: info.outputPath(`${look.name}-${size}.png`) });
            }
        }
        await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
        await page.setViewportSize({ width: 320, height: 640 });
        for (const size of [100, 200]) {
            await desk.textSize(size);
            expect.soft(await desk.overflow(), `320 px wide, ${size} %`).toBe(0);
            expect.soft(await brokenNumbers(page), `320 px wide, ${size} %: a number is on one line`).toEqual([]);
            await page.screenshot({ path: info.outputPath(`narrow-${size}.png`), fullPage: true });
        }
        await desk.textSize(100);
        const small = await page.locator("button, select, input").evaluateAll((controls) =>
            controls
                .map((control) => ({ control, box: control.getBoundingClientRect() }))
                .filter(({ box }) => box.width > 0 && (box.width < 40 || box.height < 40))
                .map(({ control, box }) => `${control.outerHTML.slice(0, 80)} ${box.width}x${box.height}`),
        );
        expect.soft(small, "targets").toEqual([]);
    });
}

for (const [locale, word] of [["es-PR", "Llamadas"], ["fr-CA", "Appel"], ["da-DK", "Nødopkald"]] as const) {
    test.describe(locale, () => {
        test.use({ locale });
        test(`speaks the language of the browser: ${locale}`, async ({ desk: first, telephony }, info) => {
            await first.signIn();
            const desk = await first.untouched();
            const { page } = desk;
            await telephony.dial({ call_id: "one", agent: "maria.chen", dialled: "911" });
            await expect(desk.call("one")).toBeVisible();
            await expect(page.getByTestId("silent")).toBeVisible();
            expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale.slice(0, 2));
            expect((await page.locator("body").ariaSnapshot()).toLowerCase()).toContain(word.toLowerCase());
            for (const size of [100, 200]) {
                await desk.textSize(size);
                expect.soft(await desk.overflow()).toBe(0);
                await page.screenshot({ path: info.outputPath(`${size}.png`) });
            }
        });
    });
}

test("what a screen reader says", async ({ desk, page, telephony }) => {
    await desk.signIn();
    await telephony.dial({ call_id: "one", agent: "maria.chen", dialled: "911" });
    await expect(desk.call("one")).toBeVisible();
    await expect(page.getByRole("region", { name: "Emergency calls" })).toMatchAriaSnapshot(`
      - region "Emergency calls":
        - list:
          - listitem:
            - heading "Maria Chen is on an emergency call" [level=3]
    `);
    await expect(page.getByRole("table", { name: "Roster" })).toBeVisible();
});

/** The numbers to call back that do not stand on one line. */
function brokenNumbers(page: Page): Promise<string[]> {
    return page.getByTestId("callback-number").evaluateAll((numbers) =>
        numbers
            .map((number) => [...number.querySelectorAll<HTMLElement>('[aria-hidden="true"] > *')])
            .filter((groups) => new Set(groups.map((group) => group.getBoundingClientRect().bottom)).size > 1)
            .map((groups) => groups.map((group) => group.innerText).join(" ")),
    );
}
