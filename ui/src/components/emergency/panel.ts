/** What the emergency window shows, from what is known of the call. */
import { instant, moment, type Zone } from '../../format/time';
import type { Emergency } from '../../host/bindings/Emergency';
import type { View } from '../../host/bindings/View';
import { m } from '../../messages';

/** The look of the window. A callback outranks the call it follows. */
export type Mode = 'none' | 'open' | 'ringing' | 'connected' | 'ended';

export function modeOf(emergency: Emergency | undefined): Mode {
  if (emergency === undefined) return 'none';
  if (emergency.callback.state === 'ringing') return 'ringing';
  if (emergency.callback.state === 'connected') return 'connected';
  return emergency.phase === 'open' ? 'open' : 'ended';
}

/** The place to read aloud, and how far it can be relied on. */
export interface Where {
  title: string;
  /** Empty: nothing is known, and `title` says what to do. */
  lines: string[];
  /** Its age. */
  note?: string;
  /** What the 911 centre was given instead, where that is less. */
  given?: string;
  certain: boolean;
}

export function whereOf(view: View, now: number, zone: Zone): Where | undefined {
  const emergency = view.emergency?.emergency;
  if (emergency === undefined) return undefined;
  const { lines, location_status: status, since } = emergency;
  const time = since === null ? undefined : moment(instant(since), now, zone);
  if (status === 'confirmed' && lines.length > 0) {
    return {
      title: m.emergency.youAreAt,
      lines,
      note: time === undefined ? undefined : m.emergency.confirmedAt(time),
      certain: true,
    };
  }
  const given = givenOf(emergency);
  const last = view.session.state === 'signed_in' ? view.session.location.served?.last_known : undefined;
  if (status === 'stale' && (last || lines.length > 0)) {
    const shown = last?.lines ?? lines;
    const said = last ? moment(instant(last.declared_at), now, zone) : time;
    return {
      title: m.emergency.lastAt,
      lines: shown,
      note: said === undefined ? m.emergency.lastKnown : m.emergency.lastKnownAt(said),
      given: shown.join() === lines.join() ? undefined : given,
      certain: false,
    };
  }
  return { title: m.emergency.notConfirmed, lines: [], given, certain: false };
}

/** What the 911 centre was given; in a drill nobody was. */
function givenOf({ dialled, drill, lines }: Emergency): string | undefined {
  if (drill) return undefined;
  return lines.length === 0 ? m.emergency.wasGivenNothing(dialled) : m.emergency.wasGiven(dialled, lines.join(', '));
}

/** The words over the call. */
export function titleOf(emergency: Emergency, mode: Mode): string {
  const { drill, test, dialled } = emergency;
  if (drill) return m.emergency.drill;
  switch (mode) {
    case 'ringing':
      return test ? m.emergency.ringingTest : m.emergency.ringing(dialled);
    case 'connected':
      return m.emergency.connected(dialled);
    case 'ended':
      return test ? m.emergency.testEnded : m.emergency.ended;
    case 'open':
    case 'none':
      return test ? m.emergency.test(dialled) : m.emergency.inProgress;
  }
}

/** What a screen reader says when the call appears: everything, once. */
export function announcement(title: string, where: Where, spokenNumber: string | undefined): string {
  const place =
    where.lines.length === 0
      ? m.emergency.announce.unknown
      : where.certain
        ? m.emergency.announce.at(where.lines.join(', '))
        : m.emergency.announce.lastAt(where.lines.join(', '));
  return spokenNumber === undefined
    ? m.emergency.announce.openNoNumber(title, place)
    : m.emergency.announce.open(title, place, spokenNumber);
}
