// @vitest-environment node
/** The code book of the server's sentences, against the sources that say them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { catalogues } from '../messages/catalogues';

it('the book has the sentences that the Rust sources say', () => {
  const crates = fileURLToPath(new URL('../../../crates', import.meta.url));
  const sources = readdirSync(crates, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.rs') && /(location|server|api|companion).src/.test(entry.parentPath))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
    // A string goes on in the next line after a backslash.
    .replaceAll(/\\\n\s+/g, '');
  const said = catalogues.en.server.said as Record<string, string | ((...holes: string[]) => string)>;
  const gone = Object.entries(said).flatMap(([id, sentence]) => {
    const text = (typeof sentence === 'string' ? sentence : sentence('\u0000', '\u0000', '\u0000')).replaceAll('’', "'");
    // Holes, and what is put together from parts, are looked for piece by piece.
    const pieces = text.split(/\u0000|(?= \((?:even|odd))|(?<=numbers\))|(?<=number )(?=of )|(?<=numbers )(?=of )|(?= is free\.)|(?= are free\.)/).map((piece) => piece.trim());
    const lost = pieces.filter((piece) => piece.length > 3 && !sources.includes(piece));
    return lost.map((piece) => `${id}: no Rust source says “${piece}” any more`);
  });
  expect(gone, gone.join('\n')).toEqual([]);
});
