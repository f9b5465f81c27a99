import { plural } from '../plural';

const locale = 'en';

/** English puts an article before the names of countries that are several, or a kind of state. */
function withArticle(country: string): string {
  return /^(Bahamas|Cayman|Central|Dominican|Isle|Maldives|Netherlands|Philippines|United)|Islands$|Republic$/.test(country) ? `the ${country}` : country;
}

export const app = {
  name: 'Whereabouts',
  title: (screen: string) => `${screen} · Whereabouts`,
  settings: 'Settings',
  back: 'Back',
  dismiss: 'Understood',
  undo: 'Undo',
  retry: 'Try again',
  loading: 'Loading',
  sections: 'Sections',
  you: 'Where I am',
  team: 'My team',
  enterKey: 'Enter',
  starting: 'Starting',
  failed: 'Whereabouts could not start. Close it and open it again.',
};

export const signIn = {
  title: 'Sign in',
  lead: 'So that help finds the right door when you call for it.',
  server: 'Server address',
  serverHint: 'Your administrator gave it to you with the code.',
  code: 'One-time code',
  codeHint: 'Three groups of four, such as K7QM-2RXD-9HTP.',
  submit: 'Sign in',
  busy: 'Signing in',
};

export const ask = {
  title: 'Where are you working today?',
  atSeat: (label: string) => `Are you at seat ${label} today?`,
  atPlace: (label: string) => `Are you at ${label} today?`,
  yes: 'Yes, I’m here',
  sending: 'Telling the server',
  anotherSeat: 'Another seat',
  chooseSeat: 'A seat in the office',
  atHome: 'At home',
  elsewhere: 'Somewhere else',
  others: 'Other places',
  decline: 'I’d rather not say',
  untilThen: (number: string, address: string) => `Until you answer, ${number} would be sent to ${address}.`,
  untilThenNothing: (number: string) => `Until you answer, ${number} has no address for you.`,
  noHistory: 'Choose where you work. Help is sent there if you call an emergency number.',
  lastPlace: (age: string) => `You were here ${age}`,
  lastPlaceUndated: 'You were here last time',
  savedPlace: 'You saved this address',
  onPlan: (label: string) => `${label} on the floor plan`,
};

export const seats = {
  title: 'Which seat are you at?',
  search: 'Search by the label on the desk',
  clear: 'Clear',
  site: 'Building',
  floor: 'Floor',
  floorName: (floor: string) => `Floor ${floor}`,
  at: (floor: string, site: string) => `Floor ${floor}, ${site}`,
  line: (label: string, floor: string) => `${label}, floor ${floor}`,
  plan: (floor: string, site: string) =>
    `Floor plan, floor ${floor}, ${site}. Arrow keys move between seats, Enter chooses.`,
  noPlan: 'There is no plan of this floor. Choose from the list.',
  found: 'Seats found',
  onFloor: (floor: string) => `Seats on floor ${floor}`,
  none: (query: string) => `No seat matches “${query}”. Look at the label on the desk once more.`,
  noneHere: 'No seats are recorded on this floor.',
  noSites: 'Your organisation has not recorded any seats yet. Use an address instead.',
  takenBy: (name: string) => `Taken by ${name}`,
  free: 'Free',
  taken: 'Taken',
  chosen: 'Your choice',
  choose: (label: string) => `I’m at ${label}`,
  alsoTaken: (name: string) => `${name} also says to sit here. Choose it if this is where you are: both of you will be told.`,
  failed: 'The seats could not be loaded.',
  offline: 'Seats cannot be looked up while the server is out of reach. Your last place and your addresses still work.',
  count: (count: number) => plural(locale, count, { one: '# seat found', other: '# seats found' }),
};

export const places = {
  titleHome: 'Which home are you at?',
  titleOther: 'Where are you?',
  usedAge: (age: string) => `You were here ${age}`,
  unused: 'Not used yet',
  hereAt: (label: string) => `I’m at ${label}`,
  add: 'Add an address',
  edit: 'Edit',
  editNamed: (label: string) => `Edit ${label}`,
  remove: 'Delete',
  removeNamed: (label: string) => `Delete ${label}`,
  removed: (label: string) => `${label} is deleted.`,
  home: 'Home',
  none: 'You have not saved an address yet.',
};

