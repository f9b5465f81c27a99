import { oneLine } from '../format/address';
import { withUnit } from '../components/address/parts';
import type { AddressCheck } from '../host/bindings/AddressCheck';
import type { CivicAddress } from '../host/bindings/CivicAddress';
import type { Interpretation } from '../host/bindings/Interpretation';
import type { Problem } from '../host/bindings/Problem';
import type { Host } from '../host/host';
import { Lookup } from './lookup.svelte';

/** A pause in typing after which the text is read; reading happens on this computer. */
export const READ_PAUSE_MS = 80;
/** A pause after which the server is asked about a complete address. */
export const CHECK_PAUSE_MS = 250;
/** The longest text that is read. */
export const TEXT_LIMIT = 2000;

/** An address on its way from typed text to something that can be sent. */
export class AddressDraft {
  text = $state('');
  /** The agent said there is no unit. */
  noUnit = $state(false);

  readonly reading: Lookup<string, Interpretation>;
  readonly checking: Lookup<CivicAddress, AddressCheck>;
  /** Chosen from suggestions; counts until the text changes. */
  #picked = $state.raw<CivicAddress | undefined>(undefined);

  constructor(host: Pick<Host, 'interpret' | 'check'>, country: string) {
    this.checking = new Lookup((address) => host.check(address), CHECK_PAUSE_MS);
    this.reading = new Lookup(
      (text) => host.interpret(text, country),
      READ_PAUSE_MS,
      (reading) => this.#read(reading),
    );
  }

  type(text: string): void {
    this.text = text;
    this.#picked = undefined;
    this.checking.reset();
    if (text.trim() === '') {
      this.reading.reset();
      this.noUnit = false;
    } else {
      this.reading.send(text);
    }
  }

  /** Takes an address as it stands, such as a suggestion or another reading. */
  pick(address: CivicAddress): void {
    this.type(oneLine(address));
    this.#picked = address;
  }

  addUnit(unit: string): void {
    if (unit.trim() !== '') this.type(withUnit(this.text, this.reading.answer?.parts ?? [], unit));
  }

  /** The elements, as far as they are known. */
  get fields(): CivicAddress {
    return this.#picked ?? this.reading.answer?.fields ?? {};
  }

  /** What keeps the address from being used. */
  get problems(): Problem[] {
    if (this.#picked !== undefined) return this.checking.answer?.problems ?? [];
    return [...(this.reading.answer?.problems ?? []), ...(this.checking.answer?.problems ?? [])].filter(
      (problem, index, all) => all.findIndex((other) => other.text === problem.text) === index,
    );
  }

  /** Complete enough to be sent, whatever the check says. */
  get complete(): boolean {
    return !this.reading.busy && this.reading.answer !== undefined && this.problems.length === 0;
  }

  /** Worth asking: a unit was neither written nor denied. */
  get asksUnit(): boolean {
    const { UNIT, RD, HNO } = this.fields;
    return !this.noUnit && UNIT === undefined && RD !== undefined && HNO !== undefined;
  }

  #read(reading: Interpretation): void {
    const address = this.#picked ?? reading.fields;
    if (this.#picked !== undefined || reading.problems.length === 0) this.checking.send(address);
    else this.checking.reset();
  }
}
