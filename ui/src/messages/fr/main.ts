import { plural } from '../plural';
import type { Messages } from '../en';

const locale = 'fr';

export const app: Messages['app'] = {
  name: 'Whereabouts',
  title: (screen) => `${screen} · Whereabouts`,
  settings: 'Réglages',
  back: 'Retour',
  dismiss: 'Compris',
  undo: 'Annuler',
  retry: 'Réessayer',
  loading: 'Chargement',
  sections: 'Rubriques',
  you: 'Où je suis',
  team: 'Mon équipe',
  enterKey: 'Entrée',
  starting: 'Démarrage',
  failed: 'Whereabouts n’a pas pu démarrer. Fermez-le et rouvrez-le.',
};

export const signIn: Messages['signIn'] = {
  title: 'Se connecter',
  lead: 'Pour que les secours trouvent la bonne porte quand vous les appelez.',
  server: 'Adresse du serveur',
  serverHint: 'Votre administrateur vous l’a donnée avec le code.',
  code: 'Code à usage unique',
  codeHint: 'Trois groupes de quatre, comme K7QM-2RXD-9HTP.',
  submit: 'Se connecter',
  busy: 'Connexion en cours',
};

export const ask: Messages['ask'] = {
  title: 'Où travaillez‑vous aujourd’hui ?',
  atSeat: (label) => `Êtes-vous à la place ${label} aujourd’hui ?`,
  atPlace: (label) => `Êtes-vous ici aujourd’hui : ${label} ?`,
  yes: 'Oui, j’y suis',
  sending: 'Transmission au serveur',
  anotherSeat: 'Une autre place',
  chooseSeat: 'Une place au bureau',
  atHome: 'Chez moi',
  elsewhere: 'Ailleurs',
  others: 'Autres lieux',
  decline: 'Je préfère ne pas le dire',
  untilThen: (number, address) => `Tant que vous ne répondez pas, le ${number} enverrait les secours à ${address}.`,
  untilThenNothing: (number) => `Tant que vous ne répondez pas, le ${number} n’a aucune adresse pour vous.`,
  noHistory: 'Choisissez où vous travaillez. Les secours y sont envoyés si vous appelez un numéro d’urgence.',
  lastPlace: (age) => `Vous étiez ici ${age}`,
  lastPlaceUndated: 'Vous étiez ici la dernière fois',
  savedPlace: 'Vous avez enregistré cette adresse',
  onPlan: (label) => `${label} sur le plan de l’étage`,
};

export const seats: Messages['seats'] = {
  title: 'À quelle place êtes-vous ?',
  search: 'Chercher par l’étiquette du bureau',
  clear: 'Effacer',
  site: 'Bâtiment',
  floor: 'Étage',
  floorName: (floor) => `Étage ${floor}`,
  at: (floor, site) => `Étage ${floor}, ${site}`,
  line: (label, floor) => `${label}, étage ${floor}`,
  plan: (floor, site) => `Plan de l’étage ${floor}, ${site}. Les flèches vont d’une place à l’autre, Entrée choisit.`,
  noPlan: 'Il n’y a pas de plan de cet étage. Choisissez dans la liste.',
  found: 'Places trouvées',
  onFloor: (floor) => `Places de l’étage ${floor}`,
  none: (query) => `Aucune place ne correspond à « ${query} ». Regardez encore l’étiquette du bureau.`,
  noneHere: 'Aucune place n’est enregistrée à cet étage.',
  noSites: 'Votre organisation n’a encore enregistré aucune place. Utilisez plutôt une adresse.',
  takenBy: (name) => `Prise par ${name}`,
  free: 'Libre',
  taken: 'Prise',
  chosen: 'Votre choix',
  choose: (label) => `Je suis à ${label}`,
  alsoTaken: (name) => `${name} dit aussi être à cette place. Choisissez-la si vous y êtes : vous serez prévenus tous les deux.`,
  failed: 'Les places n’ont pas pu être chargées.',
  offline: 'Impossible de chercher une place tant que le serveur est injoignable. Votre dernier lieu et vos adresses restent utilisables.',
  count: (count) => plural(locale, count, { one: '# place trouvée', other: '# places trouvées' }),
};

