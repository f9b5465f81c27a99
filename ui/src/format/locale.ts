/**
 * The first of the languages the person wants in which this platform can write times. A desktop
 * without a language (`LANG=C`) gives WebKit the name `C`, which `Intl` refuses with an exception.
 */
export function locale(wanted: readonly string[]): string {
  const usable = wanted.find((tag) => {
    try {
      return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
    } catch {
      return false;
    }
  });
  return usable ?? 'en-US';
}
