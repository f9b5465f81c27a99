import { Messages, type Message } from './messages';

/** The server says something at least every 15 s; silence for three times that is a dead line. */
const SILENCE_MS = 45_000;
/** How long a server may take to answer at all. */
const ANSWER_MS = 10_000;
/** The first pause before another try, and the longest. */
const PAUSE_MS = [500, 10_000] as const;

/** What is told of a link. */
export interface Hears {
  message(message: Message): void;
  /** Another connection stands. */
  up(): void;
  /** There is none, and it could not be had again at once. */
  down(): void;
  /** The server wants somebody to sign in; nothing is tried any more. */
  refused(): void;
}

/** A stream of the server's events that comes back by itself. */
export class Link {
  #ended = new AbortController();
  #wake: (() => void) | undefined;

  constructor(
    private readonly path: string,
    private readonly hears: Hears,
    private readonly jitter: () => number = Math.random,
  ) {
    void this.#run();
  }

  /** Tries now, because the network is back. */
  hurry(): void {
    this.#wake?.();
  }

  close(): void {
    this.#ended.abort();
    this.#wake?.();
  }

  get #closed(): boolean {
    return this.#ended.signal.aborted;
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#closed) {
      const how = await this.#connect();
      if (this.#closed) return;
      if (how === 'refused') return this.hears.refused();
      failures = how === 'stood' ? 0 : failures + 1;
      // A server that is started anew is back before anybody has to know.
      if (failures > 0) this.hears.down();
      await this.#pause(failures);
    }
  }

  /** One connection, until it is over: it stood for a while, or never did. */
  async #connect(): Promise<'stood' | 'failed' | 'refused'> {
    const over = new AbortController();
    const end = () => over.abort();
    this.#ended.signal.addEventListener('abort', end);
    let patience = setTimeout(end, ANSWER_MS);
    let stood = false;
    try {
      const response = await fetch(this.path, {
        headers: { accept: 'text/event-stream' },
        cache: 'no-store',
        credentials: 'same-origin',
        signal: over.signal,
      });
      if (response.status === 401 || response.status === 403) return 'refused';
      if (!response.ok || !response.body) return 'failed';
      const reader = response.body.getReader();
      const messages = new Messages();
      for (;;) {
        clearTimeout(patience);
        patience = setTimeout(end, SILENCE_MS);
        const { done, value } = await reader.read();
        if (done) break;
        if (!stood) this.hears.up();
        stood = true;
        for (const message of messages.take(value)) this.#tell(message);
      }
    } catch {
      // The line is gone, whatever the reason.
    } finally {
      clearTimeout(patience);
      end();
      this.#ended.signal.removeEventListener('abort', end);
    }
    return stood ? 'stood' : 'failed';
  }

  /** A page that cannot show something is no reason to give the line up. */
  #tell(message: Message): void {
    try {
      this.hears.message(message);
    } catch (cause) {
      reportError(cause);
    }
  }

  /** Longer after each failure, and never the same for all pages that lost the same server. */
  #pause(failures: number): Promise<void> {
    const [first, longest] = PAUSE_MS;
    const full = Math.min(longest, first * 2 ** Math.max(0, failures - 1));
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, full * (0.5 + this.jitter() / 2));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
