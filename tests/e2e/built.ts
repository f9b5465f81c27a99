import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");

/** Where cargo puts a program of this repository; `profile` is `debug` or `release`. */
export function built(program: string, profile = "debug"): string {
    const target = resolve(ROOT, process.env["CARGO_TARGET_DIR"] ?? "target");
    return join(target, profile, program);
}

/** A path below the top of the repository. */
export function inRepository(...parts: readonly string[]): string {
    return join(ROOT, ...parts);
}
