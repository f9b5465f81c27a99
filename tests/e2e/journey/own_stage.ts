import { Backend } from "../backend/backend.ts";
import { type Exchange, Telephony } from "../backend/telephony.ts";
import { built } from "../built.ts";
import { Desktop } from "./desktop.ts";
import { stopAll } from "../session/process.ts";
import type { Stage } from "./stage.ts";

/** A stage with a server of its own, which can be killed and whose clock can be moved. */
export class OwnStage {
    readonly backend: Backend;
    readonly stage: Stage;

    private constructor(backend: Backend, stage: Stage) {
        this.backend = backend;
        this.stage = stage;
    }

    static async set(app = built("whereabouts"), overheard?: (exchange: Exchange) => void): Promise<OwnStage> {
        const backend = await Backend.start(built("whereabouts-test-server"));
        const stage: Stage = {
            server: backend.url,
            codes: { maria: await backend.enrol("maria.chen"), sam: await backend.enrol("sam.ortiz") },
            telephony: new Telephony(backend.url, await backend.key("telephony", "pbx"), overheard),
            maria: await Desktop.of(app),
            sam: await Desktop.of(app),
            outage: {
                what: "the server is killed",
                begin: () => backend.kill(),
                end: () => backend.restart(),
            },
            backend,
        };
        return new OwnStage(backend, stage);
    }

    async strike(): Promise<void> {
        await stopAll(this.stage.maria, this.stage.sam, this.backend);
    }
}
