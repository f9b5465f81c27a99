import { afterEach, describe, expect, it } from 'vitest';

import { catalogues } from './catalogues';
import { speak } from './current.svelte';
import { told } from './told';

afterEach(() => speak('en'));

describe('a sentence of the server', () => {
  it('is said in the language of the screen, with what fills its holes', () => {
    speak('es');
    expect(told('Add the ZIP code.')).toBe('Añada el código ZIP.');
    expect(told('There is room for 20 characters.')).toBe('Caben 20 caracteres.');
    expect(told('Sam Lee also says WS 181.')).toBe('Sam Lee también dice estar en WS 181.');
    expect(told('Did you mean 200-298 E Pine St (even numbers)?')).toBe('¿Quiso decir 200-298 E Pine St (números pares)?');
    expect(told('3 of 10 callback numbers of SEA are free.')).toBe('Quedan libres 3 de 10 números para devolver llamadas de SEA.');
    speak('da');
    expect(told("The 911 centre's street guide does not know this city, so it could not check the address.")).toBe(
      'Alarmcentralens vejregister kender ikke byen og kunne ikke kontrollere adressen.',
    );
  });

  it('stays as it is in English, and is not made up where it is not known', () => {
    expect(told('Anything at all.')).toBe('Anything at all.');
    speak('fr');
    expect(told('Anything at all.')).toBeUndefined();
    expect(told('')).toBeUndefined();
  });

  it('is found in all its forms without one taking the place of another', () => {
    const said = catalogues.en.server.said as Record<string, string | ((...holes: string[]) => string)>;
    speak('da');
    const danish = catalogues.da.server.said as Record<string, string | ((...holes: string[]) => string)>;
    for (const [id, sentence] of Object.entries(said)) {
      const holes = ['12', '34', '56'];
      const english = typeof sentence === 'string' ? sentence : sentence(...holes);
      const own = danish[id]!;
      expect(told(english), id).toBe(typeof own === 'string' ? own : own(...holes));
    }
  });
});
