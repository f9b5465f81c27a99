import { list } from '../plural';
import type { Messages } from '../en';

const locale = 'es';

export const handling: Messages['handling'] = {
  handle: 'Me ocupo yo',
  by: (who: string, role: string | undefined) => (role === undefined ? who : `${who} (${role})`),
  roles: {
    admin: 'administración',
    agent: 'agente',
    security: 'puesto de seguridad',
    supervisor: 'supervisión',
  },
  since: (names: string[], times: string) => `${list(locale, names)} se ${names.length === 1 ? 'ocupa' : 'ocupan'} de esto desde ${times}`,
  nobody: 'Nadie ha dicho que se ocupa de esto',
  passedOn: 'Nadie respondió a tiempo y se avisó a más personas',
  gone: 'Esta llamada ya no está; no queda nada por hacer.',
  show: 'Ver la dirección',
  showOf: (name: string) => `Ver la dirección de ${name}`,
  why: (name: string) => `¿Por qué abre la dirección de ${name}?`,
  onRecord: 'Se guardan su nombre, la hora y el motivo, y el agente los ve.',
  call: 'Su llamada de emergencia está en curso: no hace falta un motivo.',
  reason: 'Motivo',
  short: 'Escriba al menos 10 caracteres.',
  open: 'Abrir la dirección',
  cancel: 'Cancelar',
  close: 'Cerrar',
  sent: 'La dirección que se envió con la llamada',
  last: 'La última dirección que indicó',
  opened: (who: string, time: string) => `${who} abrió su dirección a las ${time}`,
  openedInCall: (who: string, time: string) => `${who} abrió su dirección a las ${time}, durante su llamada de emergencia`,
  somebody: 'Alguien',
  reasonWas: (reason: string) => `Su motivo: ${reason}`,
  seen: 'Lo he visto',
};
