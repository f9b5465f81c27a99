import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Bus } from "./bus.ts";
import { Display } from "./display.ts";
import { type Environment, Process } from "./process.ts";

/** Variables that would lead a program of the session to the desktop of whoever runs it. */
const OF_THE_OUTER_DESKTOP = [
    "AT_SPI_BUS_ADDRESS",
    "DBUS_SESSION_BUS_ADDRESS",
    "DESKTOP_SESSION",
    "GNOME_KEYRING_CONTROL",
    "SESSION_MANAGER",
    "SSH_AUTH_SOCK",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_CURRENT_DESKTOP",
    "XDG_SESSION_TYPE",
];

/** What a desktop may lack. */
export interface Surroundings {
    /** False: nobody answers for secrets on the bus. */
    keychain?: boolean;
}

/**
 * A desktop of its own for one person: screen, bus, keychain and home folder. What an app leaves in it
 * survives the app and ends with the session.
 */
export class Session {
    readonly environment: Environment;
    readonly logs: string;
    readonly display: Display;
    readonly bus: Bus;
    readonly #folder: string;

    private constructor(folder: string, logs: string, environment: Environment, display: Display, bus: Bus) {
        this.#folder = folder;
        this.logs = logs;
        this.environment = environment;
        this.display = display;
        this.bus = bus;
    }

    static async start({ keychain = true }: Surroundings = {}): Promise<Session> {
        // Sockets lie below, and the path of a socket may have 107 bytes: not in the repository.
        const folder = await mkdtemp(join(tmpdir(), "whereabouts-"));
        const logs = join(folder, "logs");
        const base = await homeWithin(folder);
        await mkdir(logs);
        const display = await Display.start(base, logs);
        const withDisplay = { ...base, DISPLAY: display.name };
        const bus = await Bus.start(withDisplay, logs, keychain).catch(async (error: unknown) => {
            await display.stop();
            throw error;
        });
        const environment = { ...withDisplay, DBUS_SESSION_BUS_ADDRESS: bus.address };
        return new Session(folder, logs, environment, display, bus);
    }

    /** Starts a program in it without a hand on its windows. */
    start(command: string, words: readonly string[]): Promise<Process> {
        return Process.start({ command, arguments: words, environment: this.environment, logs: this.logs });
    }

    /** Ends everything in it and removes what it left on disk. */
    async stop(): Promise<void> {
        await this.bus.stop();
        await this.display.stop();
        await rm(this.#folder, { recursive: true, force: true });
    }
}

async function homeWithin(folder: string): Promise<Environment> {
    const outer = Object.entries(process.env).filter(
        (entry): entry is [string, string] => entry[1] !== undefined && !OF_THE_OUTER_DESKTOP.includes(entry[0]),
    );
    const home = join(folder, "home");
    const own = {
        HOME: home,
        XDG_CACHE_HOME: join(home, ".cache"),
        XDG_CONFIG_HOME: join(home, ".config"),
        XDG_DATA_HOME: join(home, ".local", "share"),
        XDG_RUNTIME_DIR: join(home, "run"),
        XDG_STATE_HOME: join(home, ".local", "state"),
    };
    for (const path of Object.values(own)) await mkdir(path, { recursive: true, mode: 0o700 });
    await mkdir(join(own.XDG_DATA_HOME, "keyrings"), { mode: 0o700 });
    return {
        ...Object.fromEntries(outer),
        ...own,
        GDK_BACKEND: "x11",
        GSETTINGS_BACKEND: "memory",
        LANG: "C.UTF-8",
        NO_AT_BRIDGE: "1",
    };
}
