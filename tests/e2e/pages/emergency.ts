import type { Window } from "./window.ts";

/** How the emergency window looks: a call, a callback, or what is left of them. */
export type Look = "connected" | "ended" | "open" | "ringing";

/** The window on top of everything. */
export class Emergency {
    readonly window: Window;

    constructor(window: Window) {
        this.window = window;
    }

    async isShown(look: Look, title: RegExp | string): Promise<void> {
        await this.window.shows(`emergency-${look}`);
        await this.window.shows("emergency-title", title);
    }

    /** The address to read aloud. */
    address(text: RegExp | string): Promise<string> {
        return this.window.shows("emergency-lines", text);
    }

    /** The number responders can call. */
    callbackNumber(grouped: string): Promise<string> {
        return this.window.shows("callback-number", grouped);
    }

    /** The words a screen reader was given at once, when the call came. */
    async announcement(): Promise<string> {
        return (await this.window.run(
            () => document.querySelector('[role="alert"]')?.textContent ?? "",
        )) ?? "";
    }
}

/** `+12065550123` as people in its country read it. */
export function grouped(number: string): string {
    const parts = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
    if (parts === null) throw new Error("the sample organisation has American numbers");
    return `(${parts[1]}) ${parts[2]}-${parts[3]}`;
}
