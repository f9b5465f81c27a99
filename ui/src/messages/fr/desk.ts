import { plural } from '../plural';
import type { Messages } from '../en';

const locale = 'fr';

export const desk: Messages['desk'] = {
  title: 'Poste de sécurité',
  lead: 'Les appels d’urgence en direct, qui s’en occupe et qui est localisable.',
  codeHint: 'Votre administrateur vous en prépare un : trois groupes de quatre, comme K7QM-2RXD-9HTP.',
  insecure: 'Cette page ne fonctionne qu’avec une connexion sécurisée. Ouvrez-la à une adresse qui commence par https://.',
  lost: 'Votre session a pris fin. Connectez-vous avec un nouveau code pour continuer à veiller.',
  waiting: 'Le serveur est injoignable. Cette page réessaie d’elle-même.',
  offline: 'Le serveur est injoignable. Les nouveaux appels ne s’affichent pas ici tant qu’il n’est pas revenu.',
  signedInAs: (name) => `Session ouverte : ${name}`,
  signOut: 'Se déconnecter',
  signOutAsk: 'Se déconnecter de cette page ? Il vous faudra un nouveau code pour revenir.',
  endsSoon: (time) => `Fin de votre session : ${time}. Demandez à temps un nouveau code.`,
  silent: 'Un nouvel appel ne s’entendrait pas encore ici.',
  silentWhy: 'Les navigateurs gardent une page muette tant que personne n’y a appuyé sur quelque chose.',
  soundOn: 'Activer le son',
  quiet: 'Aucun appel d’urgence',
  quietSince: 'Ils apparaissent ici d’eux-mêmes, avec un son.',
  calls: (count) => plural(locale, count, { one: '# appel d’urgence', other: '# appels d’urgence' }),
  told: {
    label: 'Qui a été prévenu',
    sent: {
      mail: (count) => plural(locale, count, { one: '# e-mail envoyé', other: '# e-mails envoyés' }),
      task: (count) => plural(locale, count, { one: '# tâche créée sur la plateforme', other: '# tâches créées sur la plateforme' }),
      webhook: (count) => plural(locale, count, { one: '# webhook envoyé', other: '# webhooks envoyés' }),
    },
    waiting: {
      mail: (count) => plural(locale, count, { one: '# e-mail en route', other: '# e-mails en route' }),
      task: (count) => plural(locale, count, { one: '# tâche en route', other: '# tâches en route' }),
      webhook: (count) => plural(locale, count, { one: '# webhook en route', other: '# webhooks en route' }),
    },
    dead: {
      mail: (count) => plural(locale, count, { one: '# e-mail n’a pas pu être remis', other: '# e-mails n’ont pas pu être remis' }),
      task: (count) => plural(locale, count, { one: '# tâche n’a pas pu être remise', other: '# tâches n’ont pas pu être remises' }),
      webhook: (count) => plural(locale, count, { one: '# webhook n’a pas pu être remis', other: '# webhooks n’ont pas pu être remis' }),
    },
    nobody: 'Personne n’est prévenu de cet appel par e-mail ou par webhook',
    unknown: 'Impossible de voir pour l’instant si quelqu’un a été prévenu',
  },
};
