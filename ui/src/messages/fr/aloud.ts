import type { Messages } from '../en';

export const aloud: Messages['aloud'] = {
  open: 'Épeler',
  needHelp: 'J’ai besoin d’aide.',
  testCall: 'C’est un appel d’essai.',
  iAmAt: 'Je suis ici',
  iWasAt: 'Ce n’est pas certain. Mon dernier lieu connu',
  unknown: 'Dites où vous êtes : numéro, rue, étage, porte et ville.',
  callMe: 'Vous pouvez me rappeler au',
  digits: ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'],
  plus: 'plus',
  stateAndCity: (city, state) => `${city}, ${state}`,
  left: 'à gauche',
  right: 'à droite',
  middle: 'au milieu',
  ground: 'rez-de-chaussée',
  basement: 'sous-sol',
};
