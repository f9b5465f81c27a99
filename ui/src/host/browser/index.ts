/** The host of a page in a browser: asks the server the page came from, with the cookie it gave. */
import type { CommandErrorCode } from '../bindings/CommandErrorCode';
import type { DeskSession } from '../bindings/DeskSession';
import type { Drills } from '../bindings/Drills';
import type { EmergencySummary } from '../bindings/EmergencySummary';
import type { Notifications } from '../bindings/Notifications';
import type { OpenedAddress } from '../bindings/OpenedAddress';
import type { Problem } from '../bindings/Problem';
import type { RosterFrame } from '../bindings/RosterFrame';
import type { StartDrill } from '../bindings/StartDrill';
import type { StartedDrill } from '../bindings/StartedDrill';
import type { Connection, DeskHost } from '../desk';
import { HostError, type Stop } from '../host';
import { Link } from './link';

const SESSION = '/desk/session';
const DRILLS = '/v1/drills';
/** How long an answer may take: the server itself gives up after ten seconds. */
const ANSWER_MS = 20_000;

export class Browser implements DeskHost {
  #csrf = '';
  #link: Link | undefined;
  #rosterListeners = new Set<(frame: RosterFrame) => void>();
  #connectionListeners = new Set<(connection: Connection) => void>();

  constructor() {
    globalThis.addEventListener('online', () => this.#link?.hurry());
  }

  async session(): Promise<DeskSession | undefined> {
    try {
      return this.#signedIn(await this.#ask<DeskSession>('GET', SESSION));
    } catch (cause) {
      if (cause instanceof HostError && isSignedOut(cause)) return undefined;
      throw cause;
    }
  }

  async signIn(code: string): Promise<DeskSession> {
    return this.#signedIn(await this.#ask<DeskSession>('POST', SESSION, { code }));
  }

  async signOut(): Promise<void> {
    await this.#change('DELETE', SESSION);
    this.#link?.close();
    this.#tell('signed_out');
  }

  notifications = () => this.#ask<Notifications>('GET', '/v1/notifications');

  acknowledgeEmergency = (reference: string) =>
    this.#change<EmergencySummary>('POST', `/v1/emergencies/${encodeURIComponent(reference)}/acknowledgements`);

  openAddress = (username: string, reason: string | null) =>
    this.#change<OpenedAddress>('POST', `/v1/roster/${encodeURIComponent(username)}/break-glass`, { reason });

  callIsOver = (reference: string) => this.#change<void>('POST', `/v1/emergencies/${encodeURIComponent(reference)}/over`);

  startDrill = (whom: StartDrill) => this.#change<StartedDrill>('POST', DRILLS, whom);

  drills = () => this.#ask<Drills>('GET', DRILLS);

  drillTableAt = (drillId: string) => `${DRILLS}/${encodeURIComponent(drillId)}?format=csv`;

  async watchRoster(watching: boolean): Promise<void> {
    this.#link?.close();
    this.#link = undefined;
    if (!watching) return;
    this.#link = new Link('/v1/roster/events', {
      message: ({ event, data }) => {
        if (event !== 'roster') return;
        const frame = JSON.parse(data) as RosterFrame;
        for (const listener of this.#rosterListeners) listener(frame);
      },
      up: () => this.#tell('online'),
      down: () => this.#tell('offline'),
      refused: () => this.#tell('signed_out'),
    });
  }

  async onRoster(listener: (frame: RosterFrame) => void): Promise<Stop> {
    this.#rosterListeners.add(listener);
    return () => void this.#rosterListeners.delete(listener);
  }

  onConnection(listener: (connection: Connection) => void): Stop {
    this.#connectionListeners.add(listener);
    return () => void this.#connectionListeners.delete(listener);
  }

  #signedIn(session: DeskSession): DeskSession {
    this.#csrf = session.csrf_token;
    return session;
  }

  #tell(connection: Connection): void {
    for (const listener of this.#connectionListeners) listener(connection);
  }

  /** Changes something. Another tab may have signed in anew: then the token is another one. */
  async #change<T>(method: string, path: string, body?: unknown): Promise<T> {
    try {
      return await this.#ask<T>(method, path, body);
    } catch (cause) {
      if (!(cause instanceof HostError && cause.code === 'forbidden')) throw cause;
      const before = this.#csrf;
      if ((await this.session()) === undefined || this.#csrf === before) throw cause;
      return this.#ask<T>(method, path, body);
    }
  }

  async #ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    let response: Response;
    try {
      response = await fetch(path, {
        method,
        cache: 'no-store',
        credentials: 'same-origin',
        headers: {
          ...(method === 'GET' ? {} : { 'x-csrf-token': this.#csrf }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
    } catch (cause) {
      throw new HostError('offline', String(cause));
    }
    const answer = await response.json().catch(() => undefined);
    if (response.ok) return answer as T;
    const error = refusal(answer);
    if (isSignedOut(error) && path !== SESSION) this.#tell('signed_out');
    throw error;
  }
}

/** What the server's envelope says; something else may have answered in its place. */
function refusal(answer: unknown): HostError {
  const said = (answer ?? {}) as { code?: CommandErrorCode; detail?: string; problems?: Problem[] };
  return typeof said.code === 'string'
    ? new HostError(said.code, said.detail ?? '', said.problems)
    : new HostError('unexpected_answer', '');
}

function isSignedOut({ code }: HostError): boolean {
  return code === 'unauthenticated' || code === 'token_expired' || code === 'token_revoked';
}
