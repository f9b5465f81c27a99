/** What checking found, as a shape and words; each verdict has both of its own. */
import { capital, fieldName } from '../../format/address_country';
import type { AddressCheck } from '../../host/bindings/AddressCheck';
import type { CivicKey } from '../../host/bindings/CivicKey';
import type { Verdict } from '../../host/bindings/Verdict';
import { m } from '../../messages';
import type { Shape } from '../shared/StatusShape.svelte';
import { foundText } from './worded';

export const SHAPES: Record<Verdict, Shape> = {
  corrected: 'mended',
  invalid: 'alert',
  overridden: 'dash',
  unchecked: 'question',
  valid: 'check',
};

const WORST: Verdict[] = ['invalid', 'overridden', 'unchecked', 'corrected', 'valid'];

/** What was found of several elements that are shown as one: the worst of it. */
export function together(keys: CivicKey[], fields: AddressCheck['fields'] | undefined): Verdict | undefined {
  const found = keys.map((key) => fields?.[key]?.verdict);
  return WORST.find((verdict) => found.includes(verdict));
}

/** Some of it could be checked, and some could not. */
export function partly(check: AddressCheck | undefined): boolean {
  const found = Object.values(check?.fields ?? {}).map((field) => field.verdict);
  return found.includes('unchecked') && found.some((verdict) => verdict !== 'unchecked');
}

/** What is worth knowing about single parts, as sentences: corrections, and what could not be checked. */
export function remarks(check: AddressCheck | undefined, country: string): string[] {
  if (check === undefined || check.verdict === 'invalid' || !(partly(check) || check.verdict === 'corrected')) return [];
  const names = new Map<string, Set<string>>();
  for (const [key, field] of Object.entries(check.fields)) {
    if (field.verdict !== 'corrected' && field.verdict !== 'unchecked') continue;
    const text = foundText(field);
    names.set(text, (names.get(text) ?? new Set()).add(fieldName(key as CivicKey, country)));
  }
  return [...names].map(([text, about]) => m.address.remark(capital(m.address.all([...about])), text));
}

/**
 * What is marked part by part. Where nothing was checked one sentence says so for all; while
 * something is missing only what is wrong is marked.
 */
export function marks(check: AddressCheck | undefined): AddressCheck['fields'] | undefined {
  if (check === undefined) return undefined;
  const found = Object.entries(check.fields);
  if (check.problems.length > 0) return Object.fromEntries(found.filter(([, field]) => field.verdict === 'invalid'));
  return found.every(([, field]) => field.verdict === 'unchecked') ? undefined : check.fields;
}
