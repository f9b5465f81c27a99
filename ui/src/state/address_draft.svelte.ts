import { afterStreet } from '../components/address/parts';
import { oneLine } from '../format/address';
import { countryOf, inCountry } from '../format/address_country';
import type { AddressCheck } from '../host/bindings/AddressCheck';
import type { CivicAddress } from '../host/bindings/CivicAddress';
import type { CivicKey } from '../host/bindings/CivicKey';
import type { Interpretation } from '../host/bindings/Interpretation';
import type { Problem } from '../host/bindings/Problem';
import type { Suggestion } from '../host/bindings/Suggestion';
import type { Host } from '../host/host';
import { Lookup } from './lookup.svelte';

/** A pause in typing after which the text is read; reading happens on this computer. */
export const READ_PAUSE_MS = 80;
/** A pause after which the server is asked about a complete address. */
export const CHECK_PAUSE_MS = 250;
/** The longest text that is read. */
export const TEXT_LIMIT = 2000;

/** Which door within a building. */
export type Indoors = Partial<Record<'UNIT' | 'FLR' | 'ROOM', string>>;

/** An address on its way from typed text to something that can be sent. */
export class AddressDraft {
  text = $state('');
  /** The house numbers that exist on the chosen street, where one has to be said. */
  numbers = $state<string>();

  readonly reading: Lookup<string, Interpretation>;
  readonly checking: Lookup<CivicAddress, AddressCheck>;
  /** Picked or corrected by parts; counts until the text changes. As written, spaces and all. */
  #given = $state.raw<CivicAddress | undefined>(undefined);
  /** The agent said that the building of this key has no units. */
  #denied = $state<string>();
  /** The country the agent named; null while the text says it, or nobody does. */
  #named = $state<string | null>(null);

  constructor(
    host: Pick<Host, 'interpret' | 'check'>,
    private readonly home: string,
  ) {
    this.checking = new Lookup((address) => host.check(address), CHECK_PAUSE_MS);
    this.reading = new Lookup(
      (text) => host.interpret(text, this.#named),
      READ_PAUSE_MS,
      (reading) => this.#read(reading),
    );
  }

  type(text: string): void {
    this.text = text;
    this.#given = undefined;
    this.numbers = undefined;
    this.checking.reset();
    if (text.trim() === '') {
      this.reading.reset();
      this.#denied = undefined;
      this.#named = null;
    } else {
      this.reading.send(text);
    }
  }

  /** Takes an address as it stands, such as another reading or a saved one. */
  pick(address: CivicAddress): void {
    this.#given = address;
    this.numbers = undefined;
    this.text = oneLine(this.fields);
    this.reading.reset();
    this.checking.reset();
    this.checking.send(this.fields);
  }

  /** Takes a suggestion. Which of several house numbers it is, only the agent can say. */
  take({ fields, numbers }: Suggestion): void {
    const { HNO: _nearest, HNS: _suffix, ...street } = fields;
    this.pick(numbers === null ? fields : street);
    this.numbers = numbers ?? undefined;
  }

  /** One element as it was written, for a field to write in. */
  written(key: CivicKey): string {
    return (this.#given ?? this.fields)[key] ?? '';
  }

  /** Writes one element anew; the others stay as they are. */
  correct(key: CivicKey, text: string): void {
    const { numbers } = this;
    this.pick({ ...inCountry({}, this.country), ...this.fields, ...this.#given, [key]: text });
    this.numbers = numbers;
  }

  /** Reads the text as one of this country, or moves what was corrected there. */
  moveTo(country: string): void {
    this.#named = country;
    if (this.#given === undefined && this.text.trim() !== '') {
      this.checking.reset();
      this.reading.send(this.text);
    } else {
      this.pick(inCountry(this.#given ?? {}, country));
    }
  }

  /** Adds the door within the building. */
  enter(door: Indoors): void {
    const said = Object.entries(door).filter(([, text]) => text.trim() !== '') as [keyof Indoors, string][];
    if (said.length === 0) return;
    const american = WRITE_UNITS_LAST.has(this.country);
    if (american && !this.given) {
      const words = said.map(([key, text]) => called(key, text.trim())).join(', ');
      this.type(afterStreet(this.text, this.reading.answer?.parts ?? [], words));
    } else {
      const elements = said.map(([key, text]) => [key, american && key === 'UNIT' ? called(key, text.trim()) : text]);
      this.pick({ ...this.fields, ...Object.fromEntries(elements) });
    }
  }

  /** There is no unit, floor or room. */
  denyUnit(): void {
    this.#denied = building(this.fields);
  }

  /** Whether the elements stand for themselves and no longer for the text. */
  get given(): boolean {
    return this.#given !== undefined;
  }

  /** The elements, as far as they are known. */
  get fields(): CivicAddress {
    if (this.#given === undefined) return this.reading.answer?.fields ?? {};
    const written = Object.entries(this.#given).map(([key, text]) => [key, text.trim().replace(/\s+/g, ' ')]);
    return Object.fromEntries(written.filter(([, text]) => text !== ''));
  }

  get country(): string {
    return countryOf(this.fields, this.#named ?? this.home);
  }

  get busy(): boolean {
    return this.reading.busy || this.checking.busy;
  }

  /** What keeps the address from being used. */
  get problems(): Problem[] {
    const read = this.given ? [] : (this.reading.answer?.problems ?? []);
    return [...read, ...(this.checking.answer?.problems ?? [])].filter(
      (problem, index, all) => all.findIndex((other) => other.text === problem.text) === index,
    );
  }

  /** Complete enough to be sent, whatever the check says. */
  get complete(): boolean {
    const known = this.given
      ? this.checking.answer !== undefined || this.checking.error !== undefined
      : !this.reading.busy && this.reading.answer !== undefined;
    return known && this.problems.length === 0;
  }

  /** The text is of a country whose addresses have to be written part by part. */
  get unreadable(): boolean {
    return !this.given && this.problems.some((problem) => problem.code === 'unsupported_country');
  }

  /** Worth asking: which door was neither written nor denied. */
  get asksUnit(): boolean {
    const { UNIT, ROOM, RD, HNO } = this.fields;
    const open = UNIT === undefined && ROOM === undefined && this.#denied !== building(this.fields);
    return open && RD !== undefined && HNO !== undefined;
  }

  /** The same, and the building is known to have several: no address is whole without it. */
  get needsUnit(): boolean {
    return this.asksUnit && this.checking.answer?.several_units === true;
  }

  #read(reading: Interpretation): void {
    if (reading.problems.length === 0) this.checking.send(reading.fields);
    else this.checking.reset();
  }
}

/** Where a unit is written after the street, and can be read there. */
const WRITE_UNITS_LAST: ReadonlySet<string> = new Set(['CA', 'PR', 'US']);

/** A bare `4B` needs a word that says what it is. */
function called(key: keyof Indoors, text: string): string {
  if (/[a-z]{3,}|#/i.test(text)) return text;
  return { FLR: `Floor ${text}`, ROOM: `Room ${text}`, UNIT: `Unit ${text}` }[key];
}

/** The same for two addresses in one building. */
function building({ country, A1, A3, PC, HNO, HNS, PRD, RD, STS, POD }: CivicAddress): string {
  return [country, A1, A3, PC, HNO, HNS, PRD, RD, STS, POD].join('|').toLowerCase();
}
