/**
 * A stand-in for the reader of addresses, good enough to work on the screens with: words of a few
 * kinds, in the order Americans write them. The real one is in Rust and runs inside the app.
 */
import type { Candidate } from '../bindings/Candidate';
import type { CivicAddress } from '../bindings/CivicAddress';
import type { CivicKey } from '../bindings/CivicKey';
import type { Interpretation } from '../bindings/Interpretation';
import type { Part } from '../bindings/Part';
import type { Problem } from '../bindings/Problem';

const CITIES = /^(seattle|portland|bellevue|tacoma)$/i;
const SUFFIXES = /^(ave|avenue|st|street|rd|road|way|blvd|dr|ln|pl|ct)\.?$/i;
const DIRECTIONS = /^(n|s|e|w|ne|nw|se|sw)$/i;
const UNITS = /^(apt|unit|suite|ste|#)$/i;
const short: Record<string, string> = { avenue: 'Ave', street: 'St', road: 'Rd' };

/** Of one country's lines this stand-in knows nothing, so that the fields have to do. */
const UNREADABLE = 'DK';

export function read(text: string, country = 'US'): Interpretation {
  if (country === UNREADABLE) {
    const problem = 'Addresses of this country cannot be read from one line yet. Fill in the parts instead.';
    return {
      fields: {},
      problems: [{ code: 'unsupported_country', field: null, text: problem }],
      notes: [],
      candidates: [],
      parts: [],
    };
  }
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
  if (fields.A1 === undefined && fields.A3 === 'Seattle' && fields.PC !== undefined) {
    fields.A1 = 'WA';
    notes.push('No state was written; the ZIP is in Washington.');
  }
  const candidates: Candidate[] = [];
  if (fields.RD === 'Union' && fields.STS === undefined) {
    for (const STS of ['St', 'Ave']) candidates.push({ fields: { country: 'US', ...fields, STS }, differs: ['STS'] });
    notes.push('There is more than one Union here. Say whether it is a street or an avenue.');
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
  return { fields: { country: 'US', ...fields }, problems, notes, candidates, parts };
}
