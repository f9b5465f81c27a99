import { type AddressInfo, type Server, type Socket, connect, createServer } from "node:net";
import { once } from "node:events";

/** A network cable between a desktop and a server, to be pulled out and put back. */
export class Wire {
    readonly url: string;
    readonly #server: Server;
    readonly #sockets = new Set<Socket>();
    #isCut = false;

    private constructor(server: Server, port: number) {
        this.#server = server;
        this.url = `http://127.0.0.1:${port}`;
    }

    static async to(url: string): Promise<Wire> {
        const { hostname, port } = new URL(url);
        const server = createServer().listen(0, "127.0.0.1");
        await once(server, "listening");
        const wire = new Wire(server, (server.address() as AddressInfo).port);
        server.on("connection", (near) => wire.#join(near, connect(Number(port), hostname)));
        return wire;
    }

    /** Everything that is connected is cut off, and nothing new gets through. */
    cut(): void {
        this.#isCut = true;
        for (const socket of this.#sockets) socket.destroy();
    }

    mend(): void {
        this.#isCut = false;
    }

    async stop(): Promise<void> {
        this.cut();
        this.#server.close();
        await once(this.#server, "close");
    }

    #join(near: Socket, far: Socket): void {
        for (const [socket, other] of [
            [near, far],
            [far, near],
        ] as const) {
            this.#sockets.add(socket);
            socket.setNoDelay(true);
            socket.on("error", () => {}); // Both ends hear of it by the close.
            socket.on("close", () => {
                this.#sockets.delete(socket);
                other.destroy();
            });
            socket.pipe(other);
        }
        if (this.#isCut) near.destroy();
    }
}
