/** The time as the server sees it, ticking on whole seconds of what is shown. */
export class Clock {
  /** Milliseconds since 1970 on the server's clock. */
  now = $state(Date.now());

  #skew = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** This computer's time of a moment on the server's clock is that less the skew. */
  get skew(): number {
    return this.#skew;
  }

  /** Follows the server's clock: `skew` is that less this computer's, in milliseconds. */
  follow(skew: number): void {
    this.#skew = skew;
    this.now = Date.now() + skew;
  }

  /** A time of this computer's clock, on the server's. */
  fromLocal(local: number): number {
    return local + this.#skew;
  }

  start(): void {
    this.stop();
    const tick = () => {
      this.now = Date.now() + this.#skew;
      // Aligned with the second, so that a stopwatch never skips one.
      this.#timer = setTimeout(tick, 1000 - (((this.now % 1000) + 1000) % 1000));
    };
    tick();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
