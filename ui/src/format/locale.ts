/** In whose manner times and numbers are written. */

/**
 * The manner of this language that fits the person best: one they named (`es-PR`), or else the
 * language with the region of their computer (`es-US`), so that whoever reads Spanish in Seattle
 * keeps the twelve hours of Seattle. A desktop without a language (`LANG=C`) gives WebKit the name
 * `C`, which `Intl` refuses with an exception.
 */
export function localeIn(language: string, wanted: readonly string[]): string {
  const usable = wanted.flatMap((tag) => {
    try {
      return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0 ? [new Intl.Locale(tag)] : [];
    } catch {
      return [];
    }
  });
  const named = usable.find((tag) => tag.language === language);
  if (named !== undefined) return named.baseName;
  const region = usable.find((tag) => tag.region !== undefined)?.region ?? (language === 'en' ? 'US' : undefined);
  return new Intl.Locale(language, { region }).baseName;
}
