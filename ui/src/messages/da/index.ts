/** Danish; `du` throughout. */
import type { Messages } from '../en';
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

export const da: Messages = {
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
