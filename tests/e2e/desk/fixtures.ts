import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";

import { Backend } from "../backend/backend.ts";
import { Telephony } from "../backend/telephony.ts";
import { built, inRepository } from "../built.ts";

/** The security desk, in front of its page. */
export class Desk {
    readonly page: Page;
    readonly backend: Backend;

    constructor(page: Page, backend: Backend) {
        this.page = page;
        this.backend = backend;
    }

    get url(): string {
        return `${this.backend.url}/desk/`;
    }

    async open(): Promise<void> {
        await this.page.goto(this.url);
    }

    async signIn(username = "desk.one"): Promise<void> {
        await this.open();
        await this.page.getByTestId("enrolment-code").fill(await this.backend.enrol(username));
        await this.page.getByTestId("sign-in-submit").click();
        // A code is slow to check on purpose, and slower in a debug build on a busy machine.
        await expect(this.page.getByTestId("coverage")).toBeVisible({ timeout: 40_000 });
    }

    /** The same sign-in on a page that nobody has pressed anything on. */
    async untouched(): Promise<Desk> {
        const desk = new Desk(await this.page.context().newPage(), this.backend);
        // Whatever a test looks at counts as a press to Chromium: here only what a person does counts.
        await desk.page.addInitScript(() => {
            let hasBeenActive = false;
            for (const kind of ["pointerdown", "keydown"]) {
                addEventListener(kind, ({ isTrusted }) => (hasBeenActive ||= isTrusted), true);
            }
            const userActivation = { get hasBeenActive() { return hasBeenActive; } };
            Object.defineProperty(navigator, "userActivation", { value: userActivation });
        });
        await desk.open();
        return desk;
    }

    /** The card of a call. */
    call(callId: string) {
        return this.page.getByTestId(`emergency-${callId}`);
    }

    async textSize(percent: number): Promise<void> {
        await this.page.evaluate((size) => {
            document.documentElement.style.setProperty("font-size", `${size}%`);
        }, percent);
    }

    /** How far the page reaches beyond its window to the side. */
    overflow(): Promise<number> {
        return this.page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
    }

    /** What axe finds wrong, in few words. */
    async violations(): Promise<string[]> {
        const { violations } = await new AxeBuilder({ page: this.page })
            .options({ runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] } })
            .analyze();
        return violations.flatMap(({ id, nodes }) =>
            nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
        );
    }
}

interface Fixtures {
    backend: Backend;
    telephony: Telephony;
    desk: Desk;
    /** What the console may complain of in this test. */
    expected: RegExp[];
}

export const test = base.extend<Fixtures>({
    backend: async ({}, use) => {
        const settings = { WHEREABOUTS_SERVER_DESK_DIR: inRepository("ui", "dist-desk") };
        const backend = await Backend.start(built("whereabouts-test-server"), settings);
        await use(backend);
        await backend.stop();
    },
    telephony: async ({ backend }, use) => {
        await use(new Telephony(backend.url, await backend.key("telephony", "pbx")));
    },
    expected: async ({}, use) => {
        await use([]);
    },
    desk: async ({ page, backend, expected }, use) => {
        // A refusal by the content policy, a script error, a missing file: each fails its test.
        const complaints: string[] = [];
        page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
        page.on("pageerror", (error) => complaints.push(error.message));
        await use(new Desk(page, backend));
        // The page asks who is signed in before anybody is: the browser notes each refusal.
        const usual = [/status of 401/, ...expected];
        expect(complaints.filter((text) => !usual.some((one) => one.test(text)))).toEqual([]);
    },
});

export { expect };
