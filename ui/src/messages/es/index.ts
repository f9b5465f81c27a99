/** Spanish, as it is read in the United States and Puerto Rico; `usted` throughout. */
import type { Messages } from '../en';
import { address } from './address';
import { aloud } from './aloud';
import { emergency } from './emergency';
import { errors } from './errors';
import { app, ask, decline, endShift, notices, places, quit, seats, settings, signIn, standing } from './main';
import { team } from './team';

export const es: Messages = {
  address,
  aloud,
  app,
  ask,
  decline,
  emergency,
  endShift,
  errors,
  notices,
  places,
  quit,
  seats,
  settings,
  signIn,
  standing,
  team,
};