export const places: Messages['places'] = {
  titleHome: 'Dans quel domicile êtes-vous ?',
  titleOther: 'Où êtes-vous ?',
  usedAge: (age) => `Vous étiez ici ${age}`,
  unused: 'Pas encore utilisée',
  hereAt: (label) => `Je suis ici : ${label}`,
  add: 'Ajouter une adresse',
  edit: 'Modifier',
  editNamed: (label) => `Modifier ${label}`,
  remove: 'Supprimer',
  removeNamed: (label) => `Supprimer ${label}`,
  removed: (label) => `${label} : adresse supprimée.`,
  home: 'Domicile',
  none: 'Vous n’avez encore enregistré aucune adresse.',
};

export const standing: Messages['standing'] = {
  title: 'Où vous êtes',
  sentTo: (number) => `Le ${number} enverra les secours à`,
  wouldBeSentTo: (number) => `Le ${number} enverrait les secours à`,
  stillHas: (number) => `Le ${number} a encore`,
  hasNothing: (number) => `Le ${number} n’a aucune adresse pour vous`,
  hasNothingWhy: 'Si vous appelez, dites d’abord votre adresse.',
  youSaid: 'Vous avez dit',
  until: (time) => `jusqu’à : ${time}`,
  confirmedAt: (time) => `confirmé : ${time}`,
  change: 'Changer',
  end: 'Terminer mon service',
  sayWhere: 'Dire où je suis',
  discard: 'Laisser comme avant',
  confirmed: 'Confirmé',
  corrected: 'Confirmé, avec une adresse corrigée',
  unsent: (number) => `Enregistré ici, pas encore transmis au ${number}`,
  unsentWhy: 'Nous n’avons pas pu joindre le serveur. Votre changement est gardé sur cet ordinateur et part dès que le serveur répond.',
  retryNow: 'Nouvel essai en cours.',
  retryIn: (seconds) =>
    plural(locale, seconds, { one: 'Nouvel essai dans # seconde.', other: 'Nouvel essai dans # secondes.' }),
  memoryOnly: 'Le trousseau de mots de passe de cet ordinateur ne répond pas : votre changement n’est gardé que tant que Whereabouts est ouvert.',
  sending: 'Transmission au serveur',
  stale: 'Plus certain',
  staleQuestion: (age) => `Vous l’avez confirmé ${age}. Y êtes-vous toujours ?`,
  staleUndated: 'Vous l’avez confirmé il y a un moment. Y êtes-vous toujours ?',
  unchecked: 'Confirmé, mais non vérifié',
  uncheckedWhy: (number) => `Il n’y avait pas de liste d’adresses pour la vérifier. Le ${number} la reçoit telle que vous l’avez écrite.`,
  overridden: 'Confirmé sur votre parole',
  overriddenWhy: (number) => `La liste ne connaît pas cette adresse. Le ${number} la reçoit telle que vous l’avez écrite.`,
  invalid: 'Cette adresse est à revoir',
  invalidWhy: (number) => `La liste dit qu’elle n’existe pas. Le ${number} pourrait aller à la mauvaise porte.`,
  declined: 'Vous avez choisi de ne pas dire où vous êtes',
  declinedWhy: (number) => `Si vous appelez le ${number}, dites d’abord votre adresse : l’opérateur ne peut pas la voir.`,
  declinedDefault: (number) => `Si vous appelez le ${number}, dites d’abord votre adresse : l’opérateur ne voit que ce bâtiment.`,
  unknown: 'Personne ne sait où vous êtes',
  askAgain: 'Trop de temps a passé depuis que vous l’avez dit. Y êtes-vous toujours ?',
  refused: 'Le serveur n’a pas accepté ce lieu',
  offline: (time) => `Serveur injoignable. Dernier contact : ${time}. Voici ce qu’il a dit en dernier.`,
  conflictText: 'Regardez l’étiquette de votre bureau. Si elle est juste, il n’y a rien à faire : vous avez été prévenus tous les deux.',
};

