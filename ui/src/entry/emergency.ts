import { mount } from 'svelte';

import '../styles/base.css';
import { fit } from '../state/fit';
import { keepPage } from '../state/keep_page';
import { Tongue } from '../state/tongue.svelte';
import Emergency from '../views/Emergency.svelte';
import { start } from './start';

keepPage(window);
void start((target, host) => {
  document.documentElement.classList.add('fits');
  fit(target, host);
  mount(Emergency, { target, props: { host, zone: new Tongue(navigator.languages) } });
});
