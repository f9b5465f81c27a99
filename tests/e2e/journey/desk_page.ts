import { type Browser, chromium, type Page } from "@playwright/test";

/** The security desk, at its page in a browser of its own. */
export class DeskPage {
    readonly #url: string;
    readonly #browser: Browser;
    readonly page: Page;

    private constructor(url: string, browser: Browser, page: Page) {
        this.#url = url;
        this.#browser = browser;
        this.page = page;
    }

    static async at(url: string, program: string): Promise<DeskPage> {
        // Chromium has no sandbox for root.
        const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
        const browser = await chromium.launch({ executablePath: program, args });
        const page = await browser.newPage({ locale: "en-US", viewport: { width: 1100, height: 760 } });
        return new DeskPage(`${url}/desk/`, browser, page);
    }

    async signIn(code: string): Promise<void> {
        await this.page.goto(this.#url);
        await this.page.getByTestId("enrolment-code").fill(code);
        await this.page.getByTestId("sign-in-submit").click();
        await this.page.getByTestId("coverage").waitFor();
    }

    /** What stands on the card of a call. */
    async call(callId: string): Promise<string> {
        const card = this.page.getByTestId(`emergency-${callId}`);
        await card.waitFor();
        return card.innerText();
    }

    async picture(file: string): Promise<void> {
        await this.page.screenshot({ path: file });
    }

    async stop(): Promise<void> {
        await this.#browser.close();
    }
}
