import { describe, expect, it } from 'vitest';

import type { CivicKey } from '../../host/bindings/CivicKey';
import { fieldName } from '../../format/address_country';
import { afterStreet, named, pieces } from './parts';

const text = '2121 7th Ave, Seatle\nfoo 98121';
const part = (field: CivicKey | null, word: string) => ({
  field,
  start: text.indexOf(word),
  end: text.indexOf(word) + word.length,
});
const parts = [
  part('PC', '98121'),
  part('HNO', '2121'),
  part('RD', '7th'),
  part('STS', 'Ave'),
  part('A3', 'Seatle'),
  part(null, 'foo'),
];

describe('pieces', () => {
  it('cover the text, in its order, and join the street', () => {
    const cut = pieces(text, parts, 'US');
    expect(cut.map((piece) => piece.text).join('')).toBe(text);
    expect(cut.filter((piece) => piece.label).map((piece) => [piece.label, piece.text])).toEqual([
      ['number', '2121'],
      ['street', '7th Ave'],
      ['city', 'Seatle'],
      ['not understood, left out', 'foo'],
      ['ZIP', '98121'],
    ]);
  });

  it('say of words in a row once that they were not understood', () => {
    const [gate, code] = [{ field: null, start: 0, end: 4 }, { field: null, start: 5, end: 9 }];
    expect(pieces('gate code', [gate, code], 'US')).toEqual([
      { kind: 'unknown', text: 'gate code', label: 'not understood, left out', keys: [] },
    ]);
  });

  it('never repeat or lose text when parts overlap or reach too far', () => {
    const cut = pieces('abc', [{ field: 'RD', start: 0, end: 2 }, { field: 'A3', start: 1, end: 9 }], 'US');
    expect(cut.map((piece) => piece.text).join('')).toBe('abc');
  });

  it('leave a text nobody has read yet as it is', () => {
    expect(pieces('hello', [], 'US')).toEqual([{ kind: 'between', text: 'hello', keys: [] }]);
  });
});

it('of an address without a text follow the door outwards, the street as one', () => {
  const cut = named({ country: 'US', PC: '98121', STS: 'Ave', RD: '7th', HNO: '2121', LOC: 'rear' }, 'US', 'assumed');
  expect(cut.map(({ label, text, keys }) => [label, text, keys.join()])).toEqual([
    ['number', '2121', 'HNO'],
    ['street', '7th Ave', 'RD,STS'],
    ['ZIP', '98121', 'PC'],
    ['details', 'rear', 'LOC'],
  ]);
});

it('names elements as the country does', () => {
  const names = (['PC', 'A1', 'UNIT'] as const).flatMap((key) => ['US', 'GB', 'CA', 'DK'].map((country) => fieldName(key, country)));
  expect(names).toEqual([
    'ZIP', 'postcode', 'postcode', 'postcode',
    'state', 'state', 'province', 'state',
    'unit', 'flat', 'unit', 'door',
  ]);
});

describe('words for a unit', () => {
  it('go after the street', () => {
    expect(afterStreet(text, parts, 'Unit 4B')).toBe('2121 7th Ave, Unit 4B, Seatle\nfoo 98121');
  });

  it('go to the end when no street was understood', () => {
    expect(afterStreet('somewhere', [], '# 7')).toBe('somewhere, # 7');
  });
});
