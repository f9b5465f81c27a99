/** Every language says everything, in its own words, with nothing left out that fills a hole. */
import { describe, expect, it } from 'vitest';

import { catalogues } from './catalogues';
import { isLanguage, LANGUAGES, languageOf, type Language } from './languages';

type Text = string | ((...holes: unknown[]) => unknown);

/** Every text of a catalogue by its path, such as `team.status.stale`. */
function texts(room: object, path = ''): Map<string, Text> {
  const found = new Map<string, Text>();
  for (const [key, value] of Object.entries(room)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'object' && value !== null) for (const entry of texts(value as object, at)) found.set(...entry);
    else found.set(at, value as Text);
  }
  return found;
}

/** What fills the holes: numbers, because they fit where words do, and lists where nothing else does. */
const FILL = [[417, 423, 437, 443], [1, 423, 437, 443]];

function* fillings(holes: number, fill: number[]): Generator<unknown[]> {
  for (let lists = 0; lists < 2 ** holes; lists += 1) {
    yield fill.slice(0, holes).map((one, hole) => (lists & (2 ** hole) ? [String(one), '449'] : one));
  }
}

/** The text with its holes filled, and what filled them. */
function filled(text: Text, fill = FILL[0]!): { said: string; with: string[] } {
  if (typeof text === 'string') return { said: text, with: [] };
  for (const holes of fillings(text.length, fill)) {
    try {
      const said = [text(...holes)].flat().join(' ');
      // A list in a place for one word comes out with a bare comma.
      return { said, with: holes.flat().map(String) };
    } catch {
      // It wanted a list there.
    }
  }
  throw new Error('its holes take neither words, numbers nor lists');
}

const english = texts(catalogues.en);
const others = (Object.keys(LANGUAGES) as Language[]).filter((language) => language !== 'en');
const fileOf = (language: string, path: string) => {
  const room = path.split('.')[0] ?? '';
  const own = ['address', 'emergency', 'errors', 'team'];
  return own.includes(room) ? `src/messages/${language}/${room}.ts` : `the file of src/messages/${language}/ that has it in en/`;
};

/** What is rightly the same as in English: names, signs, and words that both languages have. */
const ALIKE: Record<string, RegExp> = {
  every: /^(app\.(name|title)|settings\.version|address\.remark|team\.at|team\.sentence|aloud\.(plus|stateAndCity)|emergency\.announce\.changed|address\.countries\.PR)$/,
  da: /^(app\.enterKey|address\.fields\.LOC|address\.countries\.(CA)|team\.(columns|parts|status)\.(status|team|offline)|settings\.(server|teamName)|team\.people)$/,
  fr: /^(aloud\.digits\.6|address\.(fields\.(A4|ADDCODE)|province|countries\.CA)|team\.(people))$/,
};

describe.each(others)('the catalogue in %s', (language) => {
  const own = texts(catalogues[language]);

  it('has every text that English has', () => {
    const lacking = [...english]
      .filter(([path]) => !own.has(path))
      .map(([path, text]) => `${language} lacks ${path}: say “${filled(text).said}” in ${LANGUAGES[language]} in ${fileOf(language, path)}`);
    expect(lacking, lacking.join('\n')).toEqual([]);
  });

  it('has none that English does not have any more', () => {
    const left = [...own.keys()].filter((path) => !english.has(path)).map((path) => `${language} still has ${path}: remove it`);
    expect(left, left.join('\n')).toEqual([]);
  });

  it('fills every hole that English fills', () => {
    const wrong = [...english].flatMap(([path, text]) => {
      const translated = own.get(path);
      if (translated === undefined) return [];
      if (typeof text !== typeof translated) return [`${language} ${path}: one is a text, the other has holes`];
      return FILL.flatMap((fill) => {
        const [here, there] = [filled(translated, fill), filled(text, fill)];
        // English may say “is” or “are” and leave the number to the names.
        // What is wanted is said in full instead.
        if (path === 'server.said.notAddress') return [];
        const missing = there.with.filter((hole) => there.said.includes(hole) && !here.said.includes(hole));
        return missing.map((hole) => `${language} ${path}: ${hole} is missing from “${here.said}” (English: “${there.said}”)`);
      });
    });
    expect(wrong, wrong.join('\n')).toEqual([]);
  });

  it('is not left in English', () => {
    const same = [...english].flatMap(([path, text]) => {
      const translated = own.get(path);
      if (translated === undefined || ALIKE.every?.test(path) || ALIKE[language]?.test(path)) return [];
      const [here, there] = [filled(translated).said, filled(text).said];
      return here === there && /\p{L}{2}/u.test(here) ? [`${language} ${path}: “${here}” is English`] : [];
    });
    expect(same, same.join('\n')).toEqual([]);
  });

  it('is tidy: no space at an end, none twice, no straight quotes', () => {
    const untidy = [...own].map(([path, text]) => [path, filled(text).said] as const)
      .filter(([, said]) => said !== said.trim() || / {2}|["']|undefined|NaN|\[object/.test(said));
    expect(untidy).toEqual([]);
  });
});

it('French keeps its double signs on the line of the word before them', () => {
  const loose = [...texts(catalogues.fr)]
    .map(([path, text]) => `${path}: ${filled(text).said}`)
    .filter((said) => / [?!:;»]|« /.test(said) || /[\p{L}\d][?!;»]/u.test(said.replace(/^[^:]*: /, '')));
  expect(loose).toEqual([]);
});

it('Spanish opens what it closes', () => {
  const open = [...texts(catalogues.es)]
    .map(([path, text]) => `${path}: ${filled(text).said}`)
    .filter((said) => (said.match(/\?/g) ?? []).length !== (said.match(/¿/g) ?? []).length);
  expect(open).toEqual([]);
});

describe('the language of the computer', () => {
  it.each([
    [['da-DK', 'en-US'], 'da'],
    [['es-PR'], 'es'],
    [['fr_CA.UTF-8'], 'fr'],
    [['de-DE', 'fr'], 'fr'],
    [['pl-PL'], 'en'],
    [['C', ''], 'en'],
    [[], 'en'],
  ])('%j is %s', (wanted, language) => {
    expect(languageOf(wanted)).toBe(language);
  });

  it('is none that an object happens to have', () => {
    expect(isLanguage('constructor')).toBe(false);
    expect(languageOf(['constructor'])).toBe('en');
  });
});
