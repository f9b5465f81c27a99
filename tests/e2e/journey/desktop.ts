import { join } from "node:path";

import { Address, Ask, Seats, SignIn, Standing, Team } from "../pages/main.ts";
import { Emergency } from "../pages/emergency.ts";
import { PATIENCE_MS, Window } from "../pages/window.ts";
import { App } from "../session/app.ts";
import { stopAll } from "../session/process.ts";
import { Session, type Surroundings } from "../session/session.ts";

/** One person at a computer of their own, with the real app on it. */
export class Desktop {
    readonly session: Session;
    readonly main: Window;
    readonly signIn: SignIn;
    readonly ask: Ask;
    readonly seats: Seats;
    readonly address: Address;
    readonly standing: Standing;
    readonly team: Team;
    readonly emergency: Emergency;
    readonly #binary: string;
    #app: App | undefined;

    private constructor(session: Session, binary: string) {
        this.session = session;
        this.#binary = binary;
        const browser = () => this.app.browser;
        this.main = new Window(browser, "index");
        this.signIn = new SignIn(this.main);
        this.ask = new Ask(this.main);
        this.seats = new Seats(this.main);
        this.address = new Address(this.main);
        this.standing = new Standing(this.main);
        this.team = new Team(this.main);
        this.emergency = new Emergency(new Window(browser, "emergency"));
    }

    /** A computer where this app is installed and does not run yet. */
    static async of(binary: string, surroundings?: Surroundings): Promise<Desktop> {
        return new Desktop(await Session.start(surroundings), binary);
    }

    get app(): App {
        if (this.#app === undefined) throw new Error("the app does not run here");
        return this.#app;
    }

    /** The folder that holds everything the app keeps. */
    get home(): string {
        return this.session.environment["HOME"] ?? "";
    }

    /** Where the app keeps what must survive a restart of it. */
    get data(): string {
        return join(this.session.environment["XDG_DATA_HOME"] ?? "", "org.whereabouts.desktop", "companion");
    }

    /** Starts the app and waits for its main window. */
    async open(...words: readonly string[]): Promise<void> {
        this.#app = await App.start(this.session, { binary: this.#binary, arguments: words });
        await this.main.opens(PATIENCE_MS);
    }

    /** Starts the app with a code filled in, and signs in with it. */
    async enrol(server: string, code: string): Promise<void> {
        await this.open("--server", server, "--code", code);
        await this.signIn.submit();
        await this.main.hides("sign-in");
    }

    /** Ends the app as a power cut would; what it kept stays. */
    async kill(): Promise<void> {
        await this.app.kill();
        this.#app = undefined;
    }

    /** Saves what the person sees. */
    async picture(file: string): Promise<void> {
        if (this.#app !== undefined) {
            await this.main.settles();
            await this.emergency.window.settles();
        }
        await this.session.display.screenshot(file);
    }

    async stop(): Promise<void> {
        await stopAll(this.#app, this.session);
    }
}
