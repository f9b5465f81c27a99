import { localeIn } from '../format/locale';
import type { Zone } from '../format/time';
import { language, languageOf, speak } from '../messages';

/** Speaks the person's language, and writes times in the manner of their computer. */
export class Tongue implements Zone {
  constructor(private readonly wanted: readonly string[]) {
    this.speak(null);
  }

  /** What the computer is set to. */
  get own() {
    return languageOf(this.wanted);
  }

  /** In whose manner times and numbers are written. */
  get locale(): string {
    return localeIn(language(), this.wanted);
  }

  /** Changes to what the person chose; the computer's own where they chose nothing. */
  speak(chosen: ReturnType<typeof language> | null): void {
    speak(chosen ?? this.own);
  }
}
