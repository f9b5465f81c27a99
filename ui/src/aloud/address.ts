/** An address as somebody reads it to a dispatcher, part by part, in the words of one language. */
import { capital, fieldName } from '../format/address_country';
import type { CivicAddress } from '../host/bindings/CivicAddress';
import type { CivicKey } from '../host/bindings/CivicKey';
import type { Messages } from '../messages';
import { DIRECTIONS, DOORS, PUERTO_RICAN_DIRECTIONS, PUERTO_RICAN_STREETS, STATES, STREETS } from './abbreviations';
import { digits, spelled } from './letters';

/** One thing to say. */
export interface Row {
  /** What it is; absent where that is not known. */
  label?: string;
  /** As it is written, without what is written short. */
  written: string;
  /** How to say it, where that differs. */
  say?: string;
}

/** The ordinals that nobody mishears; from the next on, digits are safer. */
const ORDINALS = [
  'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth',
];

/** Numbers within a name: `7th Avenue` is `seventh Avenue` in English, `siete Avenue` in Spanish. */
function numbered(text: string, words: Messages): string {
  return text.replace(/(\d+)(st|nd|rd|th)?\b/gi, (_whole, number: string, ending?: string) => {
    const ordinal = words.aloud.digits[0] === 'zero' && ending !== undefined ? ORDINALS[Number(number) - 1] : undefined;
    return ordinal ?? digits(number, words.aloud.digits);
  });
}

function row(label: string | undefined, written: string, say: string): Row {
  return { ...(label === undefined ? {} : { label }), written, ...(say === written ? {} : { say }) };
}

/** A street with its directions and its kind in full, where they are known to be short for something. */
function street({ PRM, PRD, RD, STS, POD, POM }: CivicAddress, american: boolean, puertoRican: boolean): string {
  const whole = (text: string | undefined, table: Record<string, string>) =>
    text === undefined || !american ? text : (table[text.replace(/\.$/, '').toUpperCase()] ?? text);
  const direction = (text: string | undefined) => whole(text, puertoRican ? PUERTO_RICAN_DIRECTIONS : DIRECTIONS);
  const parts = puertoRican
    ? [PRM, whole(STS, PUERTO_RICAN_STREETS), RD, direction(PRD), direction(POD), POM]
    : [PRM, direction(PRD), RD, whole(STS, STREETS), direction(POD), POM];
  return parts.filter(Boolean).join(' ');
}

/** Danes write a floor and a door in two letters. */
function danish(key: CivicKey, text: string, words: Messages): string | undefined {
  const { aloud } = words;
  const short = text.toLowerCase().replace(/\.$/, '');
  const floors: Record<string, string> = { st: aloud.ground, kl: aloud.basement, kld: aloud.basement };
  const doors: Record<string, string> = { tv: aloud.left, th: aloud.right, mf: aloud.middle };
  return key === 'FLR' ? floors[short] : key === 'UNIT' ? doors[short] : undefined;
}

const DOOR: CivicKey[] = ['SEAT', 'ROOM', 'UNIT', 'FLR', 'BLD'];
const NAMES: CivicKey[] = ['NAM', 'LMK', 'LOC'];

/** An address by its elements, the desk first and the country never. */
export function rowsOf(address: CivicAddress, words: Messages): Row[] {
  const puertoRican = address.A1 === 'PR' || address.country === 'PR';
  const american = puertoRican || ['US', 'CA'].includes(address.country ?? 'US');
  const country = puertoRican ? 'PR' : (address.country ?? 'US');
  const label = (key: CivicKey) => capital(fieldName(key, country, words));
  const rows: Row[] = [];
  for (const key of DOOR) {
    const text = address[key];
    if (text === undefined) continue;
    const known = country === 'DK' ? danish(key, text, words) : undefined;
    rows.push(row(label(key), text, known ?? spelled(text, words.aloud.digits, american ? DOORS : {})));
  }
  const number = `${address.HNO ?? ''}${address.HNS ?? ''}`;
  if (number !== '') rows.push(row(label('HNO'), number, spelled(number, words.aloud.digits)));
  const road = street(address, american, puertoRican);
  if (road !== '') rows.push(row(label('RD'), road, numbered(road, words)));
  for (const key of NAMES) if (address[key] !== undefined) rows.push(row(label(key), address[key], numbered(address[key], words)));
  const near = [address.A5, address.A4].filter(Boolean).join(', ');
  if (near !== '') rows.push(row(label(address.A5 === undefined ? 'A4' : 'A5'), near, numbered(near, words)));
  const state = american && !puertoRican && address.A1 !== undefined ? (STATES[address.A1] ?? address.A1) : undefined;
  const city = address.A3;
  if (city !== undefined || state !== undefined) {
    const place = city !== undefined && state !== undefined ? words.aloud.stateAndCity(city, state) : (city ?? state ?? '');
    rows.push(row(label(city === undefined ? 'A1' : 'A3'), place, numbered(place, words)));
  }
  if (address.PC !== undefined) rows.push(row(label('PC'), address.PC, spelled(address.PC, words.aloud.digits)));
  return rows;
}

/**
 * An address of which only the lines are known. Nothing is spelled out that could be short for two
 * things (`St` is a street and a saint): digits are, and letters that stand with them.
 */
export function rowsOfLines(lines: readonly string[], words: Messages): Row[] {
  return lines.map((line) => {
    const said = line.replace(/[\p{L}\d]+/gu, (word) => {
      if (/^\d+(st|nd|rd|th)$/i.test(word)) return numbered(word, words);
      if (!/\d/.test(word)) return word;
      return spelled(word, words.aloud.digits).replaceAll(',', '');
    });
    return row(undefined, line, said);
  });
}
