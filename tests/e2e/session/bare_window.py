"""The least that a window with a web view takes: WebKitGTK by itself (Debian: python3-gi, gir1.2-webkit2-4.1).

Says `ready` on standard output once it runs. At every SIGHUP it opens a window with one word in it and says when that
was painted, in milliseconds since 1970; at SIGUSR2 it closes the window. With --main another window stays open.
"""

import signal
import sys
import time

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

# The second callback runs once the first frame is committed, as in the app.
PAGE = """<!doctype html><title>Bare</title><h1>Emergency</h1><script>
requestAnimationFrame(() => requestAnimationFrame(() => window.webkit.messageHandlers.painted.postMessage(0)));
</script>"""
WIDTH, HEIGHT = 720, 320

windows = []


def open_window(when_painted):
    window = Gtk.Window(title="Bare")
    window.set_default_size(WIDTH, HEIGHT)
    window.set_decorated(False)
    window.set_keep_above(True)
    window.set_accept_focus(False)
    view = WebKit2.WebView()
    content = view.get_user_content_manager()
    content.register_script_message_handler("painted")
    content.connect("script-message-received::painted", lambda *_: when_painted())
    window.add(view)
    view.load_html(PAGE, None)
    window.show_all()
    windows.append(window)


def say(word):
    print(word, flush=True)


def call():
    open_window(lambda: say(time.time_ns() // 1_000_000))
    return GLib.SOURCE_CONTINUE


def over():
    windows.pop().destroy()
    return GLib.SOURCE_CONTINUE


GLib.unix_signal_add(GLib.PRIORITY_HIGH, signal.SIGHUP, call)
GLib.unix_signal_add(GLib.PRIORITY_HIGH, signal.SIGUSR2, over)
if "--main" in sys.argv:
    open_window(lambda: say("ready"))
else:
    GLib.idle_add(lambda: say("ready"))
Gtk.main()
