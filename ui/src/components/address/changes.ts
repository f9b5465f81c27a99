/** What choosing another address would change, in words. */
import { capital, fieldName, inOrder } from '../../format/address_country';
import type { CivicAddress } from '../../host/bindings/CivicAddress';
import type { CivicKey } from '../../host/bindings/CivicKey';
import { m } from '../../messages';

/** Such as `Number 4100 becomes 299 and adds ZIP 98101`. */
export function changes(before: CivicAddress, after: CivicAddress, differs: CivicKey[], country: string): string {
  // What is called the same is told as one: a street and its kind are the street.
  const name = (key: CivicKey) => fieldName(key, country);
  const said = [...new Set(differs.filter((key) => key !== 'country').map(name))].map((part) => {
    const words = (address: CivicAddress) =>
      inOrder(address)
        .filter((key) => name(key) === part)
        .map((key) => address[key])
        .join(' ');
    const [from, to] = [words(before), words(after)];
    if (from === '') return m.address.adds(part, to);
    return to === '' ? m.address.leavesOut(part, from) : m.address.becomes(part, from, to);
  });
  return capital(m.address.all(said));
}