export const standing = {
  title: 'Where you are',
  sentTo: (number: string) => `${number} will be sent to`,
  wouldBeSentTo: (number: string) => `${number} would be sent to`,
  stillHas: (number: string) => `${number} still has`,
  hasNothing: (number: string) => `${number} has no address for you`,
  hasNothingWhy: 'If you call, say your address first.',
  youSaid: 'You said',
  until: (time: string) => `until ${time}`,
  confirmedAt: (time: string) => `confirmed ${time}`,
  change: 'Change',
  end: 'End my shift',
  sayWhere: 'Say where I am',
  discard: 'Leave it as it was',
  confirmed: 'Confirmed',
  corrected: 'Confirmed, with a corrected address',
  unsent: (number: string) => `Saved here, not yet with ${number}`,
  unsentWhy: 'We could not reach the server. Your change is kept on this computer and goes out as soon as it answers.',
  retryNow: 'Trying now.',
  retryIn: (seconds: number) =>
    plural(locale, seconds, { one: 'Trying again in # second.', other: 'Trying again in # seconds.' }),
  memoryOnly: 'This computer’s password store does not answer, so your change is only kept while Whereabouts runs.',
  sending: 'Telling the server',
  stale: 'Not certain any more',
  staleQuestion: (age: string) => `You confirmed this ${age}. Still there?`,
  staleUndated: 'You confirmed this a while ago. Still there?',
  unchecked: 'Confirmed, but not checked',
  uncheckedWhy: (number: string) =>
    `There was no address list to check it against. ${number} gets it as you wrote it.`,
  overridden: 'Confirmed on your word',
  overriddenWhy: (number: string) => `The address list does not know this address. ${number} gets it as you wrote it.`,
  invalid: 'This address needs a look',
  invalidWhy: (number: string) => `The address list says it does not exist. ${number} could go to the wrong door.`,
  declined: 'You chose not to say where you are',
  declinedWhy: (number: string) => `If you call ${number}, say your address first: the dispatcher cannot see it.`,
  declinedDefault: (number: string) => `If you call ${number}, say your address first: the dispatcher sees only this building.`,
  unknown: 'Nobody knows where you are',
  askAgain: 'Too much time has passed since you said this. Are you still there?',
  refused: 'The server did not accept this place',
  offline: (time: string) => `We have not reached the server since ${time}. This is what it said last.`,
  conflictText: 'Look at the label on your desk. If it is right there is nothing to do: both of you were told.',
};

/** This computer's own notices, by code. */
export const notices = {
  superseded: 'You said something newer on another computer. That is what counts now.',
  local_state_unreadable: 'What was saved on this computer could not be read. Please say where you are.',
  update_needed: 'Whereabouts is older than your server. Emergency calls are shown, but it needs an update.',
};

export const decline = {
  title: 'Not saying where you are',
  lead: (number: string) =>
    `If you call ${number}, the dispatcher will not see where you are. You would have to say it, and you may not be able to.`,
  reason: 'Your reason',
  reasonHint: 'Your organisation can read this.',
  submit: 'Keep my location to myself',
};

export const endShift = {
  title: 'Your shift has ended',
  thanks: 'There is nothing more to do. You will be asked again when you start.',
  undo: (label: string) => `Undo: I’m still at ${label}`,
  start: 'Start another shift',
};

export const quit = {
  title: 'Close Whereabouts?',
  callback_window: (number: string) =>
    `Your callback number is still open. Without Whereabouts nobody tells you here when ${number} calls back.`,
  emergency_open: 'An emergency call is open. Leave Whereabouts running: it shows the address to read aloud.',
  unsent: (number: string) => `What you said last is not with ${number} yet. It goes out when Whereabouts runs again.`,
  stay: 'Keep it running',
  leave: 'Close it all the same',
};

export const settings = {
  title: 'Settings',
  account: 'Account',
  name: 'Signed in as',
  teamName: 'Team',
  server: 'Server',
  signOut: 'Sign out',
  signOutAsk: 'Sign out of this computer? You will need a new code to come back.',
  signOutYes: 'Yes, sign out',
  signOutNo: 'Stay signed in',
  language: 'Language',
  languageField: 'Language of the app',
  languageOwn: (language: string) => `As this computer: ${language}`,
  keys: 'Letter keys',
  keysOn: 'S, H and E choose another place on the first screen',
  computer: 'This computer',
  secrets: 'Password store',
  secretsOk: 'Answers. You stay signed in after a restart.',
  secretsAway: 'Does not answer. You may have to sign in again after a restart.',
  clock: 'Clock',
  clockOk: 'Agrees with the server.',
  clockOff: (minutes: number) =>
    plural(locale, minutes, {
      one: 'Differs from the server by # minute. The server’s time is what counts.',
      other: 'Differs from the server by # minutes. The server’s time is what counts.',
    }),
  limits: 'What Whereabouts cannot do',
  limitsText: (number: string) => [
    'It knows where you are because you say so. If you move, say so here, or tell the dispatcher.',
    `It never places, delays or blocks a call. If it is broken, ${number} still works: say your address.`,
    'Without power or a network connection, use a mobile phone.',
  ],
  version: (version: string) => `Whereabouts ${version}`,
};

/** The computer is where an emergency call from it reaches no local help. */
export const abroad = {
  seems: (country: string) => `This computer seems to be in ${withArticle(country)}.`,
  noHelp: 'An emergency call from it will not reach local help.',
  call: 'This call may not reach local help.',
  dial: (number: string) => `Use a local phone and dial ${number}.`,
  dialUnknown: 'Use a local phone and dial the local emergency number.',
};
