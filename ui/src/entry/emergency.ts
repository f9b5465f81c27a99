import { mount } from 'svelte';

import '../styles/base.css';
import Emergency from '../views/Emergency.svelte';
import { start } from './start';

void start((target, host) => {
  mount(Emergency, { target, props: { host, zone: { locale: navigator.language } } });
});
