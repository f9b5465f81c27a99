/**
 * Every word people read, in plain English: what the other catalogues are measured by. A text with a hole is a function of what fills it.
 * Where a text takes `number`, it is the emergency number of the agent's country: 911, 112, 999.
 */
import { address } from './address';
import { aloud } from './aloud';
import { desk } from './desk';
import { drill } from './drill';
import { emergency } from './emergency';
import { errors } from './errors';
import { abroad, app, ask, decline, endShift, notices, places, quit, seats, settings, signIn, standing } from './main';
import { handling } from './handling';
import { server } from './server';
import { team } from './team';
import { testCall } from './test_call';

export const en = {
  abroad,
  address,
  aloud,
  app,
  ask,
  decline,
  desk,
  drill,
  emergency,
  endShift,
  errors,
  handling,
  notices,
  places,
  quit,
  seats,
  server,
  settings,
  signIn,
  standing,
  team,
  testCall,
};

/** What a catalogue in any language offers. */
export type Messages = typeof en;
