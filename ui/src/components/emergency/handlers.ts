import type { Acknowledgement } from '../../host/bindings/Acknowledgement';
import { m } from '../../messages';

/** Somebody who is on an emergency, with what they are: `Kim Doe (security desk)`. */
export function named(by: Acknowledgement): string {
  return m.handling.by(by.display_name, by.role === null ? undefined : m.handling.roles[by.role]);
}
