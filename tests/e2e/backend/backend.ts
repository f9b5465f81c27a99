import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";

import type { DrillReport } from "../../../ui/src/host/bindings/DrillReport.ts";

import { freePort } from "../session/app.ts";
import { type Environment, Process, until } from "../session/process.ts";

/** How long the server may take to be ready on a busy machine. */
const READY_MS = 30_000;

/** What a key is for. */
export type Role = "admin" | "metrics" | "telephony";

/**
 * The real server in a folder of its own, with the sample organisation and a clock that can be moved. Every
 * file it writes lies below `folder`.
 */
export class Backend {
    readonly folder: string;
    readonly url: string;
    readonly #binary: string;
    readonly #environment: Environment;
    readonly #logs: string;
    #process: Process | undefined;

    private constructor(binary: string, folder: string, logs: string, port: number, environment: Environment) {
        this.#binary = binary;
        this.folder = folder;
        this.url = `http://127.0.0.1:${port}`;
        this.#logs = logs;
        this.#environment = environment;
    }

    /** Starts `whereabouts-test-server` at this path, with these settings, and waits until it is ready. */
    static async start(binary: string, settings: Environment = {}): Promise<Backend> {
        const above = await mkdtemp(join(tmpdir(), "whereabouts-backend-"));
        const folder = join(above, "files");
        const home = join(folder, "home");
        await mkdir(home, { recursive: true });
        const environment = {
            PATH: process.env["PATH"] ?? "",
            HOME: home,
            WHEREABOUTS_STORE_URL: `sqlite:${join(folder, "whereabouts.db")}`,
            ...settings,
        };
        const backend = new Backend(binary, folder, folder, await freePort(), environment);
        await backend.#run("demo");
        await backend.restart();
        return backend;
    }

    /** A one-time code for this agent's desktop. */
    async enrol(username: string): Promise<string> {
        return lastWord(await this.#run("enrol", username));
    }

    /** A key for a machine. */
    async key(role: Role, name: string): Promise<string> {
        return lastWord(await this.#run("keys", "create", "--role", role, "--name", name));
    }

    /** Signs somebody out everywhere. */
    async signOut(username: string): Promise<void> {
        await this.#run("agents", "sign-out", username);
    }

    /** Runs a drill for these agents from the command line, to its end; returns the report. */
    async drill(...usernames: readonly string[]): Promise<DrillReport> {
        const who = usernames.flatMap((username) => ["--agent", username]);
        const report = await this.#run("drill", ...who, "--format", "json").catch((error: unknown) => {
            // It ends with 1 when something is missing, and says what in the report.
            if (error instanceof Error && "stdout" in error && error.stdout !== "") return String(error.stdout);
            throw error;
        });
        return JSON.parse(report) as DrillReport;
    }

    /** Lets this many seconds pass, at once, for a server that runs and for those that come after it. */
    async setClock(seconds: number): Promise<void> {
        // The server may look at any moment: it finds the old file or the new one.
        await writeFile(`${this.#clockFile}.new`, String(seconds));
        await rename(`${this.#clockFile}.new`, this.#clockFile);
    }

    /** Ends it as a power cut would. */
    async kill(): Promise<void> {
        this.#process?.kill("SIGKILL");
        await this.#process?.ended;
    }

    /** Starts it, with the same files at the same address, and waits until it is ready. */
    async restart(): Promise<void> {
        const server = await Process.start({
            command: this.#binary,
            arguments: [this.#clockFile, "serve", "--listen", new URL(this.url).host],
            environment: this.#environment,
            logs: this.#logs,
        });
        this.#process = server;
        await until("the server is ready", READY_MS, async () => {
            if (!server.isRunning) throw new Error(`the server ended:\n${await server.tail()}`);
            return fetch(`${this.url}/readyz`).then((answer) => answer.ok, () => false);
        });
    }

    /** Everything it has said since it was started first. */
    async log(): Promise<string> {
        return readFile(join(this.#logs, `${basename(this.#binary)}.log`), "utf8");
    }

    /** Ends it as an administrator would, and removes its files. */
    async stop(): Promise<void> {
        await this.#process?.stop();
        await rm(join(this.folder, ".."), { recursive: true, force: true });
    }

    get #clockFile(): string {
        return join(this.folder, "..", "clock");
    }

    async #run(...words: readonly string[]): Promise<string> {
        const options = { env: this.#environment, cwd: this.folder };
        const { stdout } = await promisify(execFile)(this.#binary, [this.#clockFile, ...words], options);
        return stdout;
    }
}

function lastWord(said: string): string {
    const word = said.trim().split(/\s+/).at(-1);
    if (!word) throw new Error("a secret was to be printed, and nothing was");
    return word;
}
