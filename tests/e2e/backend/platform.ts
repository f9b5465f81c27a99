import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Environment, until } from "../session/process.ts";

/** What requests are signed with. */
const SECRET = "the secret of this platform";

/** How far the clocks may be apart, in seconds. */
const TOLERANCE = 300;

const PATIENCE_MS = 40_000;

/** What the platform calls the status it sets. */
export const QUIET = "Do not disturb (911)";

/** Does as it is asked; answers with this status and does nothing; never answers. */
export type Behaviour = "hangs" | "well" | { refuses: number };

interface Status {
    id: string;
    name: string;
    do_not_disturb: boolean;
}

/** A question, as far as the tests look at it; the whole is in docs/TELEPHONY.md. */
export interface Asked {
    id: string;
    verb: string;
    agent?: string;
    call_id?: string;
    platform?: string;
    do_not_disturb?: boolean;
    expires_in_seconds?: number;
    mark?: string;
    only_if_mark?: string;
    status?: Status | null;
    task?: { event: string };
}

/**
 * A telephony platform behind one web hook, as docs/TELEPHONY.md describes it: keeps agents' statuses, and
 * takes nothing whose signature, age, name or verb is not right.
 */
export class Platform {
    behaviour: Behaviour = "well";
    /** Everything it was asked, in order. */
    readonly asked: Asked[] = [];
    /** What was wrong with the requests it did not take. */
    readonly wrong: string[] = [];
    readonly url: string;
    readonly #server: Server;
    readonly #folder: string;
    readonly #chosen = new Map<string, Status>();
    /** The mark under which Do Not Disturb stands. */
    readonly #held = new Map<string, string>();

    private constructor(server: Server, folder: string) {
        this.#server = server;
        this.#folder = folder;
        this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ask`;
        server.on("request", (request, answer) => void this.#hear(request, answer));
    }

    static async start(): Promise<Platform> {
        const folder = await mkdtemp(join(tmpdir(), "whereabouts-platform-"));
        await writeFile(join(folder, "secret"), SECRET, { mode: 0o600 });
        const server = createServer().listen(0, "127.0.0.1");
        await once(server, "listening");
        return new Platform(server, folder);
    }

    /** What a server needs to know to ask it. */
    get settings(): Environment {
        return {
            WHEREABOUTS_PLATFORM_URL: this.url,
            WHEREABOUTS_PLATFORM_SECRET_FILE: join(this.#folder, "secret"),
        };
    }

    /** A person chooses a status. */
    choose(agent: string, id: string, name: string): void {
        this.#chosen.set(agent, { id, name, do_not_disturb: false });
        this.#held.delete(agent);
    }

    /** The name of an agent's status. */
    status(agent: string): string {
        return this.#entry(agent).status.name;
    }

    /** What it was asked until now counts no more. */
    forget(): void {
        this.asked.length = 0;
    }

    of(verb: string): Asked[] {
        return this.asked.filter((one) => one.verb === verb);
    }

    /** Waits until an agent's status has this name. */
    async comesTo(agent: string, name: string): Promise<void> {
        await until(`${agent} is at ${name}`, PATIENCE_MS, async () => this.status(agent) === name);
    }

    async stop(): Promise<void> {
        // What is never answered would keep it open.
        this.#server.closeAllConnections();
        this.#server.close();
        await rm(this.#folder, { recursive: true, force: true });
    }

    async #hear(request: IncomingMessage, answer: ServerResponse): Promise<void> {
        const parts: Buffer[] = [];
        for await (const part of request) parts.push(part as Buffer);
        const body = Buffer.concat(parts);
        const asked = this.#judge(request, body);
        if (asked === undefined) return void answer.writeHead(401).end();
        this.asked.push(asked);
        const { behaviour } = this;
        if (behaviour === "hangs") return;
        if (behaviour !== "well") return void answer.writeHead(behaviour.refuses).end();
        const [status, said] = this.#does(asked);
        answer.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(said));
    }

    /** What is asked, if it may be believed. */
    #judge({ method, headers }: IncomingMessage, body: Buffer): Asked | undefined {
        const header = (name: string) => String(headers[`whereabouts-${name}`] ?? "");
        const stamp = header("timestamp");
        const right = createHmac("sha256", SECRET).update(`${stamp}.`).update(body).digest();
        const given = Buffer.from(/^v1=([0-9a-f]{64})$/.exec(header("signature"))?.[1] ?? "", "hex");
        const asked = parsed(body);
        const faults = [
            method !== "POST" && `it is a ${method}`,
            !(given.length === right.length && timingSafeEqual(given, right)) && "the signature is not ours",
            !(Math.abs(Date.now() / 1000 - Number(stamp)) <= TOLERANCE) && `it is of another time: "${stamp}"`,
            asked?.id !== header("id") && "it goes by two names",
            !VERBS.includes(asked?.verb ?? "") && `there is no verb ${asked?.verb}`,
        ].filter((fault) => fault !== false);
        if (faults.length === 0) return asked;
        this.wrong.push(faults.join(", "));
        return undefined;
    }

    #does(asked: Asked): [number, unknown] {
        const agent = asked.agent ?? "";
        if (asked.verb === "presence.read") return [200, this.#entry(agent)];
        if (asked.verb !== "presence.set") return [202, null];
        if (asked.do_not_disturb) {
            this.#held.set(agent, asked.mark ?? "");
        } else if (this.#entry(agent).mark !== (asked.only_if_mark ?? null)) {
            return [409, null];
        } else {
            this.#held.delete(agent);
            if (asked.status) this.#chosen.set(agent, asked.status);
            else this.#chosen.delete(agent);
        }
        return [200, this.#entry(agent)];
    }

    #entry(agent: string): { status: Status; mark: string | null } {
        const mark = this.#held.get(agent);
        if (mark !== undefined) return { status: { id: "dnd", name: QUIET, do_not_disturb: true }, mark };
        const chosen = this.#chosen.get(agent) ?? { id: "available", name: "Available", do_not_disturb: false };
        return { status: chosen, mark: null };
    }
}

const VERBS = ["call.end", "presence.read", "presence.set", "task.create"];

function parsed(body: Buffer): Asked | undefined {
    try {
        return JSON.parse(body.toString("utf8")) as Asked;
    } catch {
        return undefined;
    }
}
