import type { Messages } from '../en';

export const testCall: Messages['testCall'] = {
  title: 'Essayez avec un appel d’essai',
  why: 'Un appel d’essai vous relit l’adresse et le numéro que recevrait le centre du 911. Personne n’est envoyé.',
  steps: (number) => [
    `Composez le ${number} sur votre téléphone logiciel.`,
    'Écoutez l’adresse et le numéro qu’on vous relit.',
    'Dites dans la barre en haut de l’écran s’ils étaient justes.',
  ],
  ask: 'Avez-vous entendu la même chose que ci-dessus ?',
  same: 'Oui, la même chose',
  different: 'Non, autre chose',
  what: 'Qu’est-ce qui était différent ? (facultatif)',
  send: 'Envoyer',
  notSent: 'Retour',
  wasSame: (time) => `Vous avez entendu la bonne adresse à ${time}. Merci.`,
  wasDifferent: (time) =>
    `Vous avez entendu autre chose à ${time}. Vérifiez où vous êtes et prévenez votre équipe de téléphonie.`,
  change: 'Changer ma réponse',
  failed: 'Votre réponse n’est pas arrivée au serveur. Réessayez.',
};
