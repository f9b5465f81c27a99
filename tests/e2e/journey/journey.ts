import { afterwards } from "./afterwards.ts";
import { call } from "./call.ts";
import { morning } from "./morning.ts";
import type { Day, Stage, Step } from "./stage.ts";

/** One agent's day with an emergency in it, in the order in which it happens. */
export const journey: readonly Step[] = [...morning, ...call, ...afterwards];

/** The steps that can be played here. */
export function playable(stage: Stage): Step[] {
    return journey.filter((step) => step.where?.(stage) ?? true);
}

/** A day on which nothing has happened. */
export function newDay(): Day {
    return { version: 0, callbackNumber: "" };
}
