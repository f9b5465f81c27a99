import { afterwards } from "./afterwards.ts";
import { call } from "./call.ts";
import { securityDesk } from "./desk.ts";
import { morning } from "./morning.ts";
import type { Day, Stage, Step } from "./stage.ts";

/** One agent's day with an emergency in it, in the order in which it happens. */
export const journey: readonly Step[] = [...morning, ...call, ...afterwards];

/** The steps that can be played here; the security desk looks on where it has a browser. */
export function playable(stage: Stage): Step[] {
    const steps = journey.filter((step) => step.where?.(stage) ?? true);
    return steps.flatMap((step) => (step.name === "supervisor" && stage.desk ? [step, securityDesk] : [step]));
}

/** A day on which nothing has happened. */
export function newDay(): Day {
    return { version: 0, callbackNumber: "" };
}
