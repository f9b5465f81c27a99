/** The one place the first screen asks about. */
import { age, instant, type Zone } from '../../format/time';
import type { Declare } from '../../host/bindings/Declare';
import type { Proposal } from '../../host/bindings/Proposal';
import type { SignedIn } from '../../host/bindings/SignedIn';
import { m, told } from '../../messages';

export interface Guess extends Pick<Declare, 'place' | 'label' | 'class' | 'lines'> {
  /** Where that is, in few words. */
  where: string[];
  /** Why it is guessed. */
  why: string;
}

/** What was said and did not count any more comes first, then the best proposal, then the last place. */
export function guess(me: SignedIn, now: number, zone: Zone): Guess | undefined {
  const { headline, unsent, served } = me.location;
  if (headline === 'ask_again' && unsent) {
    return { ...pick(unsent), where: [unsent.lines.join(', ')], why: m.standing.askAgain };
  }
  const proposal = me.proposals[0];
  if (proposal) {
    return {
      ...pick(proposal),
      where: proposal.class === 'seat' ? [told(proposal.detail) ?? proposal.detail] : proposal.lines,
      why: reason(proposal, headline === 'stale', now, zone),
    };
  }
  const last = served?.last_known;
  if (!last) return undefined;
  return {
    ...pick(last),
    where: last.lines,
    why: m.standing.staleQuestion(age(instant(last.declared_at), now, zone)),
  };
}

function pick({ place, label, class: kind, lines }: Pick<Declare, 'place' | 'label' | 'class' | 'lines'>) {
  return { place, label, class: kind, lines };
}

function reason(proposal: Proposal, stale: boolean, now: number, zone: Zone): string {
  const said = proposal.last_declared_at;
  const when = said === null ? undefined : age(instant(said), now, zone);
  if (proposal.reason === 'last_place') {
    if (when === undefined) return m.ask.lastPlaceUndated;
    // A seat is asked for anew each day; of an address the age is the question.
    return stale && proposal.class !== 'seat' ? m.standing.staleQuestion(when) : m.ask.lastPlace(when);
  }
  if (proposal.reason === 'saved_place') return m.ask.savedPlace;
  return told(proposal.because) ?? proposal.because;
}
