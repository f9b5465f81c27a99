import { describe, expect, it } from 'vitest';

import { scenarios, type ScenarioName } from '../host/fake/scenarios';
import { NOW } from '../host/fake/time';
import { whereOf } from '../components/emergency/panel';
import { catalogues, type Language } from '../messages';
import { rowsOf, rowsOfLines, type Row } from './address';
import { languagesOf, scripts } from './card';
import { spelled } from './letters';

const said = (rows: Row[]) => rows.map(({ label, written, say }) => [label ?? '', written, say ?? ''].join(' | '));
const words = (language: Language) => catalogues[language];

describe('an address, part by part', () => {
  const home = { country: 'US', A1: 'WA', A3: 'Seattle', HNO: '1418', PRD: 'NW', RD: '60th', STS: 'St', UNIT: 'Apt 4B', PC: '98107' };

  it('has its numbers digit by digit and nothing short', () => {
    expect(said(rowsOf({ ...home, FLR: '5', SEAT: 'WS 181' }, words('en')))).toEqual([
      'Seat | WS 181 | Whiskey Sierra, one eight one',
      'Unit | Apt 4B | Apartment, four, Bravo',
      'Floor | 5 | five',
      'Number | 1418 | one four one eight',
      'Street | Northwest 60th Street | Northwest six zero Street',
      'City | Seattle, Washington | ',
      'ZIP | 98107 | nine eight one zero seven',
    ]);
  });

  it.each([
    ['en', 'seventh Avenue'],
    ['es', 'siete Avenue'],
    ['fr', 'sept Avenue'],
    ['da', 'syv Avenue'],
  ] as const)('in %s the seventh avenue is %s', (language, say) => {
    const [, street] = rowsOf({ HNO: '2121', RD: '7th', STS: 'Ave' }, words(language));
    expect(street).toMatchObject({ written: '7th Avenue', say });
  });

  it('keeps what may be short for two things, and what it does not know', () => {
    const [, street, city] = rowsOf({ HNO: '1', RD: 'St Mark', STS: 'Zzz', A3: 'St Paul', A1: 'ZZ' }, words('en'));
    expect([street?.written, city?.written]).toEqual(['St Mark Zzz', 'St Paul, ZZ']);
    const [, gb] = rowsOf({ country: 'GB', HNO: '1', RD: 'Ave Maria', STS: 'Ct' }, words('en'));
    expect(gb?.written).toBe('Ave Maria Ct');
  });

  it('is Spanish where the street is', () => {
    const rows = rowsOf({ country: 'US', A1: 'PR', A3: 'San Juan', A5: 'Urb Las Gladiolas', HNO: '150', PRD: 'E', RD: 'Ponce de León', STS: 'Ave' }, words('es'));
    expect(said(rows)).toEqual([
      'Número | 150 | uno cinco cero',
      'Calle | Avenida Ponce de León Este | ',
      'Urbanización | Urb Las Gladiolas | ',
      'Ciudad | San Juan | ',
    ]);
  });

  it.each([
    ['da', 'Dør | th | til højre', 'Etage | st | stuen'],
    ['en', 'Door | th | on the right', 'Floor | st | ground floor'],
  ] as const)('says in %s where a Danish door is', (language, door, floor) => {
    const rows = rowsOf({ country: 'DK', RD: 'Nørregade', HNO: '10', HNS: 'B', FLR: 'st', UNIT: 'th', PC: '1165', A3: 'København K' }, words(language));
    expect(said(rows).slice(0, 2)).toEqual([door, floor]);
    expect(said(rows)[2]).toContain(language === 'da' ? 'en nul, Bravo' : 'one zero, Bravo');
  });

  it('spells a British postcode', () => {
    expect(spelled('SW1A 2AA', words('en').aloud.digits)).toBe('Sierra Whiskey, one, Alfa, two, Alfa Alfa');
    expect(spelled('Å-12é', words('da').aloud.digits)).toBe('Åse, en to, Echo');
  });

  it('of which only lines are known is not guessed at', () => {
    expect(said(rowsOfLines(['WS 181, floor 5', '12B St Mark St', 'Seattle, WA 98121'], words('es')))).toEqual([
      ' | WS 181, floor 5 | WS uno ocho uno, floor cinco',
      ' | 12B St Mark St | uno dos Bravo St Mark St',
      ' | Seattle, WA 98121 | Seattle, WA nueve ocho uno dos uno',
    ]);
  });
});

describe('the languages of the card', () => {
  it.each([
    ['en', 'US', undefined, ['en']],
    ['en', 'DK', undefined, ['en']],
    ['es', 'US', 'WA', ['en', 'es']],
    ['es', 'US', 'PR', ['es', 'en']],
    ['fr', 'CA', 'ON', ['en', 'fr']],
    ['fr', 'CA', 'QC', ['fr', 'en']],
    ['da', 'DK', undefined, ['da', 'en']],
    ['da', 'GB', undefined, ['en', 'da']],
    ['es', 'DK', undefined, ['es', 'en']],
  ] as const)('%s in %s %s: %j', (agent, country, province, languages) => {
    expect(languagesOf(agent, country, province)).toEqual(languages);
  });
});

describe('the card', () => {
  const card = (name: ScenarioName, language: Language = 'en') => {
    const { view } = scenarios[name];
    return scripts(view, whereOf(view, NOW, { locale: 'en-US' })!, language);
  };

  it('has the address that was sent and the number, in both languages', () => {
    const [english, spanish] = card('emergency', 'es');
    expect(english).toMatchObject({ language: 'en', opening: 'I am at', callback: 'two zero six, five five five, zero one two three' });
    expect(spanish).toMatchObject({ language: 'es', opening: 'Estoy en', callback: 'dos cero seis, cinco cinco cinco, cero uno dos tres' });
    expect(english?.rows.map(({ written }) => written)).toEqual(spanish?.rows.map(({ written }) => written));
  });

  it('says so where the place is not certain, and does not make one up', () => {
    expect(card('emergency-stale')[0]).toMatchObject({ opening: 'I am not certain. I was last at' });
    const [nothing] = card('emergency-not-confirmed');
    expect(nothing?.rows).toEqual([]);
    expect(nothing).not.toHaveProperty('opening');
  });

  it('never reads the elements of a newer place than the one that was sent', () => {
    const { view } = scenarios.emergency;
    const moved = { ...view, emergency: { ...view.emergency!, emergency: { ...view.emergency!.emergency, lines: ['9 Elm St', 'Kent, WA'] } } };
    const [script] = scripts(moved, { lines: ['9 Elm St', 'Kent, WA'], certain: true }, 'en');
    expect(script?.rows.map(({ written }) => written)).toEqual(['9 Elm St', 'Kent, WA']);
  });
});
