import type { Messages } from '../en';

export const aloud: Messages['aloud'] = {
  open: 'Stav det',
  needHelp: 'Jeg har brug for hjælp.',
  testCall: 'Det her er et testopkald.',
  iAmAt: 'Jeg er her',
  iWasAt: 'Jeg er ikke sikker. Jeg var sidst her',
  unknown: 'Sig, hvor du er: nummer, vej, etage, dør og by.',
  callMe: 'I kan ringe mig op på',
  digits: ['nul', 'en', 'to', 'tre', 'fire', 'fem', 'seks', 'syv', 'otte', 'ni'],
  plus: 'plus',
  stateAndCity: (city, state) => `${city}, ${state}`,
  left: 'til venstre',
  right: 'til højre',
  middle: 'midt for',
  ground: 'stuen',
  basement: 'kælderen',
};
