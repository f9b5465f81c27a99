/** How long a short word such as "Copied" stands. */
export const BRIEF_MS = 2500;

/** Something that shows for a moment. */
export class Brief {
  on = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(): void {
    clearTimeout(this.#timer);
    this.on = true;
    this.#timer = setTimeout(() => (this.on = false), BRIEF_MS);
  }
}
