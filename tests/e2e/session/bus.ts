import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { type Environment, Process, ask, until } from "./process.ts";

/** How long the keychain may take to appear on the bus. */
const PATIENCE_MS = 10_000;

/** A session bus that starts nothing by itself, so that what is missing stays missing. */
const CONFIGURATION = `<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=FOLDER</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>`;

/**
 * A private session bus, with a real, unlocked keychain on it if one is wanted. Each app needs its own: a second app of the
 * same name on one bus would only call the first to the front.
 */
export class Bus {
    readonly address: string;
    readonly #daemon: Process;
    readonly #environment: Environment;
    #keychain: Process | undefined;

    private constructor(daemon: Process, address: string, environment: Environment) {
        this.#daemon = daemon;
        this.address = address;
        this.#environment = { ...environment, DBUS_SESSION_BUS_ADDRESS: address };
    }

    static async start(environment: Environment, logs: string, keychain: boolean): Promise<Bus> {
        const folder = dirname(logs);
        const configuration = join(folder, "bus.conf");
        await writeFile(configuration, CONFIGURATION.replace("FOLDER", folder));
        const daemon = await Process.start({
            command: "dbus-daemon",
            arguments: [`--config-file=${configuration}`, "--nofork", "--nopidfile", "--print-address=1"],
            environment,
            logs,
        });
        const bus = new Bus(daemon, await daemon.line(), environment);
        if (keychain) await bus.#startKeychain(logs);
        return bus;
    }

    async #startKeychain(logs: string): Promise<void> {
        this.#keychain = await Process.start({
            command: "gnome-keyring-daemon",
            arguments: ["--foreground", "--unlock", "--components=secrets"],
            environment: this.#environment,
            logs,
            input: "\n", // The password of the login keyring is empty.
        });
        await until("the keychain is on the bus", PATIENCE_MS, () => this.hasOwner("org.freedesktop.secrets"));
    }

    /** Whether somebody on the bus answers to this name. */
    async hasOwner(name: string): Promise<boolean> {
        const answer = await ask(
            "dbus-send",
            [
                "--session",
                "--print-reply=literal",
                "--dest=org.freedesktop.DBus",
                "/org/freedesktop/DBus",
                "org.freedesktop.DBus.NameHasOwner",
                `string:${name}`,
            ],
            this.#environment,
        );
        return answer?.includes("true") ?? false;
    }

    async stop(): Promise<void> {
        await this.#keychain?.stop();
        await this.#daemon.stop();
    }
}
