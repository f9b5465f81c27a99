import type { Browser } from "../session/app.ts";
import { until } from "../session/process.ts";

/** The windows of the app, by the page they show. */
export type PageName = "emergency" | "index";

/** How long something on a screen may take on a busy machine. What takes that long fails the test. */
export const PATIENCE_MS = 20_000;

/** One window of the app: finds what people see by the `data-testid` of it. */
export class Window {
    readonly #browser: () => Browser;
    readonly #page: PageName;

    constructor(browser: () => Browser, page: PageName) {
        this.#browser = browser;
        this.#page = page;
    }

    /** Whether there is such a window now. */
    async isOpen(): Promise<boolean> {
        return this.#enter();
    }

    async opens(patience = PATIENCE_MS): Promise<void> {
        await until(`the window ${this.#page} opens`, patience, () => this.isOpen());
    }

    async goes(): Promise<void> {
        await until(`the window ${this.#page} goes away`, PATIENCE_MS, async () => !(await this.isOpen()));
    }

    /** Waits until this is shown, with this text in it, and returns all of its text. */
    async shows(testid: string, text: RegExp | string = ""): Promise<string> {
        let last: string | undefined;
        const holds = async () => {
            last = await this.read(testid);
            return last !== undefined && (typeof text === "string" ? last.includes(text) : text.test(last));
        };
        await until(`${testid} shows ${text}`, PATIENCE_MS, holds).catch(async (cause: unknown) => {
            throw new Error(`${testid} does not show ${text}; ${await this.#everything(last)}`, { cause });
        });
        return last ?? "";
    }

    /** Waits until this is not shown. */
    async hides(testid: string): Promise<void> {
        const holds = async () => (await this.read(testid)) === undefined;
        await until(`${testid} is gone`, PATIENCE_MS, holds).catch(async (cause: unknown) => {
            throw new Error(`${testid} is still there; ${await this.#everything()}`, { cause });
        });
    }

    /** The text of this as people see it now; undefined when it is not shown. */
    async read(testid: string): Promise<string | undefined> {
        const text = await this.run((selector) => {
            const found = document.querySelector<HTMLElement>(selector);
            if (!found?.checkVisibility({ visibilityProperty: true })) return null;
            // A seat on the plan is a drawing: it has text, and no inner text.
            return found.innerText ?? found.textContent;
        }, selector(testid));
        return text ?? undefined;
    }

    async click(testid: string): Promise<void> {
        await (await this.#find(testid)).click();
    }

    /** Clicks in the middle of this with the mouse: the driver cannot click a part of a drawing by itself. */
    async point(testid: string): Promise<void> {
        await this.shows(testid);
        await this.#bringUp(testid);
        const middle = await this.run((selector) => {
            const box = document.querySelector(selector)?.getBoundingClientRect();
            return box && { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
        }, selector(testid));
        if (middle === undefined) throw new Error(`${testid} went away`);
        await this.#browser().action("pointer").move(middle).down().up().perform();
    }

    /** Writes into a field, in place of what is there. */
    async write(testid: string, text: string): Promise<void> {
        await (await this.#find(testid)).setValue(text);
    }

    /** Chooses in a list that drops down, by the value behind the words. */
    async select(testid: string, value: string): Promise<void> {
        await (await this.#find(testid)).selectByAttribute("value", value);
    }

    /** What a field holds. */
    async valueOf(testid: string): Promise<string> {
        return (await this.#find(testid)).getValue();
    }

    /** Presses a key, such as `Enter`, for whatever has the focus. */
    async press(key: string): Promise<void> {
        await this.#enter();
        await this.#browser().keys(key);
    }

    /** Waits until this has the keyboard. */
    async focuses(testid: string): Promise<void> {
        await until(`${testid} has the focus`, PATIENCE_MS, async () => {
            const focused = await this.run(() => document.activeElement?.getAttribute("data-testid"));
            return focused === testid;
        });
    }

    /** Makes it as large as the screen; returns what makes it as it was. */
    async maximise(): Promise<() => Promise<void>> {
        const before = await this.#look((browser) => browser.getWindowRect());
        await this.#look((browser) => browser.maximizeWindow());
        return async () => {
            if (before === undefined) return;
            const { x, y, width, height } = before;
            await this.#look((browser) => browser.setWindowRect(x, y, width, height));
        };
    }

    /** Runs a function in the page. */
    async run<T, A extends unknown[]>(script: (...args: A) => T, ...args: A): Promise<T | undefined> {
        return this.#look((browser) => browser.execute(script as (...args: unknown[]) => T, ...args)) as Promise<T | undefined>;
    }

    /** Runs a function in the page that gives its result to `done`. */
    async runUntilDone<T>(script: (done: (result: T) => void) => void): Promise<T | undefined> {
        return this.#look((browser) => browser.executeAsync(script as (done: (result: unknown) => void) => void)) as Promise<T | undefined>;
    }

    /** Everything in the page as it is written, seen or not. */
    async source(): Promise<string> {
        return (await this.run(() => document.documentElement.outerHTML)) ?? "";
    }

    /** Waits until what is in the page now is on the screen. */
    async settles(): Promise<void> {
        await this.runUntilDone<number>((done) => {
            const twice = () => requestAnimationFrame(() => requestAnimationFrame(done));
            document.fonts.ready.then(twice, twice);
        });
    }

    /** Something that is shown, or will soon be. */
    async #find(testid: string) {
        await this.shows(testid);
        await this.#bringUp(testid);
        return this.#browser().$(selector(testid));
    }

    /** Scrolls to it as a person would: the driver is content when it lies under the decision at the bottom. */
    async #bringUp(testid: string): Promise<void> {
        await this.run((selector) => {
            document.querySelector(selector)?.scrollIntoView({ block: "center", behavior: "instant" });
        }, selector(testid));
    }

    /** Does this in the window; undefined when it is not there, or goes away meanwhile. */
    async #look<T>(look: (browser: Browser) => Promise<T>): Promise<T | undefined> {
        try {
            return (await this.#enter()) ? await look(this.#browser()) : undefined;
        } catch (error) {
            if (isGone(error)) return undefined;
            throw error;
        }
    }

    async #enter(): Promise<boolean> {
        const browser = this.#browser();
        if (await this.#isHere(browser)) return true;
        for (const handle of await browser.getWindowHandles()) {
            const switched = await browser.switchToWindow(handle).then(
                () => true,
                () => false,
            );
            if (switched && (await this.#isHere(browser))) return true;
        }
        return false;
    }

    /** The window that was entered last may be gone. */
    async #isHere(browser: Browser): Promise<boolean> {
        return browser.getUrl().then(
            (url) => new URL(url).pathname.replace(/^\/?$/, "/index.html") === `/${this.#page}.html`,
            () => false,
        );
    }

    async #everything(last?: string): Promise<string> {
        const text = await this.run(() => document.body.innerText);
        const before = last === undefined ? "" : `it showed:\n${last}\n\n`;
        return `${before}the window ${this.#page} shows:\n${text ?? "(there is no such window)"}`;
    }
}

function selector(testid: string): string {
    return `[data-testid="${testid}"]`;
}

/** The element or its window went away while it was looked at. */
function isGone(error: unknown): boolean {
    return error instanceof Error && /stale element|no such (element|window)|frame.*(detached|not found)/i.test(error.message);
}
