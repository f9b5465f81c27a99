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
    }

    /** Saves what a person in front of the screen would see, as PNG. */
    async screenshot(file: string): Promise<void> {
        const saved = await ask("import", ["-window", "root", file], this.#environment);
        if (saved === undefined) throw new Error(`cannot take a picture of display ${this.name}`);
    }

    async stop(): Promise<void> {
        await this.#windowManager?.stop();
        await this.#server.stop();
    }
}
