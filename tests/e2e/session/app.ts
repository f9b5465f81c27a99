import { readFile, readdir } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { once } from "node:events";

import { remote } from "webdriverio";

import { Process, until } from "./process.ts";
import type { Session } from "./session.ts";

export type Browser = Awaited<ReturnType<typeof remote>>;

export interface Program {
    /** Absolute path of a program that shows a WebKitGTK view. */
    binary: string;
    arguments?: readonly string[];
}

/** How long a program may take from its start to its first window on a busy machine. */
const FIRST_WINDOW_MS = 60_000;

/** How long a driver may take to come up, and a killed program to be gone. */
const PATIENCE_MS = 10_000;

/** A program in a session, with a hand on its web views. */
export class App {
    readonly browser: Browser;
    readonly #driver: Process;
    readonly #pid: number;

    private constructor(driver: Process, browser: Browser, pid: number) {
        this.#driver = driver;
        this.browser = browser;
        this.#pid = pid;
    }

    /** Starts the program through WebKitWebDriver and waits for its first window. */
    static async start(session: Session, program: Program): Promise<App> {
        const port = await freePort();
        const driver = await Process.start({
            command: "WebKitWebDriver",
            arguments: [`--port=${port}`],
            // The program inherits this; a Tauri app takes it as leave to be driven.
            environment: { ...session.environment, TAURI_WEBVIEW_AUTOMATION: "true" },
            logs: session.logs,
        });
        try {
            await until("WebKitWebDriver listens", PATIENCE_MS, () => accepts(port));
            const browser = await remote({
                hostname: "127.0.0.1",
                port,
                logLevel: "error",
                connectionRetryTimeout: FIRST_WINDOW_MS,
                capabilities: {
                    "wdio:enforceWebDriverClassic": true,
                    "webkitgtk:browserOptions": {
                        binary: program.binary,
                        args: [...(program.arguments ?? [])],
                    },
                } as WebdriverIO.Capabilities,
            });
            const [started] = await descendantsOf(driver.pid);
            if (started === undefined) throw new Error("WebKitWebDriver has no child, so nothing was started");
            return new App(driver, browser, started.pid);
        } catch (error) {
            const said = await driver.tail();
            await driver.stop();
            throw new Error(`${program.binary} showed no window:\n${said}`, { cause: error });
        }
    }

    /** Ends the program as a power cut would: nothing of it gets to run. */
    async kill(): Promise<void> {
        const family = await descendantsOf(this.#driver.pid);
        process.kill(this.#pid, "SIGKILL");
        await allGone(family);
        await this.#driver.stop();
    }

    /** Ends the program as closing the session would. */
    async stop(): Promise<void> {
        const family = await descendantsOf(this.#driver.pid);
        await this.browser.deleteSession().catch(() => {}); // It may have ended by itself.
        await this.#driver.stop();
        await allGone(family);
    }
}

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    return port;
}

async function accepts(port: number): Promise<boolean> {
    const socket = connect(port, "127.0.0.1");
    const connected = await once(socket, "connect").then(() => true, () => false);
    socket.destroy();
    return connected;
}

/** A process. Its number alone is not enough: a busy machine soon gives it to another. */
interface Living {
    pid: number;
    parent: number;
    born: string;
}

/** The processes below this one, nearest first; those that ended and wait to be reaped are not counted. */
async function descendantsOf(ancestor: number): Promise<Living[]> {
    const living = await everybody();
    const found: Living[] = [];
    for (let above = [ancestor]; above.length > 0; ) {
        const next = living.filter(({ parent }) => above.includes(parent));
        found.push(...next);
        above = next.map(({ pid }) => pid);
    }
    return found;
}

async function allGone(family: readonly Living[]): Promise<void> {
    let left: readonly Living[] = family;
    await until("the program and what it started are gone", PATIENCE_MS, async () => {
        const living = await everybody();
        left = left.filter(({ pid, born }) => living.some((one) => one.pid === pid && one.born === born));
        return left.length === 0;
    }).catch(async (error: unknown) => {
        const names = left.map(({ pid }) => readFile(`/proc/${pid}/stat`, "utf8").catch(() => ""));
        left.forEach(({ pid }) => process.kill(pid, "SIGKILL"));
        throw new Error(`still there: ${(await Promise.all(names)).join("; ").replaceAll("\0", " ")}`, { cause: error });
    });
}

async function everybody(): Promise<Living[]> {
    const living: Living[] = [];
    for (const entry of await readdir("/proc")) {
        if (!/^\d+$/.test(entry)) continue;
        // pid (command) state ppid ...: the command may hold spaces and parentheses.
        const stat = await readFile(`/proc/${entry}/stat`, "utf8").catch(() => "");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        const [state, parent] = fields;
        // The 22nd field of the whole line.
        const born = fields[19];
        if (parent === undefined || born === undefined || state === "Z") continue;
        living.push({ pid: Number(entry), parent: Number(parent), born });
    }
    return living;
}
