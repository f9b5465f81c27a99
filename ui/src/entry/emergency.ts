import { mount } from 'svelte';

import '../styles/base.css';
import { fit } from '../state/fit';
import { Tongue } from '../state/tongue.svelte';
import Emergency from '../views/Emergency.svelte';
import { start } from './start';

void start((target, host) => {
  document.documentElement.classList.add('fits');
  fit(target, host);
  mount(Emergency, { target, props: { host, zone: new Tongue(navigator.languages) } });
});
