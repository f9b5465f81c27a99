import type { CommandErrorCode } from '../../host/bindings/CommandErrorCode';

/** What went wrong, by code, as something to act on. */
export const errors = {
  ask_again: 'Too much time has passed. Please say again where you are.',
  bad_server_address: 'This is not a server address. It looks like https://whereabouts.example.com.',
  code_expired: 'This code has run out. Ask your administrator for a new one.',
  code_unknown: 'This code is not known. Check each letter, or ask for a new one.',
  code_used: 'This code was used before. Ask your administrator for a new one.',
  emergency_open: 'An emergency call is open. This has to wait until it is over.',
  forbidden: 'Your account may not do this.',
  idempotency_key_reused: 'That was sent twice with different content. Please try again.',
  keychain_unavailable: 'This computer’s password store does not answer. Unlock it and try again.',
  not_acceptable: 'The server understood this but cannot accept it.',
  not_found: 'That is not there any more.',
  not_signed_in: 'You are not signed in. Sign in with a new code.',
  offline: 'The server cannot be reached. Check your network connection and try again.',
  ordinary_number: 'That is not an emergency number.',
  other: 'That did not work. Try again in a moment.',
  rate_limited: 'Too many tries. Wait a minute, then try again.',
  superseded: 'You said something newer on another computer. That is what counts now.',
  token_expired: 'Your sign-in has run out. Sign in with a new code.',
  token_revoked: 'You were signed out. Sign in with a new code.',
  too_large: 'That is too long.',
  unauthenticated: 'You are not signed in any more. Sign in with a new code.',
  unavailable: 'The server has a fault just now. Try again in a moment.',
  unexpected_answer: 'There is something at this address, but it is not Whereabouts. Check the address.',
  unreadable: 'The server could not read that.',
} satisfies Record<CommandErrorCode, string>;
