import { expect, it } from 'vitest';

import { countryOf, elements, fieldLabel, inCountry } from './address_country';

it('Puerto Rico is a state in the address and a country to its readers', () => {
  expect(inCountry({ country: 'DK', A3: 'Ponce' }, 'PR')).toEqual({ country: 'US', A1: 'PR', A3: 'Ponce' });
  expect(countryOf({ country: 'US', A1: 'PR' }, 'DK')).toBe('PR');
  expect(inCountry({ country: 'US', A1: 'PR' }, 'US')).toEqual({ country: 'US' });
});

it('a state stays where only the country changes', () => {
  expect(inCountry({ country: 'US', A1: 'ON' }, 'CA')).toEqual({ country: 'CA', A1: 'ON' });
});

it('nothing that was understood is left out of the fields to correct', () => {
  expect(elements({ country: 'DK', RD: 'Nørregade', LOC: 'baghus', A1: 'x' }, 'DK')).toEqual(
    expect.arrayContaining(['RD', 'HNO', 'PC', 'A3', 'LOC', 'A1']),
  );
  expect(elements({ country: 'US', A1: 'PR' }, 'PR')).not.toContain('A1');
  expect(elements({}, 'FR')).toEqual(elements({}, 'US'));
});

it('fields are called as the country calls them', () => {
  expect([fieldLabel('UNIT', 'US'), fieldLabel('UNIT', 'DK'), fieldLabel('HNO', 'GB'), fieldLabel('PC', 'CA')]).toEqual([
    'Apartment or unit', 'Door', 'House number', 'Postcode',
  ]);
});
