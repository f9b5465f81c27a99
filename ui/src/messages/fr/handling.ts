import { list } from '../plural';
import type { Messages } from '../en';

const locale = 'fr';

export const handling: Messages['handling'] = {
  handle: 'Je m’en occupe',
  by: (who: string, role: string | undefined) => (role === undefined ? who : `${who} (${role})`),
  roles: {
    admin: 'administration',
    agent: 'agent en ligne',
    security: 'poste de sécurité',
    supervisor: 'encadrement',
  },
  since: (names: string[], times: string) => `${list(locale, names)} ${names.length === 1 ? 's’en occupe' : 's’en occupent'} depuis ${times}`,
  nobody: 'Personne n’a dit s’en occuper',
  passedOn: 'Personne n’a répondu à temps : d’autres personnes ont été prévenues',
  gone: 'Cet appel n’existe plus ; il n’y a plus rien à faire.',
  show: 'Voir l’adresse',
  showOf: (name: string) => `Voir l’adresse de ${name}`,
  why: (name: string) => `Pourquoi ouvrez-vous l’adresse de ${name} ?`,
  onRecord: 'Votre nom, l’heure et le motif sont conservés, et l’agent les voit.',
  call: 'Son appel d’urgence est en cours : aucun motif n’est nécessaire.',
  reason: 'Motif',
  short: 'Écrivez au moins 10 caractères.',
  open: 'Ouvrir l’adresse',
  cancel: 'Annuler',
  close: 'Fermer',
  sent: 'L’adresse transmise avec l’appel',
  last: 'La dernière adresse indiquée',
  opened: (who: string, time: string) => `${who} a ouvert votre adresse à ${time}`,
  openedInCall: (who: string, time: string) => `${who} a ouvert votre adresse à ${time}, pendant votre appel d’urgence`,
  somebody: 'Quelqu’un',
  reasonWas: (reason: string) => `Motif donné : ${reason}`,
  seen: 'J’ai vu',
};
