/**
 * A stand-in for the reader of addresses, good enough to work on the screens with: words of a few
 * kinds, in the order Americans write them. The real one is in Rust and runs inside the app.
 */
import type { AddressCheck } from '../bindings/AddressCheck';
import type { CivicAddress } from '../bindings/CivicAddress';
import type { CivicKey } from '../bindings/CivicKey';
import type { Interpretation } from '../bindings/Interpretation';
import type { Part } from '../bindings/Part';
import type { Problem } from '../bindings/Problem';
import { oneLine } from '../../format/address';

const CITIES = /^(seattle|portland|bellevue|tacoma)$/i;
const SUFFIXES = /^(ave|avenue|st|street|rd|road|way|blvd|dr|ln|pl|ct)\.?$/i;
const DIRECTIONS = /^(n|s|e|w|ne|nw|se|sw)$/i;
const UNITS = /^(apt|unit|suite|ste|#)$/i;
const short: Record<string, string> = { avenue: 'Ave', street: 'St', road: 'Rd' };

export function read(text: string): Interpretation {
  const parts: Part[] = [];
  const fields: CivicAddress = {};
  const notes: string[] = [];
  const take = (field: CivicKey | null, word: { 0: string; index: number }, value = word[0]) => {
    parts.push({ field, start: word.index, end: word.index + word[0].length });
    if (field !== null) fields[field] = fields[field] === undefined ? value : `${fields[field]} ${value}`;
  };
  let awaiting: CivicKey | undefined;
  for (const word of text.matchAll(/#|[^\s,#]+/g)) {
    const said = word[0];
    if (awaiting !== undefined) {
      take(awaiting, word, said.toUpperCase());
      awaiting = undefined;
    } else if (UNITS.test(said)) {
      take('UNIT', word);
      awaiting = 'UNIT';
    } else if (/^(floor|fl)$/i.test(said)) {
      parts.push({ field: 'FLR', start: word.index, end: word.index + said.length });
      awaiting = 'FLR';
    } else if (/^\d{5}$/.test(said) && fields.HNO !== undefined) take('PC', word);
    else if (/^\d+[a-z]?$/i.test(said) && fields.HNO === undefined) take('HNO', word);
    else if (CITIES.test(said)) take('A3', word, said.charAt(0).toUpperCase() + said.slice(1).toLowerCase());
    else if (/^(wa|or|washington|oregon)$/i.test(said)) take('A1', word, said.slice(0, 2).toUpperCase());
    else if (SUFFIXES.test(said) && fields.RD !== undefined) {
      const value = short[said.toLowerCase()] ?? said;
      if (value !== said) notes.push(`${said} is written ${value}.`);
      take('STS', word, value);
    } else if (DIRECTIONS.test(said)) take(fields.RD === undefined ? 'PRD' : 'POD', word, said.toUpperCase());
    else if (fields.HNO !== undefined && fields.STS === undefined && fields.A3 === undefined) take('RD', word);
    else take(null, word);
  }
  const problems: Problem[] = [];
  const needs = (key: CivicKey, what: string) => {
    if (fields[key] === undefined) problems.push({ code: 'missing', field: key, text: what });
  };
  if (/\bp\.?\s?o\.?\s?box\b/i.test(text)) {
    problems.push({ code: 'po_box', field: null, text: 'Nobody can be sent to a post-office box. Write the street address.' });
  }
  needs('HNO', 'The house number is missing.');
  needs('RD', 'The street is missing.');
  needs('A3', 'The city is missing.');
  needs('A1', 'The state is missing.');
  return { fields: { country: 'US', ...fields }, problems, notes, candidates: [], parts };
}

export function checked(address: CivicAddress): AddressCheck {
  const street = [address.HNO, address.PRD, address.RD, address.STS, address.POD].filter(Boolean).join(' ');
  const lines = [
    [street, address.UNIT].filter(Boolean).join(', '),
    [address.A3, [address.A1, address.PC].filter(Boolean).join(' ')].filter(Boolean).join(', '),
  ];
  const base: AddressCheck = {
    verdict: 'unchecked',
    fields: {},
    problems: [],
    suggestions: [],
    notes: [],
    by: null,
    several_units: false,
    lines,
    responder_view: { text: lines.join('\n').toUpperCase(), cut: [] },
  };
  if (address.RD === 'Pine' && Number(address.HNO) > 4000) {
    return {
      ...base,
      verdict: 'invalid',
      suggestions: [
        { fields: { ...address, HNO: '299' }, differs: ['HNO'], numbers: '200-299', text: 'E Pine St has the numbers 200 to 299 there.' },
      ],
      fields: { HNO: { verdict: 'invalid', text: `${oneLine({ RD: address.RD, STS: address.STS })} ends at number 299.` } },
    };
  }
  if ((address.UNIT?.length ?? 0) > 12) {
    return {
      ...base,
      responder_view: {
        text: lines.join('\n').replace(address.UNIT ?? '', (address.UNIT ?? '').slice(0, 12)).toUpperCase(),
        cut: [
          {
            field: 'UNIT',
            from: address.UNIT ?? '',
            to: (address.UNIT ?? '').slice(0, 12),
            why: 'The dispatcher’s screen has room for 12 characters here.',
          },
        ],
      },
    };
  }
  return base;
}
