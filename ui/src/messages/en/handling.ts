import { list } from '../plural';

const locale = 'en';

/** Who is on an emergency, and opening an address. */
export const handling = {
  handle: 'I am handling this',
  by: (who: string, role: string | undefined) => (role === undefined ? who : `${who} (${role})`),
  roles: {
    admin: 'administrator',
    agent: 'agent',
    security: 'security desk',
    supervisor: 'supervisor',
  },
  since: (names: string[], times: string) => `${list(locale, names)} ${names.length === 1 ? 'is' : 'are'} handling this, since ${times}`,
  nobody: 'Nobody has said that they are handling this',
  passedOn: 'Nobody answered in time, so more people were told',
  gone: 'This call is gone; nothing is left to handle.',
  show: 'Show address',
  showOf: (name: string) => `Show address of ${name}`,
  why: (name: string) => `Why do you open ${name}’s address?`,
  onRecord: 'Your name, the time and the reason are kept, and the agent sees them.',
  call: 'Their emergency call is open, so no reason is needed.',
  reason: 'Reason',
  short: 'Write at least 10 characters.',
  open: 'Open the address',
  cancel: 'Cancel',
  close: 'Close',
  sent: 'The address that was sent with the call',
  last: 'The last address they gave',
  opened: (who: string, time: string) => `${who} opened your address at ${time}`,
  openedInCall: (who: string, time: string) => `${who} opened your address at ${time}, during your emergency call`,
  somebody: 'Somebody',
  reasonWas: (reason: string) => `Their reason: ${reason}`,
  seen: 'I have seen this',
};
