import { plural } from '../plural';
import type { Messages } from '../en';

const locale = 'es';

export const desk: Messages['desk'] = {
  title: 'Puesto de seguridad',
  lead: 'Las llamadas de emergencia en directo, quién se ocupa de ellas y de quién se conoce la ubicación.',
  codeHint: 'Se lo prepara su administrador: tres grupos de cuatro, como K7QM-2RXD-9HTP.',
  insecure: 'Esta página solo funciona con una conexión segura. Ábrala en una dirección que empiece por https://.',
  lost: 'Su sesión ha terminado. Inicie sesión con un código nuevo para seguir vigilando.',
  waiting: 'No se puede conectar con el servidor. Esta página lo vuelve a intentar sola.',
  offline: 'No se puede conectar con el servidor. Las llamadas nuevas no se muestran aquí hasta que vuelva.',
  signedInAs: (name) => `Sesión iniciada: ${name}`,
  signOut: 'Cerrar sesión',
  signOutAsk: '¿Cerrar la sesión de esta página? Necesitará un código nuevo para volver.',
  endsSoon: (time) => `Su sesión termina: ${time}. Pida a tiempo un código nuevo.`,
  silent: 'Una llamada nueva todavía no se oiría aquí.',
  silentWhy: 'Los navegadores mantienen en silencio una página hasta que alguien pulsa algo en ella.',
  soundOn: 'Activar el sonido',
  quiet: 'Ninguna llamada de emergencia',
  quietSince: 'Aparecen aquí por sí solas, con sonido.',
  calls: (count) => plural(locale, count, { one: '# llamada de emergencia', other: '# llamadas de emergencia' }),
  told: {
    label: 'A quién se avisó',
    sent: {
      mail: (count) => plural(locale, count, { one: '# correo enviado', other: '# correos enviados' }),
      task: (count) => plural(locale, count, { one: '# tarea creada en la plataforma', other: '# tareas creadas en la plataforma' }),
      webhook: (count) => plural(locale, count, { one: '# webhook enviado', other: '# webhooks enviados' }),
    },
    waiting: {
      mail: (count) => plural(locale, count, { one: '# correo en camino', other: '# correos en camino' }),
      task: (count) => plural(locale, count, { one: '# tarea en camino', other: '# tareas en camino' }),
      webhook: (count) => plural(locale, count, { one: '# webhook en camino', other: '# webhooks en camino' }),
    },
    dead: {
      mail: (count) => plural(locale, count, { one: '# correo no se pudo entregar', other: '# correos no se pudieron entregar' }),
      task: (count) => plural(locale, count, { one: '# tarea no se pudo entregar', other: '# tareas no se pudieron entregar' }),
      webhook: (count) => plural(locale, count, { one: '# webhook no se pudo entregar', other: '# webhooks no se pudieron entregar' }),
    },
    nobody: 'Nadie recibe aviso de esta llamada por correo ni por webhook',
    unknown: 'Ahora no se puede ver si se avisó a alguien',
  },
};
