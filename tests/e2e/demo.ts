// One agent's day with an emergency in it, unattended: each step in plain words, with what the telephony
// side got, and a picture of the screen. `cargo xtask run` starts it where there is no display; without
// `--server` it brings a server of its own and can also let an hour pass.
import { mkdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";

import { type Exchange, Telephony } from "./backend/telephony.ts";
import { Wire } from "./backend/wire.ts";
import { built, inRepository } from "./built.ts";
import { DeskPage } from "./journey/desk_page.ts";
import { Desktop } from "./journey/desktop.ts";
import { newDay, playable } from "./journey/journey.ts";
import { OwnStage } from "./journey/own_stage.ts";
import type { Stage } from "./journey/stage.ts";

const { values: options } = parseArgs({
    options: {
        app: { type: "string", default: built("whereabouts") },
        server: { type: "string" },
        code: { type: "string" },
        "supervisor-code": { type: "string" },
        "desk-code": { type: "string" },
        "telephony-key": { type: "string" },
        browser: { type: "string" },
        pictures: { type: "string", default: inRepository("target", "demo") },
    },
});

let heard: Exchange[] = [];
const overheard = (exchange: Exchange) => void heard.push(exchange);

const { stage, strike } = await set();
await mkdir(options.pictures, { recursive: true });
const steps = playable(stage);
const day = newDay();
let failed = false;
try {
    for (const [index, step] of steps.entries()) {
        const title = `${String(index + 1).padStart(2, "0")}-${step.name}`;
        say(`\n${String(index + 1).padStart(2)}. ${step.says}.`);
        heard = [];
        const played = await step.play(stage, day).then(
            () => undefined,
            (error: unknown) => error ?? new Error("no reason was given"),
        );
        heard.forEach(tell);
        const picture = join(options.pictures, `${title}.png`);
        await seen(step.seenBy ?? "maria").picture(picture).catch((error: unknown) => say(`    no picture: ${error}`));
        say(`    picture: ${relative(process.cwd(), picture)}`);
        if (played !== undefined) {
            failed = true;
            say(`    THIS DID NOT HAPPEN: ${played instanceof Error ? played.stack : played}`);
            break;
        }
    }
} finally {
    await strike();
}
say(failed ? "\nThe journey broke off." : `\nEvery step held; ${steps.length} pictures are in ${options.pictures}.`);
process.exit(failed ? 1 : 0);

async function set(): Promise<{ stage: Stage; strike: () => Promise<void> }> {
    const { server, code, "supervisor-code": supervisorCode, "telephony-key": key } = options;
    if (server === undefined) {
        const own = await OwnStage.set(options.app, overheard);
        return { stage: own.stage, strike: () => own.strike() };
    }
    if (code === undefined || supervisorCode === undefined || key === undefined) {
        throw new Error("--server needs --code, --supervisor-code and --telephony-key");
    }
    const { browser, "desk-code": deskCode } = options;
    const desk = browser !== undefined && deskCode !== undefined ? await DeskPage.at(server, browser) : undefined;
    const wire = await Wire.to(server);
    const maria = await Desktop.of(options.app);
    const sam = await Desktop.of(options.app);
    const stage: Stage = {
        server: wire.url,
        codes: { maria: code, sam: supervisorCode, ...(deskCode === undefined ? {} : { desk: deskCode }) },
        telephony: new Telephony(server, key, overheard),
        maria,
        sam,
        ...(desk === undefined ? {} : { desk }),
        outage: {
            what: "the network cable is pulled out",
            begin: async () => wire.cut(),
            end: async () => wire.mend(),
        },
    };
    const strike = async () => {
        await maria.stop();
        await sam.stop();
        await desk?.stop();
        await wire.stop();
    };
    return { stage, strike };
}

/** Whose screen is pictured. */
function seen(by: "desk" | "maria" | "sam"): { picture(file: string): Promise<void> } {
    const screen = stage[by];
    if (screen === undefined) throw new Error(`${by} has no screen here`);
    return screen;
}

/** What the telephony side asked and got. */
function tell({ method, path, asked, status, answer, milliseconds }: Exchange): void {
    const question = asked === undefined ? "" : ` ${JSON.stringify(asked)}`;
    say(`    telephony: ${method} ${path}${question}`);
    say(`    got ${status} after ${milliseconds.toFixed(0)} ms`);
    if (answer !== undefined) say(JSON.stringify(answer, null, 2).replace(/^/gm, "      "));
}

function say(text: string): void {
    process.stdout.write(`${text}\n`);
}
