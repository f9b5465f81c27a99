import type { Telephony } from "../backend/telephony.ts";
import type { DeskPage } from "./desk_page.ts";
import type { Desktop } from "./desktop.ts";

/** What the journey is played on: real parts, however they were started. */
export interface Stage {
    /** Where the desktops find the server. */
    server: string;
    /** One-time codes for the people in the journey. */
    codes: { maria: string; sam: string; desk?: string };
    telephony: Telephony;
    /** An agent. */
    maria: Desktop;
    /** Her supervisor, at another computer. */
    sam: Desktop;
    /** The security desk, where there is a browser. */
    desk?: DeskPage;
    outage: Outage;
    /** Only where the backend belongs to the journey. */
    backend?: {
        /** Moves the server's clock to this many seconds after the real one. */
        setClock(seconds: number): Promise<void>;
        /** Where every file of the server lies. */
        folder: string;
        /** Everything it has said. */
        log(): Promise<string>;
    };
}

/** Keeps the desktops from reaching the server, for a while. */
export interface Outage {
    /** What happens, in words. */
    what: string;
    begin(): Promise<void>;
    end(): Promise<void>;
}

/** One thing that happens. It fails by throwing; nothing it leaves half done is repaired. */
export interface Step {
    /** Short, for a file name. */
    name: string;
    /** A sentence that is true when the step is done. */
    says: string;
    /** Whose screen shows it; Maria's unless something else is said. */
    seenBy?: "desk" | "sam";
    /** Played only where this holds. */
    where?: (stage: Stage) => boolean;
    play(stage: Stage, day: Day): Promise<void>;
}

/** What later steps need to know of earlier ones. */
export interface Day {
    /** How often the server has taken a declaration, as far as the agent's app knows. */
    version: number;
    /** The number responders were given, E.164. */
    callbackNumber: string;
}
