import type { EmergencySummary } from '../host/bindings/EmergencySummary';
import type { Notification } from '../host/bindings/Notification';
import type { NotificationChannel } from '../host/bindings/NotificationChannel';
import type { NotificationState } from '../host/bindings/NotificationState';
import type { DeskHost } from '../host/desk';
import { HostError } from '../host/host';

/** How often it is looked at what became of telling people, while there is a call. */
const EVERY_MS = 3000;

/** How many are in one state by one way. */
export interface Tally {
  state: NotificationState;
  channel: NotificationChannel;
  count: number;
}

/** What needs somebody first. */
const STATES: NotificationState[] = ['dead', 'waiting', 'sent'];
const CHANNELS: NotificationChannel[] = ['mail', 'webhook', 'task'];

/** Whether people were told of the calls that are shown. */
export class Told {
  notifications = $state.raw<Notification[] | undefined>(undefined);
  failure = $state.raw<HostError | undefined>(undefined);

  #timer: ReturnType<typeof setTimeout> | undefined;
  #calls = '';
  #closed = true;

  constructor(private readonly host: Pick<DeskHost, 'notifications'>) {}

  /** Looks now if the calls are others than before, and then again and again while there are any. */
  follow(calls: EmergencySummary[]): void {
    const names = calls.map(({ emergency }) => `${emergency.call_id} ${emergency.phase}`).join('\n');
    if (names === this.#calls) return;
    this.#calls = names;
    this.#closed = calls.length === 0;
    clearTimeout(this.#timer);
    if (!this.#closed) void this.#look(names);
  }

  /** The sums for one call; `undefined` until they are known. */
  of(summary: EmergencySummary): Tally[] | undefined {
    const own = this.notifications?.filter(
      ({ call_id, username }) => call_id === summary.emergency.call_id && username === summary.username,
    );
    return own && STATES.flatMap((state) =>
      CHANNELS.map((channel) => ({
        state,
        channel,
        count: own.filter((one) => one.state === state && one.channel === channel).length,
      })).filter(({ count }) => count > 0),
    );
  }

  close(): void {
    this.#closed = true;
    this.#calls = '';
    clearTimeout(this.#timer);
  }

  async #look(names: string): Promise<void> {
    try {
      this.notifications = (await this.host.notifications()).notifications;
      this.failure = undefined;
    } catch (cause) {
      this.failure = HostError.from(cause);
    }
    if (this.#closed || this.#calls !== names) return;
    this.#timer = setTimeout(() => void this.#look(names), EVERY_MS);
  }
}
