/** A placeholder before this long only flickers. */
export const PATIENCE_MS = 300;

/** True once something has been awaited for longer than a person notices. */
export class Patience {
  over = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(waiting = true) {
    if (waiting) this.wait();
  }

  wait(): void {
    this.done();
    this.#timer = setTimeout(() => (this.over = true), PATIENCE_MS);
  }

  done(): void {
    clearTimeout(this.#timer);
    this.over = false;
  }
}
