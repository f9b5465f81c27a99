/** The typed text, cut into what was understood, what was not, and what lies between. */
import type { CivicKey } from '../../host/bindings/CivicKey';
import type { Part } from '../../host/bindings/Part';
import { m } from '../../messages';

export interface Piece {
  text: string;
  kind: 'understood' | 'unknown' | 'between';
  /** What it was understood as, in words. */
  label?: string;
}

/** The name of an element as people of that country call it. */
export function fieldName(field: CivicKey, country: string | undefined): string {
  if (field === 'PC' && country !== undefined && country !== 'US' && country !== 'PR') {
    return m.address.postcode;
  }
  if (field === 'A1' && country === 'CA') return m.address.province;
  return m.address.fields[field];
}

/** Neighbours of the same name become one: `7th` and `Ave` are the street `7th Ave`. */
export function pieces(text: string, parts: Part[], country: string | undefined): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  const between = (end: number) => {
    if (end > at) found.push({ kind: 'between', text: text.slice(at, end) });
    at = Math.max(at, end);
  };
  for (const part of [...parts].sort((a, b) => a.start - b.start)) {
    const start = Math.max(part.start, at);
    if (part.end <= start) continue;
    between(start);
    at = part.end;
    const word = text.slice(start, part.end);
    if (part.field === null) {
      found.push({ kind: 'unknown', text: word, label: m.address.notUnderstood });
      continue;
    }
    const label = fieldName(part.field, country);
    const gap = found.at(-1);
    const before = found.at(-2);
    if (gap?.kind === 'between' && gap.text.trim() === '' && !gap.text.includes('\n') && before?.label === label) {
      found.splice(-2, 2, { kind: 'understood', text: before.text + gap.text + word, label });
    } else {
      found.push({ kind: 'understood', text: word, label });
    }
  }
  between(text.length);
  return found;
}

const STREET: ReadonlySet<CivicKey | null> = new Set<CivicKey>(['HNO', 'HNS', 'PRM', 'PRD', 'RD', 'STS', 'POD', 'POM']);

/** The text with a unit written after its street, where people write it. */
export function withUnit(text: string, parts: Part[], unit: string): string {
  const street = parts.filter((part) => STREET.has(part.field)).map((part) => part.end);
  const at = street.length === 0 ? text.length : Math.max(...street);
  // A bare `4B` needs a word that says what it is.
  const named = /[a-z]{3,}|#/i.test(unit) ? unit.trim() : `Unit ${unit.trim()}`;
  return `${text.slice(0, at)}, ${named}${text.slice(at)}`;
}
