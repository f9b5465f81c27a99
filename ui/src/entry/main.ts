import { mount } from 'svelte';

import '../styles/base.css';
import { locale } from '../format/locale';
import { App } from '../state/app.svelte';
import { Preferences } from '../state/preferences.svelte';
import Main from '../views/Main.svelte';
import { start } from './start';

void start((target, host) => {
  const app = new App(host, new Preferences(localStorage), { locale: locale(navigator.languages) });
  mount(Main, { target, props: { app } });
});
