/** A page over the host that plays scenarios, at a moment that stands still. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';

import type { FakeHost } from '../src/host/fake';
import type { ScenarioName } from '../src/host/fake/scenarios';

export type Window = 'index' | 'emergency';

/** 9:02 on a Friday morning in Seattle: the moment of every scenario. */
const NOW = new Date('2026-11-20T17:02:00Z');

/** What the fake host offers tests inside the page. */
declare global {
  // eslint-disable-next-line no-var
  var fakeHost: FakeHost;
}

export class Screens {
  constructor(readonly page: Page) {}

  /** Opens a window in a scenario, with a date that stands still. */
  async open(scenario: ScenarioName, file: Window = 'index'): Promise<void> {
    await this.page.clock.setFixedTime(NOW);
    await this.#go(scenario, file);
  }

  /** The same with timers that move only when the test moves them. */
  async openHeld(scenario: ScenarioName, file: Window = 'index'): Promise<void> {
    await this.page.clock.install({ time: new Date(NOW.getTime() - 60_000) });
    await this.page.clock.pauseAt(NOW);
    await this.#go(scenario, file);
  }

  /** The world changes while the window is open. */
  async play(scenario: ScenarioName): Promise<void> {
    await this.page.evaluate((name) => globalThis.fakeHost.play(name), scenario);
  }

  /** The commands that were called since the window opened, without what every window asks. */
  async called(): Promise<{ name: string; args: unknown[] }[]> {
    const all = await this.page.evaluate(() => globalThis.fakeHost.called);
    return all.filter(({ name }) => !['snapshot', 'speak', 'painted', 'fitEmergency'].includes(name));
  }

  async textSize(percent: number): Promise<void> {
    await this.page.evaluate((size) => {
      document.documentElement.style.fontSize = `${size}%`;
    }, percent);
  }

  /** How far the page reaches beyond its window to the side. */
  async overflow(): Promise<number> {
    return this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  }

  /** Controls and headings whose words do not fit into them. */
  async cut(): Promise<string[]> {
    return this.page.locator('button, h1, h2, label, dt, th').evaluateAll((elements) =>
      elements
        .filter((element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline')
        .filter((element) => element.getBoundingClientRect().width > 1)
        .map((element) => `${element.textContent?.trim().slice(0, 60)} (${element.scrollWidth} in ${element.clientWidth})`),
    );
  }

  /** What axe finds wrong, in few words. */
  async violations(enhanced = false): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: this.page })
      .options({
        runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] },
        // Anything about an emergency is read at 7:1.
        rules: { 'color-contrast-enhanced': { enabled: enhanced } },
      })
      .analyze();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`));
  }

  async #go(scenario: ScenarioName, file: Window): Promise<void> {
    await this.page.goto(`/${file}.html?scenario=${scenario}`);
    await expect(this.page.locator('#app > *').first()).toBeAttached();
  }
}

export const test = base.extend<{ screens: Screens }>({
  screens: async ({ page }, use) => {
    // A refusal by the content policy, a script error, a missing file: each fails its test.
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await use(new Screens(page));
    expect(complaints, 'the console stays quiet').toEqual([]);
  },
});

export { expect };
