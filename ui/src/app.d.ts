/// <reference types="svelte" />
/// <reference types="vite/client" />

/** The version of the workspace, from Cargo.toml. */
declare const __APP_VERSION__: string;
