/** The typed text, cut into what was understood, what was not, and what lies between. */
import { fieldName, inOrder } from '../../format/address_country';
import type { CivicAddress } from '../../host/bindings/CivicAddress';
import type { CivicKey } from '../../host/bindings/CivicKey';
import type { Part } from '../../host/bindings/Part';
import { m } from '../../messages';
import type { AddressDraft } from '../../state/address_draft.svelte';

export interface Piece {
  text: string;
  /** `assumed`: not in the text. */
  kind: 'understood' | 'unknown' | 'between' | 'assumed';
  /** What it was understood as, in words. */
  label?: string;
  /** The same as elements. */
  keys: CivicKey[];
}

/** Neighbours of the same name become one: `7th` and `Ave` are the street `7th Ave`. */
export function pieces(text: string, parts: Part[], country: string | undefined): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  const between = (end: number) => {
    if (end > at) found.push({ kind: 'between', text: text.slice(at, end), keys: [] });
    at = Math.max(at, end);
  };
  for (const part of [...parts].sort((a, b) => a.start - b.start)) {
    const start = Math.max(part.start, at);
    if (part.end <= start) continue;
    between(start);
    at = part.end;
    const word = text.slice(start, part.end);
    const next: Piece =
      part.field === null
        ? { kind: 'unknown', text: word, label: m.address.notUnderstood, keys: [] }
        : { kind: 'understood', text: word, label: fieldName(part.field, country), keys: [part.field] };
    const gap = found.at(-1);
    const before = found.at(-2);
    const spaced = gap?.kind === 'between' && gap.text.trim() === '' && !gap.text.includes('\n');
    if (spaced && before !== undefined && before.label === next.label) {
      found.splice(-2, 2, { ...next, text: before.text + gap.text + word, keys: [...before.keys, ...next.keys] });
    } else {
      found.push(next);
    }
  }
  between(text.length);
  return found;
}

/** The elements of an address that no text was cut into. */
export function named(address: CivicAddress, country: string, kind: 'understood' | 'assumed'): Piece[] {
  const found: Piece[] = [];
  for (const key of inOrder(address)) {
    const text = address[key] ?? '';
    const label = fieldName(key, country);
    const last = found.at(-1);
    if (last?.label === label) found.splice(-1, 1, { ...last, text: `${last.text} ${text}`, keys: [...last.keys, key] });
    else found.push({ kind, text, label, keys: [key] });
  }
  return found;
}

const STREET: ReadonlySet<CivicKey | null> = new Set<CivicKey>(['HNO', 'HNS', 'PRM', 'PRD', 'RD', 'STS', 'POD', 'POM']);

/** The text with something written after its street, where Americans write a unit. */
export function afterStreet(text: string, parts: Part[], words: string): string {
  const street = parts.filter((part) => STREET.has(part.field)).map((part) => part.end);
  const at = street.length === 0 ? text.length : Math.max(...street);
  return `${text.slice(0, at)}, ${words}${text.slice(at)}`;
}

/** The parts of an address as they light up: of the text, and what nobody typed. */
export function understood(draft: Pick<AddressDraft, 'text' | 'given' | 'fields' | 'country' | 'reading'>): Piece[] {
  const { country, fields } = draft;
  if (draft.given) return named(fields, country, 'understood');
  const typed = pieces(draft.text, draft.reading.answer?.parts ?? [], country);
  const seen = new Set(typed.flatMap((piece) => piece.keys));
  const rest = Object.fromEntries(Object.entries(fields).filter(([key]) => !seen.has(key as CivicKey)));
  return [...typed, ...named(rest, country, 'assumed')];
}
