/** The forms a language has for a count; `other` always exists. */
export type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** Picks the form for `count` and writes the count, grouped, in place of `#`. */
export function plural(locale: string, count: number, forms: Forms): string {
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;
  return form.replaceAll('#', new Intl.NumberFormat(locale).format(count));
}

/** `a`, `a and b`, `a, b and c`, as the language lists things. */
export function list(locale: string, items: string[]): string {
  return new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' }).format(items);
}
