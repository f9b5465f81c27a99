import { defineConfig } from '@playwright/test';

/** The screens as they are built, over the host that plays scenarios. */
export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  // Two, so that a small machine shows the same as a large one.
  workers: 2,
  expect: { timeout: 10_000 },
  use: {
    baseURL: 'http://127.0.0.1:4173',
    browserName: 'chromium',
    locale: 'en-US',
    timezoneId: 'America/Los_Angeles',
    launchOptions: {
      // `cargo xtask test` says which one it found.
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      // Chromium has no sandbox for root.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
  webServer: {
    command: 'npx vite preview --mode fake --outDir dist-fake',
    url: 'http://127.0.0.1:4173/index.html',
    reuseExistingServer: false,
  },
});