export const notices: Messages['notices'] = {
  superseded: 'Vous avez indiqué un lieu plus récent sur un autre ordinateur. C’est lui qui compte maintenant.',
  local_state_unreadable: 'Ce qui était enregistré sur cet ordinateur n’a pas pu être lu. Veuillez dire où vous êtes.',
  update_needed: 'Whereabouts est plus ancien que votre serveur. Les appels d’urgence s’affichent, mais il lui faut une mise à jour.',
};

export const decline: Messages['decline'] = {
  title: 'Ne pas dire où vous êtes',
  lead: (number) =>
    `Si vous appelez le ${number}, l’opérateur ne verra pas où vous êtes. Vous devriez le dire, et vous n’en serez peut-être pas capable.`,
  reason: 'Votre raison',
  reasonHint: 'Votre organisation peut la lire.',
  submit: 'Ne pas indiquer où je suis',
};

export const endShift: Messages['endShift'] = {
  title: 'Votre service est terminé',
  thanks: 'Il n’y a plus rien à faire. La question vous sera posée à nouveau quand vous commencerez.',
  undo: (label) => `Annuler : je suis encore à ${label}`,
  start: 'Commencer un nouveau service',
};

export const quit: Messages['quit'] = {
  title: 'Fermer Whereabouts ?',
  callback_window: (number) =>
    `On peut encore vous rappeler. Sans Whereabouts, personne ne vous prévient ici quand le ${number} rappelle.`,
  emergency_open: 'Un appel d’urgence est ouvert. Laissez Whereabouts ouvert : il affiche l’adresse à lire à voix haute.',
  unsent: (number) => `Le ${number} n’a pas encore ce que vous avez dit en dernier. Ce sera envoyé quand Whereabouts sera rouvert.`,
  stay: 'Le laisser ouvert',
  leave: 'Fermer quand même',
};

export const settings: Messages['settings'] = {
  title: 'Réglages',
  account: 'Compte',
  name: 'Connecté en tant que',
  teamName: 'Équipe',
  server: 'Serveur',
  signOut: 'Se déconnecter',
  signOutAsk: 'Vous déconnecter de cet ordinateur ? Il vous faudra un nouveau code pour revenir.',
  signOutYes: 'Oui, me déconnecter',
  signOutNo: 'Rester connecté',
  language: 'Langue',
  languageField: 'Langue de l’application',
  languageOwn: (language) => `Comme cet ordinateur : ${language}`,
  keys: 'Raccourcis d’une lettre',
  keysOn: 'S, H et E choisissent un autre lieu sur le premier écran',
  computer: 'Cet ordinateur',
  secrets: 'Trousseau de mots de passe',
  secretsOk: 'Il répond. Vous restez connecté après un redémarrage.',
  secretsAway: 'Il ne répond pas. Vous devrez peut-être vous reconnecter après un redémarrage.',
  clock: 'Horloge',
  clockOk: 'À l’heure du serveur.',
  clockOff: (minutes) =>
    plural(locale, minutes, {
      one: '# minute d’écart avec le serveur. C’est l’heure du serveur qui compte.',
      other: '# minutes d’écart avec le serveur. C’est l’heure du serveur qui compte.',
    }),
  limits: 'Ce que Whereabouts ne peut pas faire',
  limitsText: (number) => [
    'Il sait où vous êtes parce que vous le dites. Si vous changez de lieu, dites-le ici ou à l’opérateur.',
    `Il ne passe, ne retarde et ne bloque jamais un appel. S’il est en panne, le ${number} fonctionne quand même : dites votre adresse.`,
    'Sans courant ou sans réseau, utilisez un téléphone portable.',
  ],
  version: (version) => `Whereabouts ${version}`,
};

export const abroad: Messages['abroad'] = {
  seems: (country) => `Cet ordinateur semble se trouver dans ce pays : ${country}.`,
  noHelp: 'Un appel d’urgence depuis cet ordinateur n’atteindra pas les secours locaux.',
  call: 'Cet appel n’atteindra peut-être pas les secours locaux.',
  dial: (number) => `Prenez un téléphone local et composez le ${number}.`,
  dialUnknown: 'Prenez un téléphone local et composez le numéro d’urgence local.',
};
