/** An address by its RFC 5139 elements, on one line, as its country writes it. */
import type { CivicAddress } from '../host/bindings/CivicAddress';
import { m } from '../messages';

/** `5` is a floor only once it is called one; `Second Floor` already is. */
function floor(name: string | undefined): string | undefined {
  return name !== undefined && name.length <= 3 ? m.seats.floorName(name) : name;
}

export function oneLine(address: CivicAddress): string {
  const words = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(' ');
  const number = `${address.HNO ?? ''}${address.HNS ?? ''}`;
  const street = words(address.PRM, address.PRD, address.RD, address.STS, address.POD, address.POM);
  const indoors = [address.SEAT, address.ROOM, address.UNIT, floor(address.FLR), address.BLD];
  const written =
    address.country === 'DK'
      ? [words(street, number), ...indoors, words(address.PC, address.A3)]
      : address.country === 'GB'
        ? [...indoors, words(number, street), address.A3, address.PC]
        : [words(number, street), ...indoors, address.A3, words(address.A1, address.PC)];
  return written.filter(Boolean).join(', ');
}
