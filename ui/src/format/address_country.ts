/** How each country divides an address, and what its people call the parts. */
import type { CivicAddress } from '../host/bindings/CivicAddress';
import type { CivicKey } from '../host/bindings/CivicKey';
import { m, type Messages } from '../messages';

/** The countries whose addresses are known, as `interpret` takes them. */
export type AddressCountry = keyof typeof m.address.countries;

const INDOORS: CivicKey[] = ['UNIT', 'FLR', 'ROOM', 'BLD'];
const AMERICAN: CivicKey[] = ['HNO', 'PRD', 'RD', 'STS', 'POD', ...INDOORS, 'A3', 'A1', 'PC'];
const LAYOUT: Record<AddressCountry, CivicKey[]> = {
  CA: AMERICAN,
  DK: ['RD', 'HNO', 'HNS', 'FLR', 'UNIT', 'ROOM', 'BLD', 'PC', 'A3'],
  GB: [...INDOORS, 'HNO', 'RD', 'A4', 'A3', 'PC'],
  PR: ['HNO', 'RD', 'A5', ...INDOORS, 'A3', 'PC'],
  US: AMERICAN,
};

/** The country of an address. Puerto Rico is a state in it and a country to its readers. */
export function countryOf(address: CivicAddress, otherwise: string): string {
  return address.A1 === 'PR' ? 'PR' : (address.country ?? otherwise).toUpperCase();
}

/** The same address in another country. */
export function inCountry({ A1, ...address }: CivicAddress, country: string): CivicAddress {
  if (country === 'PR') return { ...address, country: 'US', A1: 'PR' };
  return { ...address, ...(A1 === undefined || A1 === 'PR' ? {} : { A1 }), country };
}

/** The elements to write in, in the order of the country, and whatever else is there. */
export function elements(address: CivicAddress, country: string): CivicKey[] {
  const usual = LAYOUT[country as AddressCountry] ?? AMERICAN;
  const more = (Object.keys(address) as CivicKey[]).filter(
    (key) => key !== 'country' && !(country === 'PR' && key === 'A1') && !usual.includes(key),
  );
  return [...usual, ...more];
}

const ORDER: CivicKey[] = [
  'HNO', 'HNS', 'PRM', 'PRD', 'RD', 'STS', 'POD', 'POM', 'UNIT', 'FLR', 'ROOM', 'SEAT', 'BLD', 'A5', 'A4', 'A3', 'A2', 'A1', 'PC',
];

/** The elements of an address but its country, from the door outwards. */
export function inOrder(address: CivicAddress): CivicKey[] {
  const there = Object.keys(address) as CivicKey[];
  return [
    ...ORDER.filter((key) => address[key] !== undefined),
    ...there.filter((key) => key !== 'country' && !ORDER.includes(key)),
  ];
}

/** The name of an element as people of that country call it, in the language of `words`. */
export function fieldName(field: CivicKey, country: string | undefined, words: Messages = m): string {
  const { address } = words;
  const american = country === undefined || country === 'US' || country === 'PR';
  if (field === 'PC' && !american) return address.postcode;
  if (field === 'A1' && country === 'CA') return address.province;
  if (field === 'A3' && country === 'GB') return address.postTown;
  if (field === 'A5' && country === 'PR') return address.urbanization;
  if (field === 'UNIT' && country === 'GB') return address.flat;
  if (field === 'UNIT' && country === 'DK') return address.door;
  return address.fields[field];
}

/** The same as the name of a field to write in. */
export function fieldLabel(field: CivicKey, country: string | undefined): string {
  const writes: Partial<Record<CivicKey, string>> = m.address.writes;
  const name = fieldName(field, country);
  return name === m.address.fields[field] ? (writes[field] ?? capital(name)) : capital(name);
}

export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
