import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { scheduler } from "node:timers/promises";

export type Environment = Readonly<Record<string, string>>;

export interface Start {
    command: string;
    arguments?: readonly string[];
    environment: Environment;
    /** Where `NAME.log` is kept, with everything the program says. */
    logs: string;
    /** What distinguishes this program's log from others of the same command. */
    name?: string;
    /** What the program reads on standard input. */
    input?: string;
}

/** How long a program may take to do as it is told before it is killed. */
const PATIENCE_MS = 5_000;

/** How often something is looked at that cannot say by itself when it is ready. */
const LOOK_AGAIN_MS = 10;

const running = new Set<Process>();
process.on("exit", () => running.forEach((one) => one.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // `exit` listeners do not run when a signal ends the process.
    process.once(signal, () => process.exit(1));
}

/** A program that runs beside the test, with its log; killed at the latest when this process ends. */
export class Process {
    readonly log: string;
    readonly ended: Promise<unknown>;
    readonly #child: ChildProcess;
    readonly #name: string;
    readonly #lines: AsyncIterator<string>;

    private constructor(child: ChildProcess, name: string, log: string, lines: Interface) {
        this.#child = child;
        this.#name = name;
        this.log = log;
        this.#lines = lines[Symbol.asyncIterator]();
        this.ended = once(child, "exit").finally(() => running.delete(this));
        this.ended.catch(() => {});
        running.add(this);
    }

    static async start(start: Start): Promise<Process> {
        const name = start.name ?? basename(start.command);
        const log = join(start.logs, `${name}.log`);
        const child = spawn(start.command, start.arguments ?? [], {
            env: start.environment,
            stdio: ["pipe", "pipe", "pipe"],
        });
        const sink = createWriteStream(log, { flags: "a" });
        child.stdout.pipe(sink, { end: false });
        child.stderr.pipe(sink, { end: false });
        const started = new Process(child, name, log, createInterface(child.stdout));
        child.stdin.on("error", () => {}); // It may end without reading.
        child.stdin.end(start.input ?? "");
        await once(child, "spawn").catch((cause: unknown) => {
            throw new Error(`cannot start ${start.command}; \`cargo xtask setup\` installs what is missing`, { cause });
        });
        return started;
    }

    get pid(): number {
        if (this.#child.pid === undefined) throw new Error(`${this.#name} was never started`);
        return this.#child.pid;
    }

    get isRunning(): boolean {
        return this.#child.exitCode === null && this.#child.signalCode === null;
    }

    /** The next line on standard output; fails, with the log, when the program ends or stays silent. */
    async line(): Promise<string> {
        const next = await within(PATIENCE_MS, this.#lines.next()).catch(() => undefined);
        if (next === undefined || next.done) {
            throw new Error(`${this.#name} did not say what was waited for:\n${await this.tail()}`);
        }
        return next.value;
    }

    /** The end of the log. */
    async tail(): Promise<string> {
        const text = await readFile(this.log, "utf8").catch(() => "");
        return text.split("\n").slice(-40).join("\n");
    }

    kill(signal: NodeJS.Signals): void {
        this.#child.kill(signal);
    }

    /** Asks it to end, and makes it end when it does not. */
    async stop(): Promise<void> {
        if (!this.isRunning) return;
        this.kill("SIGTERM");
        await within(PATIENCE_MS, this.ended).catch(async () => {
            this.kill("SIGKILL");
            await this.ended;
        });
    }
}

/** Waits for a program that does one thing, and returns what it said, or `undefined` when it failed. */
export async function ask(
    command: string,
    parameters: readonly string[],
    environment: Environment,
): Promise<string | undefined> {
    const child = spawn(command, parameters, { env: environment, stdio: ["ignore", "pipe", "ignore"] });
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
    const [code] = (await once(child, "close")) as [number | null];
    return code === 0 ? said : undefined;
}

/** Looks again and again until it holds; fails with `what` when it does not in time. */
export async function until(what: string, milliseconds: number, holds: () => Promise<boolean>): Promise<void> {
    const deadline = AbortSignal.timeout(milliseconds);
    while (!(await holds())) {
        if (deadline.aborted) throw new Error(`${what}: not within ${milliseconds} ms`);
        await scheduler.wait(LOOK_AGAIN_MS);
    }
}

/**
 * Stops all of these in their order. One that fails to stop keeps none of the others, which would keep the
 * test from ever ending; the first failure is told when all had their turn.
 */
export async function stopAll(...things: readonly ({ stop(): Promise<void> } | undefined)[]): Promise<void> {
    const failures: unknown[] = [];
    for (const thing of things) await thing?.stop().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
}

/** The promise, or a failure after so many milliseconds. */
export async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
    const signal = AbortSignal.timeout(milliseconds);
    const late = once(signal, "abort").then(() => {
        throw new Error(`nothing happened within ${milliseconds} ms`);
    });
    return Promise.race([promise, late]);
}
