import type { Page } from '@playwright/test';

/** Opens a window's page in a scenario, at a moment that stands still. */
export async function open(page: Page, scenario: string, file: 'index' | 'emergency' = 'index'): Promise<void> {
  await page.clock.install({ time: new Date('2026-11-20T17:02:00Z') });
  await page.clock.pauseAt(new Date('2026-11-20T17:02:00.500Z'));
  await page.goto(`/${file}.html?scenario=${scenario}`);
}
