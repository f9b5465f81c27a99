import { expect, it } from 'vitest';

import { checked } from '../../host/fake/checking';
import { marks, partly, remarks, SHAPES, together } from './verdicts';

it('each verdict has a shape of its own', () => {
  expect(new Set(Object.values(SHAPES)).size).toBe(Object.keys(SHAPES).length);
});

it('what is shown as one is as good as its worst element', () => {
  const found = (verdict: 'valid' | 'corrected' | 'unchecked' | 'invalid') => ({ verdict, text: '' });
  const fields = { PRD: found('corrected'), RD: found('valid'), STS: found('unchecked'), A3: found('invalid') };
  expect([together(['RD'], fields), together(['PRD', 'RD'], fields), together(['PRD', 'RD', 'STS'], fields), together(['A3', 'RD'], fields)]).toEqual([
    'valid', 'corrected', 'unchecked', 'invalid',
  ]);
  expect([together(['PC'], fields), together(['RD'], undefined)]).toEqual([undefined, undefined]);
});

const home = { country: 'US', A1: 'WA', A3: 'Seattle', HNO: '1418', RD: '60th', STS: 'St', PC: '98107' };

it('where nothing was checked, one sentence says so for all parts', () => {
  expect(marks(checked(home, 'none'))).toBeUndefined();
  expect(marks(checked(home))).toMatchObject({ RD: { verdict: 'valid' } });
});

it('while something is missing only what is wrong is marked', () => {
  const { RD: _street, ...rest } = home;
  const check = checked(rest);
  expect(marks(check)).toEqual({});
  check.fields.PC = { verdict: 'invalid', text: '' };
  expect(Object.keys(marks(check) ?? {})).toEqual(['PC']);
});

it('an address whose number alone could not be checked is partly checked', () => {
  expect([checked({ ...home, RD: 'Yakima' }), checked(home), checked(home, 'none')].map(partly)).toEqual([true, false, false]);
});

it('what is worth knowing of a part names the part', () => {
  expect(remarks(checked({ ...home, RD: 'Couch' }), 'US')).toEqual([
    'Street: The list has this street as NW Couch St.',
  ]);
  expect(remarks(checked({ ...home, RD: 'Yakima' }), 'US')).toEqual(['Number: The list knows the street and not its numbers.']);
  expect([checked(home), checked(home, 'none'), checked({ ...home, RD: 'Pine' }), undefined].flatMap((check) => remarks(check, 'US'))).toEqual([]);
});
