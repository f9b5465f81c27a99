/** How long "Undo" is offered. */
export const REGRET_MS = 8000;

/**
 * Something that happens unless it is taken back in time. Until then nothing has happened: a
 * window that closes keeps everything.
 */
export class Regret<Subject> {
  subject = $state.raw<Subject | undefined>(undefined);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly carryOut: (subject: Subject) => void) {}

  /** Does it in a while. What waited before is done now. */
  plan(subject: Subject): void {
    this.settle();
    this.subject = subject;
    this.#timer = setTimeout(() => this.settle(), REGRET_MS);
  }

  undo(): void {
    clearTimeout(this.#timer);
    this.subject = undefined;
  }

  /** Does now what still waits, as when its screen is left. */
  settle(): void {
    clearTimeout(this.#timer);
    const subject = this.subject;
    this.subject = undefined;
    if (subject !== undefined) this.carryOut(subject);
  }
}
