#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Opens every page of hand-made graphs in headless Chromium, over the DevTools protocol, and fails on
a console message, an exception, a violation of the content security policy, a request to any other host, a
missing landmark, text with too little contrast, or a page wider than its window; then tries the suggestions, the
keys and the moving picture. Standard library only."""
import argparse
import base64
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request


class Socket:
    """The client half of RFC 6455, as far as DevTools needs it."""

    def __init__(self, address):
        host, port, path = re.match(r"ws://([^:/]+):(\d+)(/.*)", address).groups()
        self.socket = socket.create_connection((host, int(port)), timeout=30)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\n"
                             f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
                             "Sec-WebSocket-Version: 13\r\n\r\n").encode())
        self.rest = b""
        while b"\r\n\r\n" not in self.rest:
            self.rest += self.socket.recv(4096)
        self.rest = self.rest.split(b"\r\n\r\n", 1)[1]

    def send(self, text):
        data = text.encode()
        size = len(data)
        head = b"\x81" + (struct.pack("!B", 128 | size) if size < 126 else
                          struct.pack("!BH", 128 | 126, size) if size < 65536 else
                          struct.pack("!BQ", 128 | 127, size))
        mask = os.urandom(4)
        self.socket.sendall(head + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(data)))

    def take(self, size):
        while len(self.rest) < size:
            got = self.socket.recv(1 << 16)
            if not got:
                raise ConnectionError("the browser closed the connection")
            self.rest += got
        data, self.rest = self.rest[:size], self.rest[size:]
        return data

    def receive(self):
        text = b""
        while True:
            first, second = self.take(2)
            size = second & 127
            if size == 126:
                size = struct.unpack("!H", self.take(2))[0]
            elif size == 127:
                size = struct.unpack("!Q", self.take(8))[0]
            data = self.take(size)
            if first & 15 in (0, 1, 2):
                text += data
                if first & 128:
                    return text.decode()


class Browser:
    def __init__(self, program):
        self.profile = tempfile.mkdtemp()
        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-port=0",
             f"--user-data-dir={self.profile}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port_file = pathlib.Path(self.profile, "DevToolsActivePort")
        for _ in range(300):
            if port_file.exists() and "\n" in port_file.read_text():
                break
            time.sleep(0.1)
        port = port_file.read_text().split("\n")[0]
        pages = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/json"))
        self.socket = Socket(next(p for p in pages if p["type"] == "page")["webSocketDebuggerUrl"])
        self.number = 0
        self.events = []
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")

    def call(self, method, **parameters):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.receive())
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self.events.append(message)

    def open(self, address):
        self.events.clear()
        self.call("Page.navigate", url=address)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(json.loads(self.socket.receive()))

    def run(self, script):
        result = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"].get("description", "script failed"))
        return result["result"].get("value")

    def key(self, name, text=""):
        for kind in ("keyDown", "keyUp"):
            extra = {"text": text} if text and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=name, **extra)

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)


# WCAG 2.2: contrast of every visible piece of text with what is painted behind it; landmarks, headings, names of
# controls, and the width of the page.
INSPECT = r"""
(() => {
    const faults = [];
    const parse = (colour) => {
        const canvas = parse.canvas ??= Object.assign(document.createElement("canvas"), {width: 1, height: 1});
        const context = canvas.getContext("2d", {willReadFrequently: true});
        context.clearRect(0, 0, 1, 1);
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
        return [r, g, b, a / 255];
    };
    const light = ([r, g, b]) => {
        const [x, y, z] = [r, g, b].map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
        return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const over = (top, below) => [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3])).concat(1);
    const behind = (element) => {
        const layers = [];
        for (let at = element; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
        return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen = new Set();
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || seen.has(element)) continue;
        seen.add(element);
        if (element.closest(".hidden, .skip, title, script") || !element.checkVisibility()) continue;
        const style = getComputedStyle(element);
        const ground = behind(element);
        const ink = over(parse(element.closest("svg") ? style.fill : style.color), ground);
        const [high, low] = [light(ink), light(ground)].sort((a, b) => b - a);
        const ratio = (high + 0.05) / (low + 0.05);
        const size = parseFloat(style.fontSize);
        const needed = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
        if (ratio < needed) faults.push(`contrast ${ratio.toFixed(2)}: ${element.tagName}.${element.className} ${walker.currentNode.data.trim().slice(0, 30)}`);
    }
    if (document.documentElement.scrollWidth > innerWidth + 1)
        faults.push(`wider than the window: ${document.documentElement.scrollWidth} > ${innerWidth}`);
    for (const landmark of ["header", "main", "nav[aria-label]", "footer"])
        if (!document.querySelector(landmark)) faults.push("missing " + landmark);
    if (document.querySelectorAll("h1").length !== 1) faults.push("needs one h1");
    if (!document.documentElement.lang || !document.title) faults.push("needs lang and title");
    for (const control of document.querySelectorAll("input:not([type=hidden]), select"))
        if (!control.closest("label") && !control.getAttribute("aria-label")) faults.push("control without a label");
    for (const link of document.querySelectorAll("a[href]"))
        if (!link.textContent.trim() && !link.getAttribute("aria-label")) faults.push("link without words");
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    if (new Set(ids).size !== ids.length) faults.push("an id stands twice");
    if (window.xss !== undefined) faults.push("script of a name has run");
    return faults;
})()
"""


class Check:
    def __init__(self, browser, address):
        self.browser = browser
        self.address = address
        self.faults = []
        self.pages = 0

    def fault(self, where, words):
        self.faults.append(f"{where}: {words}")

    def events(self, where):
        for event in self.browser.events:
            method, data = event.get("method"), event.get("params", {})
            if method == "Runtime.exceptionThrown":
                self.fault(where, "exception " + json.dumps(data["exceptionDetails"])[:300])
            elif method == "Runtime.consoleAPICalled" and data["type"] in ("error", "warning", "assert"):
                self.fault(where, "console " + json.dumps(data["args"])[:300])
            elif method == "Log.entryAdded" and data["entry"]["level"] in ("error", "warning"):
                self.fault(where, "log " + data["entry"]["text"][:300])
            elif method == "Network.requestWillBeSent" and not data["request"]["url"].startswith(self.address):
                self.fault(where, "foreign request " + data["request"]["url"][:200])
            elif method == "Network.responseReceived" and data["response"]["status"] >= 500:
                self.fault(where, f"status {data['response']['status']}")

    def page(self, path, width=1280, dark=False):
        where = f"{path} {width}{' dark' if dark else ''}"
        self.browser.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1,
                          mobile=width < 600)
        self.browser.call("Emulation.setEmulatedMedia",
                          features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.browser.open(self.address + path.lstrip("/"))
        for words in self.browser.run(INSPECT):
            self.fault(where, words)
        self.events(where)
        self.pages += 1

    def expect(self, where, condition, words):
        if not condition:
            self.fault(where, words)

    def until(self, script):
        for _ in range(60):
            if self.browser.run(script):
                return True
            time.sleep(0.05)
        return False


def paths(address):
    def ask(name):
        return json.load(urllib.request.urlopen(address + "api/v1/" + name))["items"]

    entities, facts, articles = ask("entities?limit=2"), ask("facts?limit=2"), ask("articles?limit=2")
    found = ["/", "/entities", "/relations", "/articles", "/graph", "/export", "/about", "/search?q=a", "/nothing"]
    found += [item["path"] for item in entities + facts + articles]
    found += [f"/graph?around={item['id']}&hops=2" for item in entities[:1]]
    found += [item["path"] + "?conf=0.5" for item in entities[:1]]
    found += [f"/r/{item['relation']['name']}" for item in facts[:1] if item["relation"]["name"]]
    return found


def serve(program, kind):
    process = subprocess.Popen([program, kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return process, process.stdout.readline().strip()


def interactions(check):
    browser = check.browser
    check.page("/")
    # "/" leads to the search box; letters bring suggestions; arrows and Enter follow one.
    browser.key("/", "/")
    check.expect("suggest", browser.run("document.activeElement.name") == "q", "/ does not reach the search box")
    for letter in "cel":
        browser.key(letter, letter)
    check.expect("suggest", check.until("!!document.querySelector('#suggestions [role=option]')"), "no suggestions")
    check.expect("suggest", browser.run("document.activeElement.getAttribute('aria-expanded')") == "true", "not expanded")
    browser.key("ArrowDown")
    check.expect("suggest", browser.run("document.activeElement.getAttribute('aria-activedescendant')") == "suggestion-0",
                 "the arrow chooses nothing")
    browser.events.clear()
    browser.key("Enter")
    check.expect("suggest", check.until("location.pathname.startsWith('/e/')"), "Enter does not follow")
    check.expect("suggest", check.until("document.title.startsWith('Celdra Power')"), "leads elsewhere")
    check.events("suggest")

    check.page("/graph")
    before = browser.run("document.querySelector('[data-picture]').getAttribute('viewBox')")
    browser.run("document.querySelector('.canvas').focus()")
    browser.key("+", "+")
    zoomed = browser.run("document.querySelector('[data-picture]').getAttribute('viewBox')")
    check.expect("picture", zoomed != before, "+ does not zoom")
    browser.key("ArrowRight")
    moved = browser.run("document.querySelector('[data-picture]').getAttribute('viewBox')")
    check.expect("picture", moved != zoomed, "the arrow does not move")
    browser.key("0", "0")
    whole = browser.run("document.querySelector('[data-picture]').getAttribute('viewBox')")
    check.expect("picture", [float(v) for v in whole.split()] == [float(v) for v in before.split()],
                 "0 does not show everything")
    lit = browser.run("""(() => { document.querySelector('.node').dispatchEvent(new Event('pointerenter'));
        const on = document.querySelectorAll('.picture.lit .node.on').length;
        document.querySelector('.node').dispatchEvent(new Event('pointerleave'));
        return on > 1 && !document.querySelector('.picture.lit'); })()""")
    check.expect("picture", lit, "a node does not light its neighbours")
    # The list beside the picture names the same entities.
    same = browser.run("""(() => { const path = (a) => (a.getAttribute('href') || '').split('#')[0];
        const drawn = new Set([...document.querySelectorAll('.picture .node')].map(path));
        const listed = new Set([...document.querySelectorAll('.plain .entity')].map(path));
        return [...drawn].every((at) => listed.has(at)) && drawn.size > 3; })()""")
    check.expect("picture", same, "the list lacks entities of the picture")
    check.events("picture")

    # Without scripts everything can be read.
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(check.address + "graph")
    browser.call("Emulation.setScriptExecutionDisabled", value=False)
    check.expect("no script", browser.run("document.querySelectorAll('.picture .node').length > 3"),
                 "the picture needs scripts")


def main():
    # A time limit from outside must not leave the browser behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    parser = argparse.ArgumentParser()
    parser.add_argument("--chromium", required=True)
    parser.add_argument("--server", required=True)
    options = parser.parse_args()
    browser = Browser(options.chromium)
    faults, pages = [], 0
    try:
        for kind in ("ferries", "hostile", "silent"):
            process, address = serve(options.server, kind)
            try:
                check = Check(browser, address)
                for path in paths(address):
                    # Every page in two views; those with the most parts in all four.
                    views = [(1280, False), (390, True)] if kind == "ferries" else [(390, False)]
                    if kind == "ferries" and path.startswith(("/e/", "/graph?")):
                        views += [(1280, True), (390, False)]
                    for width, dark in views:
                        # The browser itself logs the status of a page that is not there.
                        check.page(path, width, dark)
                        if path == "/nothing":
                            check.faults = [f for f in check.faults if "status of 404" not in f]
                if kind == "ferries":
                    interactions(check)
                faults += [f"{kind} {fault}" for fault in check.faults]
                pages += check.pages
            finally:
                process.stdin.close()
                process.wait()
    finally:
        browser.close()
    for fault in faults[:60]:
        print(fault)
    print(f"{pages} pages opened, {len(faults)} faults")
    return 1 if faults or pages < 50 else 0


if __name__ == "__main__":
    sys.exit(main())
