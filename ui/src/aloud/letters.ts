/** Letters and digits as a voice says them over a bad line. */

/** The alphabet of the ICAO and NATO, and the Danish letters after it. */
const ALPHABET: Record<string, string> = {
  A: 'Alfa', B: 'Bravo', C: 'Charlie', D: 'Delta', E: 'Echo', F: 'Foxtrot', G: 'Golf', H: 'Hotel',
  I: 'India', J: 'Juliett', K: 'Kilo', L: 'Lima', M: 'Mike', N: 'November', O: 'Oscar', P: 'Papa',
  Q: 'Quebec', R: 'Romeo', S: 'Sierra', T: 'Tango', U: 'Uniform', V: 'Victor', W: 'Whiskey',
  X: 'X-ray', Y: 'Yankee', Z: 'Zulu', Æ: 'Ægir', Ø: 'Ødis', Å: 'Åse',
};

/** Digit by digit in the words of a language: `2121` is `two one two one`. */
export function digits(text: string, words: readonly string[]): string {
  return [...text].map((digit) => words[Number(digit)] ?? digit).join(' ');
}

function letter(one: string): string {
  const capital = one.toLocaleUpperCase('en');
  return ALPHABET[capital] ?? ALPHABET[capital.normalize('NFD').charAt(0)] ?? one;
}

/**
 * What stands on a door or a desk, letter by letter: `WS 181` is `Whiskey Sierra, one eight one`.
 * A word of more than three letters is said as a word, and so is one that `known` spells out.
 */
export function spelled(text: string, words: readonly string[], known: Record<string, string> = {}): string {
  const pieces = text.match(/\p{L}+|\d+|½|¼|¾|#/gu) ?? [];
  return pieces
    .map((piece) => {
      if (/^\d/.test(piece)) return digits(piece, words);
      const whole = known[piece.toUpperCase()];
      if (whole !== undefined) return whole;
      return piece.length > 3 ? piece : [...piece].map(letter).join(' ');
    })
    .join(', ');
}
