import { mount } from 'svelte';

import '../styles/base.css';
import { locale } from '../format/locale';
import { fit } from '../state/fit';
import Emergency from '../views/Emergency.svelte';
import { start } from './start';

void start((target, host) => {
  document.documentElement.classList.add('fits');
  fit(target, host);
  mount(Emergency, { target, props: { host, zone: { locale: locale(navigator.languages) } } });
});
