export { catalogues } from './catalogues';
export { language, m, speak } from './current.svelte';
export type { Messages } from './en';
export { isLanguage, LANGUAGES, languageOf, type Language } from './languages';
export { list, plural } from './plural';
export { told } from './told';
