import { type Environment, Process, ask } from "./process.ts";

/** A virtual screen with a window manager on it, so that stacking and focus are as on a desktop. */
export class Display {
    readonly name: string;
    readonly #server: Process;
    readonly #environment: Environment;
    #windowManager: Process | undefined;

    private constructor(server: Process, name: string, environment: Environment) {
        this.#server = server;
        this.name = name;
        this.#environment = { ...environment, DISPLAY: name };
    }

    static async start(environment: Environment, logs: string): Promise<Display> {
        const server = await Process.start({
            command: "Xvfb",
            // The server finds a free display itself, and says which once it takes connections.
            arguments: ["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"],
            environment,
            logs,
        });
        const display = new Display(server, `:${await server.line()}`, environment);
        await display.#manageWindows(logs);
        return display;
    }

    async #manageWindows(logs: string): Promise<void> {
        this.#windowManager = await Process.start({
            command: "openbox",
            arguments: ["--sm-disable", "--startup", "echo ready"],
            environment: this.#environment,
            logs,
        });
        await this.#windowManager.line();
        // Only for the eye: black is no desk.
        await ask("display", ["-window", "root", "-size", "1280x800", "xc:#52646b"], this.#environment);
    }

    /** Saves what a person in front of the screen would see, as PNG. */
    async screenshot(file: string): Promise<void> {
        const saved = await ask("import", ["-window", "root", file], this.#environment);
        if (saved === undefined) throw new Error(`cannot take a picture of display ${this.name}`);
    }

    /** The colour at a point of the screen, each part of it 0..255. */
    async colourAt(x: number, y: number): Promise<{ red: number; green: number; blue: number }> {
        const pixel = ["-window", "root", "-depth", "8", "-crop", `1x1+${x}+${y}`, "txt:-"];
        const said = await ask("import", pixel, this.#environment);
        const hex = /#([0-9A-F]{2})([0-9A-F]{2})([0-9A-F]{2})/i.exec(said ?? "");
        if (hex === null) throw new Error(`display ${this.name} has no colour at ${x},${y}`);
        const part = (index: number) => Number.parseInt(hex[index] ?? "", 16);
        return { red: part(1), green: part(2), blue: part(3) };
    }

    /** Brings the window of this title to the front, as a click on it does. */
    async raise(title: string): Promise<void> {
        await this.#toWindow(title, "windowactivate", "--sync");
    }

    /** Asks the window of this title to close, by the keys that people use. */
    async close(title: string): Promise<void> {
        await this.#toWindow(title, "windowfocus", "--sync");
        if ((await ask("xdotool", ["key", "alt+F4"], this.#environment)) === undefined) {
            throw new Error("no key can be pressed");
        }
    }

    /** Whether a window of this title is on the screen. */
    async has(title: string): Promise<boolean> {
        return (await this.#search(title)) !== undefined;
    }

    /** The title of the window that has the keyboard; nothing when none has. */
    async focused(): Promise<string | undefined> {
        return (await ask("xdotool", ["getwindowfocus", "getwindowname"], this.#environment))?.trim();
    }

    async #toWindow(title: string, ...verb: readonly string[]): Promise<void> {
        if ((await this.#search(title, ...verb)) === undefined) {
            throw new Error(`there is no window "${title}" on display ${this.name}`);
        }
    }

    async #search(title: string, ...verb: readonly string[]): Promise<string | undefined> {
        return ask("xdotool", ["search", "--onlyvisible", "--name", `^${title}$`, ...verb], this.#environment);
    }

    async stop(): Promise<void> {
        await this.#windowManager?.stop();
        await this.#server.stop();
    }
}
