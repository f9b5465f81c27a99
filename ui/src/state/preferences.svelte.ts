/** What one person chose on this computer. Losing it costs nothing. */
export class Preferences {
  /** S, H and E act as shortcuts. */
  letterKeys = $state(true);
  /** The building and floor looked at last. */
  floor = $state.raw<{ site: string; floor: string } | undefined>(undefined);

  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.letterKeys = this.#read('letter-keys') !== false;
    const floor = this.#read('floor');
    if (isFloor(floor)) this.floor = floor;
  }

  setLetterKeys(on: boolean): void {
    this.letterKeys = on;
    this.#write('letter-keys', on);
  }

  setFloor(site: string, floor: string): void {
    this.floor = { site, floor };
    this.#write('floor', this.floor);
  }

  // A store that is full, forbidden or broken is as good as an empty one.
  #read(key: string): unknown {
    try {
      return JSON.parse(this.storage.getItem(`whereabouts.${key}`) ?? 'null');
    } catch {
      return undefined;
    }
  }

  #write(key: string, value: unknown): void {
    try {
      this.storage.setItem(`whereabouts.${key}`, JSON.stringify(value));
    } catch {
      // Kept for as long as the window is open.
    }
  }
}

function isFloor(value: unknown): value is { site: string; floor: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { site?: unknown }).site === 'string' &&
    typeof (value as { floor?: unknown }).floor === 'string'
  );
}
