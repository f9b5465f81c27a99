import { defineConfig } from "@playwright/test";

/** The security desk's page, in a real Chromium, from the real server. */
export default defineConfig({
    testDir: ".",
    outputDir: "../../../target/e2e/desk",
    forbidOnly: Boolean(process.env["CI"]),
    reporter: "list",
    // Each test has a server of its own, and 500 ms to answer a call.
    workers: 1,
    timeout: 90_000,
    expect: { timeout: 15_000 },
    use: {
        browserName: "chromium",
        locale: "en-US",
        timezoneId: "America/Los_Angeles",
        viewport: { width: 1100, height: 800 },
        launchOptions: {
            // `cargo xtask test` says which one it found.
            executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
            // Chromium has no sandbox for root.
            args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
        },
    },
});
