import { createContext } from 'svelte';

import { emergencyNumber } from '../format/country';
import type { Zone } from '../format/time';
import type { Declare } from '../host/bindings/Declare';
import type { SignedIn } from '../host/bindings/SignedIn';
import type { View } from '../host/bindings/View';
import type { Host } from '../host/host';
import type { Language } from '../messages';
import { Live } from './live.svelte';
import { Navigation } from './navigation.svelte';
import { Preferences } from './preferences.svelte';
import { Task } from './task.svelte';
import { Tongue } from './tongue.svelte';

/** What every screen of the main window shares. */
export class App {
  readonly live: Live;
  readonly navigation = new Navigation();
  readonly confirming = new Task();
  readonly ending = new Task();
  /** Where the agent was when they ended their shift, for as long as that can be taken back. */
  ended = $state.raw<Declare | undefined>(undefined);

  constructor(
    readonly host: Host,
    readonly preferences: Preferences,
    readonly zone: Zone | Tongue,
  ) {
    this.live = new Live(host, (view) => this.#speak(view));
  }

  /** Speaks as the person chose, and lets the tray know how the app speaks on this computer. */
  #speak({ language }: View): void {
    if (!(this.zone instanceof Tongue)) return;
    this.zone.speak(language);
    this.#tell(language !== null);
  }

  #told = '';
  #tell(chosen: boolean): void {
    const { locale } = this.zone;
    if (this.#told === `${locale} ${chosen}`) return;
    this.#told = `${locale} ${chosen}`;
    // The tray keeps the language it has.
    void this.host.speak(locale, chosen).catch(() => undefined);
  }

  /** Chooses a language; null follows the computer. The view brings it to every window. */
  choose(language: Language | null): void {
    if (!(this.zone instanceof Tongue)) return;
    this.zone.speak(language);
    this.#tell(language !== null);
  }

  get now(): number {
    return this.live.clock.now;
  }

  get signedIn(): SignedIn | undefined {
    const session = this.live.view?.session;
    return session?.state === 'signed_in' ? session : undefined;
  }

  /** What this agent dials for help. */
  get number(): string {
    return emergencyNumber(this.signedIn?.agent.country ?? 'US');
  }

  get offline(): boolean {
    return this.live.view?.connection.state === 'offline';
  }

  /** When the server is looked for again, on this computer's clock; null while it is there. */
  get retryAt(): string | null {
    const connection = this.live.view?.connection;
    return connection?.state === 'offline' ? connection.retry_at : null;
  }

  /** Says where the agent is and shows what became of it. */
  async confirm(declare: Declare): Promise<void> {
    const kept = await this.confirming.run(() => this.host.confirm(declare));
    if (!kept) return;
    this.ended = undefined;
    this.navigation.start();
  }

  async endShift(): Promise<void> {
    const last = this.signedIn?.location.served?.last_known;
    const from = last ? declare(last) : undefined;
    if (!(await this.ending.run(() => this.host.endShift()))) return;
    this.ended = from;
    this.navigation.start();
  }
}

/** What is said about a place that somebody picked. */
export function declare(
  from: Pick<Declare, 'place' | 'label' | 'class' | 'lines'>,
  overrideReason: string | null = null,
): Declare {
  const { place, label, class: kind, lines } = from;
  return { place, label, class: kind, lines, override_reason: overrideReason };
}

export const [useApp, provideApp] = createContext<App>();
