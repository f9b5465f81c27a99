/** What people do in the main window, screen by screen. */
import type { View } from "../../../ui/src/host/bindings/View.ts";

import type { Window } from "./window.ts";

export class SignIn {
    readonly #window: Window;

    constructor(window: Window) {
        this.#window = window;
    }

    /** What is filled in already. */
    async offers(): Promise<{ server: string; code: string }> {
        const server = await this.#window.valueOf("server-address");
        return { server, code: await this.#window.valueOf("enrolment-code") };
    }

    async type(server: string, code: string): Promise<void> {
        await this.#window.write("server-address", server);
        await this.#window.write("enrolment-code", code);
    }

    submit(): Promise<void> {
        return this.#window.click("sign-in-submit");
    }

    refuses(why: RegExp): Promise<string> {
        return this.#window.shows("sign-in-error", why);
    }
}

/** "Where are you working today?" */
export class Ask {
    readonly #window: Window;

    constructor(window: Window) {
        this.#window = window;
    }

    /** Nothing is known of the agent yet. */
    knowsNothing(): Promise<string> {
        return this.#window.shows("ask-no-history");
    }

    /** The place that one key confirms. */
    async guesses(label: string): Promise<void> {
        await this.#window.shows("ask-label", label);
        await this.#window.focuses("confirm");
    }

    async anotherSeat(): Promise<void> {
        await this.#window.shows("ask");
        await this.#window.press("s");
    }

    async atHome(): Promise<void> {
        await this.#window.shows("ask");
        await this.#window.press("h");
    }

    async somewhereElse(): Promise<void> {
        await this.#window.shows("ask");
        await this.#window.press("e");
    }

    async decline(reason: string): Promise<void> {
        await this.#window.click("decline");
        await this.#window.write("decline-reason", reason);
        await this.#window.click("decline-submit");
    }
}

/** "Which seat are you at?" */
export class Seats {
    readonly #window: Window;

    constructor(window: Window) {
        this.#window = window;
    }

    /** Types what is written on the desk and picks the seat, which leaves one key to press. */
    async choose(query: string, seatId: string): Promise<void> {
        await this.#window.write("seat-search", query);
        await this.#window.click(`seat-${seatId}`);
        await this.#window.focuses("confirm");
    }

    /** Opens the plan of a floor and picks the seat there. */
    async chooseOnPlan(site: string, floor: string, seatId: string): Promise<void> {
        await this.#window.select("site", site);
        await this.#window.select("floor", floor);
        await this.#window.point(`plan-seat-${seatId}`);
        await this.#window.focuses("confirm");
    }
}

/** "What is your home address?" */
export class Address {
    readonly #window: Window;

    constructor(window: Window) {
        this.#window = window;
    }

    /** Types it, and waits until it is complete; returns what was understood and what 911 will see. */
    async type(text: string): Promise<{ understood: string; responders: string }> {
        await this.#window.write("address-text", text);
        await this.#window.shows("use-address");
        const responders = await this.#window.shows("responder-text");
        return { understood: await this.#window.shows("understood"), responders };
    }

    /** The parts that lit up, as they are named: `number`, `street`. */
    async parts(text: string): Promise<string[]> {
        await this.#window.write("address-text", text);
        // Only a whole address is shown as the dispatcher will see it.
        await this.#window.shows("responder-text");
        const named = await this.#window.run(() =>
            [...document.querySelectorAll<HTMLElement>('[data-testid="part"]')].map(
                (part) => `${part.children[1]?.textContent}: ${part.children[0]?.textContent}`,
            ),
        );
        return named ?? [];
    }

    async correct(part: string, text: string): Promise<void> {
        if (!(await this.#window.read(`parts-${part}`))) await this.#window.click("parts-summary");
        await this.#window.write(`parts-${part}`, text);
    }

    async use(label: string): Promise<void> {
        await this.#window.write("place-label", label);
        await this.#window.click("use-address");
    }
}

/** Where the agent is, as far as everybody knows. */
export class Standing {
    readonly #window: Window;

    constructor(window: Window) {
        this.#window = window;
    }

    /** The server has acknowledged this place. */
    async isConfirmed(...lines: readonly string[]): Promise<void> {
        await this.#window.shows("standing-word", "Confirmed");
        await this.#window.shows("standing-card", "911 will be sent to");
        for (const line of lines) await this.#window.shows("standing-lines", line);
    }

    async isUnsent(): Promise<void> {
        await this.#window.shows("standing-word", "Saved here, not yet with 911");
    }

    change(): Promise<void> {
        return this.#window.click("change");
    }

    endShift(): Promise<void> {
        return this.#window.click("end-shift");
    }
}

/** What the supervisor sees. */
export class Team {
    readonly #window: Window;

    constructor(window: Window) {
        this.#window = window;
    }

    row(username: string, text: RegExp | string): Promise<string> {
        return this.#window.shows(`row-${username}`, text);
    }

    coverage(text: RegExp | string): Promise<string> {
        return this.#window.shows("coverage", text);
    }

    /** An emergency call, above everybody else. */
    async emergency(callId: string, text: RegExp | string): Promise<string> {
        const shown = await this.#window.shows(`emergency-${callId}`, text);
        const isFirst = await this.#window.run(
            (id) => {
                const top = (testid: string) =>
                    document.querySelector(`[data-testid="${testid}"]`)?.getBoundingClientRect().top;
                const [call, roster] = [top(id), top("roster")];
                return call !== undefined && roster !== undefined && call < roster;
            },
            `emergency-${callId}`,
        );
        if (!isFirst) throw new Error("the emergency does not stand above the roster");
        return shown;
    }
}

/** The whole of what the app shows, as it is told to its windows. */
export async function viewOf(window: Window): Promise<View> {
    const view = await window.runUntilDone<View>((done) => {
        const { __TAURI_INTERNALS__: tauri } = globalThis as unknown as Internals;
        tauri.invoke("snapshot").then(done);
    });
    if (view === undefined) throw new Error("there is no window to ask");
    return view;
}

interface Internals {
    __TAURI_INTERNALS__: { invoke(command: "snapshot"): Promise<View> };
}
