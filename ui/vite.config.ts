import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The workspace has one version; Cargo.toml says it. */
const version = /^version = "([^"]+)"/m.exec(readFileSync(page('../Cargo.toml'), 'utf8'))?.[1];

/** What the shell sends with every page, minus its own message channel. */
const shell = JSON.parse(readFileSync(page('../src-tauri/tauri.conf.json'), 'utf8')) as {
  app: { security: { csp: string } };
};
const contentSecurityPolicy = shell.app.security.csp.replace(/connect-src [^;]*/, "connect-src 'self'");

/** What is built: the windows of the app, the page of the security desk, the windows over the fake host. */
const folders: Record<string, string> = { desk: 'dist-desk', fake: 'dist-fake' };

export default defineConfig(({ mode }) => ({
  root: page('.'),
  base: './',
  plugins: [svelte()],
  define: { __APP_VERSION__: JSON.stringify(version) },
  build: {
    target: ['chrome120', 'safari16'],
    outDir: folders[mode] ?? 'dist',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    // Small pictures stay files, so that the policy needs no exception for them.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: Object.fromEntries(
        (mode === 'desk' ? ['desk'] : ['index', 'emergency']).map((name) => [name, page(`${name}.html`)]),
      ),
    },
  },
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  preview: {
    host: '127.0.0.1',
    port: 4173,
    strictPort: true,
    headers: { 'Content-Security-Policy': contentSecurityPolicy },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    restoreMocks: true,
    // Nothing here outlives its test, and a fresh DOM for each file costs more than all tests.
    isolate: false,
  },
}));
