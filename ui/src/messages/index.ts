import { en, type Messages } from './en';

/** The catalogue in use. */
export const m: Messages = en;

export { list, plural } from './plural';
