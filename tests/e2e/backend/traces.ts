import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

/** The files below a folder that hold any of these words, as text or as UTF-16. */
export async function filesWith(words: readonly string[], folder: string): Promise<string[]> {
    const wanted = words.flatMap((word) => [Buffer.from(word, "utf8"), Buffer.from(word, "utf16le")]);
    const found = [];
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        // Gone meanwhile, such as a temporary file.
        const content = await readFile(path).catch(() => undefined);
        if (content && wanted.some((word) => content.includes(word))) found.push(path);
    }
    return found;
}
