/** What a server or this computer said in English, in the language of the screen. */
import { catalogues } from './catalogues';
import { language, m } from './current.svelte';

type Sentence = string | ((...holes: string[]) => string);

interface Known {
  id: keyof typeof m.server.said;
  /** Matches the whole sentence; its groups are what filled the holes. */
  form: RegExp;
}

const plain = (text: string) => text.replaceAll('’', "'").trim();

/** The code book, as patterns. Built when it is first needed: nobody who reads English needs it. */
let book: Known[] | undefined;

function read(): Known[] {
  const said = catalogues.en.server.said as Record<string, Sentence>;
  return Object.entries(said).map(([id, sentence]) => {
    const holes = typeof sentence === 'string' ? [] : Array.from({ length: sentence.length }, (_, hole) => `\u0000${hole}\u0000`);
    const text = typeof sentence === 'string' ? sentence : sentence(...holes);
    const form = plain(text)
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/\u0000\d\u0000/g, '(.+?)');
    return { id: id as Known['id'], form: new RegExp(`^${form}$`, 's') };
  });
}

/** The sentence in the language of the screen; undefined where the book does not have it. */
export function told(text: string): string | undefined {
  if (language() === 'en') return text;
  book ??= read();
  for (const { id, form } of book) {
    const found = form.exec(plain(text));
    if (found === null) continue;
    const sentence = m.server.said[id] as Sentence;
    return typeof sentence === 'string' ? sentence : sentence(...found.slice(1));
  }
  return undefined;
}
