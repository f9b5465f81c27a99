import { catalogues } from './catalogues';
import type { Messages } from './en';
import type { Language } from './languages';

const current = $state<{ language: Language }>({ language: 'en' });

/** The language in use. */
export function language(): Language {
  return current.language;
}

/** Changes the language of everything on the screen. */
export function speak(to: Language): void {
  current.language = to;
  if (typeof document !== 'undefined') document.documentElement.lang = to;
}

/**
 * The catalogue in use. What reads it in a template or a `$derived` follows the language; a
 * constant that is filled from it when its file is loaded does not.
 */
export const m: Messages = new Proxy(catalogues.en, {
  get: (_english, room: keyof Messages) => catalogues[current.language][room],
});
