import { mount } from 'svelte';

import '../styles/base.css';
import { Browser } from '../host/browser';
import { Desk } from '../state/desk.svelte';
import { Tongue } from '../state/tongue.svelte';
import DeskPage from '../views/Desk.svelte';

const target = document.getElementById('app');
if (target !== null) {
  const desk = new Desk(new Browser(), new Tongue(navigator.languages));
  mount(DeskPage, { target, props: { desk } });
}
