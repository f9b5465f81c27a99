import type { View } from '../host/bindings/View';
import { HostError, type Host, type Stop } from '../host/host';
import { Clock } from './clock.svelte';

/** The newest view, and the clock that goes with it. */
export class Live {
  view = $state.raw<View | undefined>(undefined);
  failure = $state.raw<HostError | undefined>(undefined);

  readonly clock = new Clock();
  #stop: Stop | undefined;
  #closed = false;

  constructor(
    private readonly host: Pick<Host, 'snapshot' | 'onView' | 'first'>,
    /** Hears of each view before it is shown: the language changes with the words, not after them. */
    private readonly heard: (view: View) => void = () => undefined,
  ) {
    if (host.first) this.accept(host.first);
  }

  /** Listens first and asks second, so that no change falls between the two. */
  async open(): Promise<void> {
    this.clock.start();
    try {
      const stop = await this.host.onView((view) => this.accept(view));
      if (this.#closed) return stop();
      this.#stop = stop;
      this.accept(await this.host.snapshot());
    } catch (cause) {
      this.failure = HostError.from(cause);
    }
  }

  /** Takes a view unless a newer one is already shown. */
  accept(view: View): void {
    if (this.view !== undefined && view.revision < this.view.revision) return;
    this.heard(view);
    this.clock.follow(view.clock_skew_ms);
    this.view = view;
    this.failure = undefined;
  }

  close(): void {
    this.#closed = true;
    this.#stop?.();
    this.clock.stop();
  }
}
