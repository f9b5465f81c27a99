import { mount } from 'svelte';

import '../styles/base.css';
import { App } from '../state/app.svelte';
import { Preferences } from '../state/preferences.svelte';
import { Tongue } from '../state/tongue.svelte';
import Main from '../views/Main.svelte';
import { start } from './start';

void start((target, host) => {
  const app = new App(host, new Preferences(localStorage), new Tongue(navigator.languages));
  mount(Main, { target, props: { app } });
});
