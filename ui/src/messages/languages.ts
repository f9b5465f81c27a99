/** The languages of the catalogue, each by the name it has for itself. */
export const LANGUAGES = { da: 'Dansk', en: 'English', es: 'Español', fr: 'Français' } as const;

/** A language of the catalogue, by its ISO 639-1 code. */
export type Language = keyof typeof LANGUAGES;

/** Whether this is the code of a language of the catalogue. */
export function isLanguage(code: unknown): code is Language {
  return typeof code === 'string' && Object.hasOwn(LANGUAGES, code);
}

/** The first language of these tags that there is a catalogue for; English where there is none. */
export function languageOf(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const code = tag.toLowerCase().split(/[-_.@]/)[0];
    if (isLanguage(code)) return code;
  }
  return 'en';
}
