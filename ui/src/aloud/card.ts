/** The card to read aloud: the same in the agent's language and in English. */
import { spoken } from '../format/phone';
import type { View } from '../host/bindings/View';
import { catalogues, type Language, type Messages } from '../messages';
import { rowsOf, rowsOfLines, type Row } from './address';

/** What is said in one language. */
export interface Script {
  language: Language;
  words: Messages;
  /** Before the address, such as `I am at`; absent where there is no address to say. */
  opening?: string;
  rows: Row[];
  /** The callback number digit by digit; absent where there is none. */
  callback?: string;
}

/** The place as the window shows it. */
interface Shown {
  lines: string[];
  certain: boolean;
}

/** In which language the dispatchers of a country answer, where it is one of the catalogue's. */
function answeredIn(country: string, province: string | undefined): Language {
  if (country === 'PR' || province === 'PR') return 'es';
  if (country === 'DK') return 'da';
  return country === 'CA' && province === 'QC' ? 'fr' : 'en';
}

/** The agent's language and English; English first where dispatchers answer in it. */
export function languagesOf(agent: Language, country: string, province?: string): Language[] {
  if (agent === 'en') return ['en'];
  return answeredIn(country, province) === 'en' ? ['en', agent] : [agent, 'en'];
}

/** Where each number is answered; the first is meant where the agent's own country is not among them. */
const ANSWERED: Record<string, string[]> = { '112': ['DK', 'GB'], '911': ['US', 'CA', 'PR'], '999': ['GB'] };

/** The country whose dispatchers answer a number that this agent dialled. */
function countryOf(dialled: string, agents: string): string {
  const countries = ANSWERED[dialled];
  return countries === undefined || countries.includes(agents) ? agents : (countries[0] ?? agents);
}

/** What to read aloud during this call. */
export function scripts(view: View, shown: Shown, agent: Language): Script[] {
  const emergency = view.emergency?.emergency;
  if (emergency === undefined) return [];
  const me = view.session.state === 'signed_in' ? view.session : undefined;
  const served = me?.location.served;
  // The elements are those of the lines only while nobody has said anything newer.
  const same = served !== null && served !== undefined && shown.lines.length > 0 && served.lines.join('\n') === shown.lines.join('\n');
  const address = same ? served.civic_address : undefined;
  const country = address?.country ?? countryOf(emergency.dialled, me?.agent.country ?? 'US');
  return languagesOf(agent, country, address?.A1).map((language) => {
    const words = catalogues[language];
    const { aloud } = words;
    const number = emergency.callback_number;
    return {
      language,
      words,
      ...(shown.lines.length === 0 ? {} : { opening: shown.certain ? aloud.iAmAt : aloud.iWasAt }),
      rows: address ? rowsOf(address, words) : rowsOfLines(shown.lines, words),
      ...(number === null ? {} : { callback: inDigits(spoken(number), words) }),
    };
  });
}

/** `2 0 6, 5 5 5` in words. */
function inDigits(text: string, { aloud }: Messages): string {
  return text.replace('+', `${aloud.plus} `).replace(/\d/g, (digit) => aloud.digits[Number(digit)] ?? digit);
}
