import type { AddressClass } from '../host/bindings/AddressClass';
import type { Place } from '../host/bindings/Place';

/** Where in the main window one is. `home` is the question or its answer, as things stand. */
export type ScreenName =
  | { name: 'home' }
  | { name: 'change' }
  | { name: 'seat' }
  | { name: 'places'; class: AddressClass }
  /** `here`: the saved place is where the agent is, and needs a look first. */
  | { name: 'address'; class: AddressClass; place?: Place; here?: boolean }
  | { name: 'decline' }
  | { name: 'settings' }
  | { name: 'team' };

/** The way here, so that Back goes where one came from. */
export class Navigation {
  #way = $state.raw<ScreenName[]>([{ name: 'home' }]);

  get current(): ScreenName {
    return this.#way.at(-1) ?? { name: 'home' };
  }

  /** Whether there is something to go back to. */
  get deep(): boolean {
    return this.#way.length > 1;
  }

  go(screen: ScreenName): void {
    this.#way = [...this.#way, screen];
  }

  back(): void {
    this.#way = this.#way.length > 1 ? this.#way.slice(0, -1) : this.#way;
  }

  /** Starts over at one of the sections. */
  start(screen: ScreenName = { name: 'home' }): void {
    this.#way = [screen];
  }
}
