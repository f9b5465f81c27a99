import { defineConfig } from '@playwright/test';

/** The screens as they are built, over the host that plays scenarios. */
export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  // Two: what the smallest machine this runs on has.
  workers: 2,
  expect: { timeout: 10_000 },
  use: {
    baseURL: 'http://127.0.0.1:4173',
    browserName: 'chromium',
    locale: 'en-US',
    timezoneId: 'America/Los_Angeles',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    },
  },
  webServer: {
    command: 'npx vite preview --mode fake --outDir dist-fake',
    url: 'http://127.0.0.1:4173/index.html',
    reuseExistingServer: false,
  },
});
