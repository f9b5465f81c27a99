/** How a location is shown: one shape, one word, one sentence. */
import type { LocationView } from '../../host/bindings/LocationView';
import { m } from '../../messages';
import type { Shape } from '../shared/StatusShape.svelte';

export interface Standing {
  shape: Shape;
  tone: 'good' | 'doubt' | 'bad' | 'plain';
  word: string;
  /** What it means, where that is not plain. */
  why?: string;
}

/** The word for a location, by its headline and, once the server has it, by its check. */
export function standing(location: LocationView, number: string): Standing {
  switch (location.headline) {
    case 'confirmed':
      return confirmed(location, number);
    case 'unchecked':
      return doubt('question', m.standing.unchecked, m.standing.uncheckedWhy(number));
    case 'sending':
      return { shape: 'clock', tone: 'plain', word: m.standing.sending };
    case 'unsent':
      return doubt('clock', m.standing.unsent(number), m.standing.unsentWhy);
    case 'refused': {
      const problem = location.unsent?.problem;
      const why = problem ? m.errors[problem] : undefined;
      return { shape: 'alert', tone: 'bad', word: m.standing.refused, why };
    }
    case 'declined': {
      const nothing = (location.served?.lines.length ?? 0) === 0;
      const why = nothing ? m.standing.declinedWhy(number) : m.standing.declinedDefault(number);
      return { shape: 'dash', tone: 'plain', word: m.standing.declined, why };
    }
    case 'stale':
    case 'ask_again':
      return doubt('alert', m.standing.stale);
    case 'unknown':
      return doubt('question', m.standing.unknown);
  }
}

function confirmed(location: LocationView, number: string): Standing {
  switch (location.served?.verdict) {
    case 'valid':
      return { shape: 'check', tone: 'good', word: m.standing.confirmed };
    case 'corrected':
      return { shape: 'check', tone: 'good', word: m.standing.corrected };
    case 'overridden':
      return doubt('question', m.standing.overridden, m.standing.overriddenWhy(number));
    case 'invalid':
      return { shape: 'alert', tone: 'bad', word: m.standing.invalid, why: m.standing.invalidWhy(number) };
    case 'unchecked':
      // The organisation wrote the seat down, and the agent can do no more than sit at it.
      return location.served.class === 'seat'
        ? { shape: 'check', tone: 'good', word: m.standing.confirmed }
        : doubt('question', m.standing.unchecked, m.standing.uncheckedWhy(number));
    // Green comes from the server or not at all.
    case undefined:
      return doubt('question', m.standing.unknown);
  }
}

function doubt(shape: Shape, word: string, why?: string): Standing {
  return { shape, tone: 'doubt', word, why };
}
