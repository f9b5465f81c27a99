import type { Me } from "./agent.ts";

/** A desktop that only looks at the frames it is sent (server-sent events). */
export class Watcher {
    readonly #frames: AsyncIterator<string>;
    readonly #connection: AbortController;

    private constructor(frames: AsyncIterator<string>, connection: AbortController) {
        this.#frames = frames;
        this.#connection = connection;
    }

    /** Connects, and takes the frame that everybody is sent first. */
    static async open(url: string, token: string): Promise<Watcher> {
        const connection = new AbortController();
        const answer = await fetch(url, {
            headers: { authorization: `Bearer ${token}` },
            signal: connection.signal,
        });
        if (!answer.ok || answer.body === null) throw new Error(`${new URL(url).pathname}: ${answer.status}`);
        const text = answer.body.pipeThrough(new TextDecoderStream());
        const watcher = new Watcher(framesOf(text), connection);
        await watcher.#next();
        return watcher;
    }

    /** Resolves in the moment in which it is told that this call is open. */
    async sees(callId: string): Promise<void> {
        while ((await this.#next()).emergency?.call_id !== callId);
    }

    close(): void {
        this.#connection.abort();
    }

    async #next(): Promise<Me> {
        const { value, done } = await this.#frames.next();
        if (done) throw new Error("the stream ended");
        return JSON.parse(value) as Me;
    }
}

async function* framesOf(text: AsyncIterable<string>): AsyncGenerator<string, void> {
    let rest = "";
    for await (const part of text) {
        const blocks = (rest + part).split("\n\n");
        rest = blocks.pop() ?? "";
        for (const block of blocks) {
            const data = block.split("\n").filter((line) => line.startsWith("data:"));
            if (data.length > 0) yield data.map((line) => line.slice("data:".length)).join("\n");
        }
    }
}
