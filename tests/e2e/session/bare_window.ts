import { existsSync } from "node:fs";
import { join } from "node:path";

import type { Process } from "./process.ts";
import type { Session } from "./session.ts";

/** Debian's own, where another one comes first. */
const PYTHON = existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

/** A program that does nothing but open a web view in a window when it is told to. */
export class BareWindow {
    readonly #process: Process;

    private constructor(process: Process) {
        this.#process = process;
    }

    /** Starts it, with a window of its own open all the time or with none, and waits until it has nothing to do. */
    static async start(session: Session, hasMainWindow: boolean): Promise<BareWindow> {
        const script = join(import.meta.dirname, "bare_window.py");
        const bare = new BareWindow(await session.start(PYTHON, hasMainWindow ? [script, "--main"] : [script]));
        await bare.#process.line();
        return bare;
    }

    /** Milliseconds until a window is painted. */
    async opens(): Promise<number> {
        const asked = Date.now();
        this.#process.kill("SIGHUP");
        return Number(await this.#process.line()) - asked;
    }

    close(): void {
        this.#process.kill("SIGUSR2");
    }

    async stop(): Promise<void> {
        await this.#process.stop();
    }
}
