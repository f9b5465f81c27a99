/** What checking found, worded by code where the sentence itself is not known in this language. */
import type { Cut } from '../../host/bindings/Cut';
import type { FieldCheck } from '../../host/bindings/FieldCheck';
import type { Problem } from '../../host/bindings/Problem';
import { capital, fieldName } from '../../format/address_country';
import { m, told } from '../../messages';

/** What keeps an address from being sent. */
export function problemText({ code, field, text }: Problem, country?: string): string {
  const known = told(text);
  if (known !== undefined) return known;
  const general = m.server.problems[code] as string | undefined;
  // A code that is newer than this catalogue.
  if (general === undefined) return text;
  return field === null ? general : m.address.remark(capital(fieldName(field, country)), general);
}

/** What was found of one element. */
export function foundText({ verdict, text }: FieldCheck): string {
  return told(text) ?? m.server.found[verdict];
}

/** Why an element does not arrive as it was written. */
export function cutText({ why }: Pick<Cut, 'why'>): string {
  return told(why) ?? m.server.cut;
}
