/** A stand-in for the address list: a few streets it knows, and something wrong with each. */
import type { AddressCheck } from '../bindings/AddressCheck';
import type { CivicAddress } from '../bindings/CivicAddress';
import type { CivicKey } from '../bindings/CivicKey';
import type { Cut } from '../bindings/Cut';
import type { FieldCheck } from '../bindings/FieldCheck';
import type { Problem } from '../bindings/Problem';
import type { Verdict } from '../bindings/Verdict';

/** What stands behind the server. */
export type AddressList = 'answers' | 'none' | 'silent';

const LIST = 'King County address list';
const ROOM = 12;
const words = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(' ');

export function checked(address: CivicAddress, list: AddressList = 'answers'): AddressCheck {
  const street = words(address.PRD, address.RD, address.STS, address.POD);
  const door = [address.UNIT, address.FLR && `Floor ${address.FLR}`, address.ROOM && `Room ${address.ROOM}`];
  const lines = [
    [words(address.HNO, street), ...door].filter(Boolean).join(', '),
    [address.A3, words(address.A1, address.PC)].filter(Boolean).join(', '),
  ];
  const problems = missing(address);
  const base: AddressCheck = {
    verdict: problems.length > 0 ? 'invalid' : 'unchecked',
    fields: each(address, 'unchecked', 'Taken as it is; nothing was there to check it against.'),
    problems,
    suggestions: [],
    notes: list === 'silent' ? [`The ${LIST} did not answer.`] : [],
    by: null,
    several_units: address.RD === '7th' && address.HNO === '2121',
    lines,
    responder_view: { text: lines.join('\n').toUpperCase(), cut: [] },
  };
  if (problems.length > 0) return base;
  const seen = cut(base, address.UNIT);
  return list === 'answers' ? judged(seen, address, street) : seen;
}

function judged(base: AddressCheck, address: CivicAddress, street: string): AddressCheck {
  const valid = each(address, 'valid', 'The list has it.');
  const one = (key: CivicKey, verdict: Verdict, text: string) => ({ ...base, by: LIST, verdict, fields: { ...valid, [key]: { verdict, text } } });
  if (address.RD === 'Pine' && Number(address.HNO) > 299) {
    return {
      ...one('HNO', 'invalid', `${street} ends at number 299.`),
      suggestions: [
        { fields: { ...address, HNO: '299' }, differs: ['HNO'], numbers: '200-299', text: `Did you mean 200-299 ${street}?` },
        { fields: { ...address, RD: 'Pike' }, differs: ['RD'], numbers: null, text: 'Did you mean 4100 E Pike St?' },
      ],
    };
  }
  if (address.RD === 'Couch' && address.PRD === undefined) {
    return one('RD', 'corrected', 'The list has this street as NW Couch St.');
  }
  if (address.RD === 'Yakima') return one('HNO', 'unchecked', 'The list knows the street and not its numbers.');
  return { ...base, by: LIST, verdict: 'valid', fields: valid };
}

function missing(address: CivicAddress): Problem[] {
  const needs: [CivicKey, string][] = [
    ['HNO', 'The house number is missing.'],
    ['RD', 'The street is missing.'],
    ['A3', 'The city is missing.'],
  ];
  return needs.filter(([key]) => address[key] === undefined).map(([field, text]) => ({ code: 'missing', field, text }));
}

function each(address: CivicAddress, verdict: Verdict, text: string): AddressCheck['fields'] {
  const found: FieldCheck = { verdict, text };
  const keys = Object.keys(address).filter((key) => key !== 'country');
  return Object.fromEntries(keys.map((key) => [key, found]));
}

function cut(check: AddressCheck, unit: string | undefined): AddressCheck {
  if (unit === undefined || unit.length <= ROOM) return check;
  const to = unit.slice(0, ROOM);
  const lost: Cut = { field: 'UNIT', from: unit, to, why: `The dispatcher’s screen has room for ${ROOM} characters here.` };
  const text = check.lines.join('\n').replace(unit, to).toUpperCase();
  return { ...check, responder_view: { text, cut: [lost] } };
}
