import { Watcher } from "./watcher.ts";

/** The whole of what a desktop is told, as far as the tests look at it. */
export interface Me {
    revision: number;
    served: { version: number; status: string; lines: string[] } | null;
    places: { id: string }[];
    notices: { code: string; text: string }[];
    emergency: { call_id: string; reference: string; phase: string } | null;
}

/** Another desktop of an agent, without a screen. */
export class Agent {
    readonly #url: string;
    readonly #token: string;

    private constructor(url: string, token: string) {
        this.#url = url;
        this.#token = token;
    }

    static async signIn(url: string, code: string): Promise<Agent> {
        const device = await request<{ access_token: string }>(`${url}/v1/enrolments`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ code, device_name: "second desk" }),
        });
        return new Agent(url, device.access_token);
    }

    me(): Promise<Me> {
        return this.#ask("GET", "/v1/me");
    }

    /** A connection to what desktops are told, that nothing else is done with. */
    watch(): Promise<Watcher> {
        return Watcher.open(`${this.#url}/v1/me/events`, this.#token);
    }

    sitDown(seat: string): Promise<unknown> {
        const said = { place: { seat }, declared_age_seconds: 0, based_on: null };
        return this.#ask("PUT", "/v1/me/location", said, { "idempotency-key": crypto.randomUUID() });
    }

    /** Says to be at the saved address. */
    async goHome(): Promise<unknown> {
        const { places } = await this.me();
        const said = { place: { saved: places[0]?.id }, declared_age_seconds: 0, based_on: null };
        return this.#ask("PUT", "/v1/me/location", said, { "idempotency-key": crypto.randomUUID() });
    }

    /** Says that the banner of this call is on the screen. */
    async bannerShown(reference: string): Promise<void> {
        await this.#ask("POST", "/v1/me/emergency/shown", { call_id: reference });
    }

    /** Only for supervisors and the security desk. */
    roster(): Promise<{ rows: { username: string; online: boolean; conflict: boolean }[] }> {
        return this.#ask("GET", "/v1/roster");
    }

    #ask<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
        return request<T>(this.#url + path, {
            method,
            headers: { ...headers, authorization: `Bearer ${this.#token}`, "content-type": "application/json" },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
    }
}

async function request<T>(url: string, init: RequestInit): Promise<T> {
    const answer = await fetch(url, init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${init.method} ${new URL(url).pathname}: ${answer.status} ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
}
