// The desktop the other tests stand on, shown to work with a page of our own and the browser that
// WebKitWebDriver brings: when this fails, look at the machine, not at the app.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { join } from "node:path";

import { App } from "./app.ts";
import { ask } from "./process.ts";
import { Session } from "./session.ts";

const PAGE = `data:text/html,<title>Page</title><button onclick="this.textContent='pressed'">Press</button>`;

let session: Session;
let app: App;

before(async () => {
    session = await Session.start();
    app = await App.start(session, await miniBrowser());
});

after(async () => {
    await app?.stop();
    await session?.stop();
});

test("a button in a real web view can be pressed", async () => {
    await app.browser.url(PAGE);
    const button = app.browser.$("button");
    await button.click();
    assert.equal(await button.getText(), "pressed");
});

test("a picture of the screen shows it", async () => {
    const file = join(session.logs, "screen.png");
    await session.display.screenshot(file);
    const picture = await readFile(file);
    assert.equal(picture.subarray(1, 4).toString(), "PNG");
    assert.ok(picture.length > 5_000, `${picture.length} bytes hold no window`);
});

test("the keychain is there and unlocked", async () => {
    const locked = await ask(
        "dbus-send",
        [
            "--session",
            "--print-reply=literal",
            "--dest=org.freedesktop.secrets",
            "/org/freedesktop/secrets/collection/login",
            "org.freedesktop.DBus.Properties.Get",
            "string:org.freedesktop.Secret.Collection",
            "string:Locked",
        ],
        session.environment,
    );
    assert.match(locked ?? "no answer", /boolean false/);
});

test("two sessions share nothing", async () => {
    const other = await Session.start();
    try {
        assert.notEqual(other.display.name, session.display.name);
        assert.notEqual(other.environment["DBUS_SESSION_BUS_ADDRESS"], session.environment["DBUS_SESSION_BUS_ADDRESS"]);
        assert.notEqual(other.environment["HOME"], session.environment["HOME"]);
    } finally {
        await other.stop();
    }
});

test("a program can be killed and started again", async () => {
    await app.kill();
    app = await App.start(session, await miniBrowser());
    await app.browser.url(PAGE);
    assert.equal(await app.browser.getTitle(), "Page");
});

/** The small browser of the same WebKit, wherever the distribution keeps it. */
async function miniBrowser() {
    const found = await ask("find", ["/usr/lib", "-path", "*webkit2gtk-4.1/MiniBrowser"], session.environment);
    const binary = found?.split("\n").find((line) => line !== "");
    assert.ok(binary, "WebKitGTK brings no MiniBrowser here");
    return { binary, arguments: ["--automation"] };
}
