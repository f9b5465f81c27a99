import type { Zone } from '../format/time';
import { instant } from '../format/time';
import type { DeskSession } from '../host/bindings/DeskSession';
import type { Connection, DeskHost } from '../host/desk';
import { HostError, type Stop } from '../host/host';
import { Clock } from './clock.svelte';
import { Task } from './task.svelte';
import { Told } from './told.svelte';
import type { Watching } from './watching';

/** How soon it is asked again who is signed in, while the server is out of reach. */
const AGAIN_MS = 3000;

/** The security desk's page: who is signed in, and whether the server is there. */
export class Desk implements Watching {
  /** `undefined` until it is known, `null` for nobody. */
  session = $state.raw<DeskSession | null | undefined>(undefined);
  /** Why it is not known who is signed in. */
  failure = $state.raw<HostError | undefined>(undefined);
  offline = $state(false);
  /** They were signed in on this page, and are not any more without having asked for it. */
  lost = $state(false);

  readonly clock = new Clock();
  readonly signingIn = new Task();
  readonly signingOut = new Task();
  readonly told: Told;
  #stop: Stop;
  #again: ReturnType<typeof setTimeout> | undefined;
  #leaving = false;

  constructor(
    readonly host: DeskHost,
    readonly zone: Zone,
  ) {
    this.told = new Told(host);
    this.#stop = host.onConnection((connection) => this.#connected(connection));
  }

  get now(): number {
    return this.clock.now;
  }

  /** Finds out who is signed in; asks again and again while the server is out of reach. */
  async open(): Promise<void> {
    this.clock.start();
    clearTimeout(this.#again);
    try {
      this.#take((await this.host.session()) ?? null);
      this.failure = undefined;
    } catch (cause) {
      this.failure = HostError.from(cause);
      this.#again = setTimeout(() => void this.open(), AGAIN_MS);
    }
  }

  async signIn(code: string): Promise<void> {
    await this.signingIn.run(async () => this.#take(await this.host.signIn(code)));
  }

  async signOut(): Promise<void> {
    this.#leaving = true;
    await this.signingOut.run(() => this.host.signOut());
    this.#leaving = false;
  }

  close(): void {
    clearTimeout(this.#again);
    this.#stop();
    this.told.close();
    this.clock.stop();
  }

  #take(session: DeskSession | null): void {
    if (session !== null) {
      this.clock.follow(instant(session.now) - Date.now());
      this.lost = false;
      this.offline = false;
    }
    this.session = session;
  }

  #connected(connection: Connection): void {
    if (connection !== 'signed_out') {
      this.offline = connection === 'offline';
      return;
    }
    this.lost = this.session !== null && !this.#leaving;
    this.session = null;
    this.told.close();
  }
}
