import { describe, expect, it } from 'vitest';

import type { CivicKey } from '../../host/bindings/CivicKey';
import { fieldName, pieces, withUnit } from './parts';

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
      ['not understood', 'foo'],
      ['ZIP', '98121'],
    ]);
  });

  it('never repeat or lose text when parts overlap or reach too far', () => {
    const cut = pieces('abc', [{ field: 'RD', start: 0, end: 2 }, { field: 'A3', start: 1, end: 9 }], 'US');
    expect(cut.map((piece) => piece.text).join('')).toBe('abc');
  });

  it('leave a text nobody has read yet as it is', () => {
    expect(pieces('hello', [], 'US')).toEqual([{ kind: 'between', text: 'hello' }]);
  });
});

it('names elements as the country does', () => {
  expect([fieldName('PC', 'US'), fieldName('PC', 'GB'), fieldName('A1', 'CA')]).toEqual([
    'ZIP',
    'postcode',
    'province',
  ]);
});

describe('a unit', () => {
  it('goes after the street and says what it is', () => {
    expect(withUnit(text, parts, '4B')).toBe('2121 7th Ave, Unit 4B, Seatle\nfoo 98121');
    expect(withUnit(text, parts, 'Apt 4')).toContain('Ave, Apt 4, Seatle');
  });

  it('goes to the end when no street was understood', () => {
    expect(withUnit('somewhere', [], '# 7')).toBe('somewhere, # 7');
  });
});
