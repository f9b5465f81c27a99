/** What the telephony platform is told about a call. The rest of the answer is in docs/openapi.json. */
export interface Answer {
    call_id: string;
    agent: string | null;
    test: boolean;
    location_status: string;
    civic_address: Readonly<Record<string, string>>;
    civic_address_json: string | null;
    lines: string[];
    rule: string;
    degraded: boolean;
    callback_number: string | null;
    callback_until: string | null;
    callback_until_final: boolean;
}

export type AgentLocation = Omit<Answer, "call_id" | "test"> & { since: string | null; until: string | null };

export interface CallbackDecision {
    decision: "agent" | "security_desk" | "unknown";
    agent: string | null;
    contact: string | null;
    until: string | null;
}

/** One question and what came back. */
export interface Exchange<T = unknown> {
    method: string;
    path: string;
    asked: unknown;
    status: number;
    answer: T;
    milliseconds: number;
}

/** The telephony platform: asks the backend as a PBX or a contact flow would. */
export class Telephony {
    readonly #url: string;
    readonly #key: string;
    readonly #overheard: (exchange: Exchange) => void;

    /** Whoever wants to hear what is said gives `overheard`. */
    constructor(url: string, key: string, overheard: (exchange: Exchange) => void = () => {}) {
        this.#url = url;
        this.#key = key;
        this.#overheard = overheard;
    }

    /** Somebody dialled this. */
    dial(call: { call_id: string; agent: string; dialled: string }): Promise<Exchange<Answer>> {
        return this.#ask("POST", "/v1/telephony/calls", call);
    }

    hangUp(call_id: string): Promise<Exchange> {
        return this.#ask("POST", "/v1/telephony/calls/end", { call_id });
    }

    locate(agent: string): Promise<Exchange<AgentLocation>> {
        return this.#ask("GET", `/v1/telephony/locations/${encodeURIComponent(agent)}`);
    }

    /** The 911 centre calls this number. */
    callBack(call: { call_id: string; number: string; caller: string }): Promise<Exchange<CallbackDecision>> {
        return this.#ask("POST", "/v1/telephony/callbacks", call);
    }

    callbackOver(call_id: string): Promise<Exchange> {
        return this.#ask("POST", "/v1/telephony/callbacks/end", { call_id });
    }

    /** Whom a call to this number would reach. */
    whoHas(number: string): Promise<Exchange<CallbackDecision>> {
        return this.#ask("GET", `/v1/telephony/callbacks/${encodeURIComponent(number)}`);
    }

    async #ask<T>(method: string, path: string, asked?: unknown): Promise<Exchange<T>> {
        const began = performance.now();
        const answer = await fetch(this.#url + path, {
            method,
            headers: { authorization: `Bearer ${this.#key}`, "content-type": "application/json" },
            ...(asked === undefined ? {} : { body: JSON.stringify(asked) }),
        });
        const text = await answer.text();
        const exchange = {
            method,
            path,
            asked,
            status: answer.status,
            answer: (text === "" ? undefined : JSON.parse(text)) as T,
            milliseconds: performance.now() - began,
        };
        this.#overheard(exchange);
        return exchange;
    }
}
