"""Firefox with script off, the engine of Tor Browser, driven over its own Marionette protocol: no driver in between.

A message is its length in decimal, a colon, and JSON: [0, id, command, parameters] there, [1, id, error, result] back.
Source: https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

from tests.patience import PATIENCE

_PREFERENCES = {
    "javascript.enabled": False,
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutConfig.showWarning": False,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.ipc.processPrelaunch.enabled": False,  # processes for tabs that nobody opens cost a third of the start
    "extensions.enabledScopes": 0,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "signon.rememberSignons": False,
    "toolkit.telemetry.enabled": False,
}


class FirefoxError(AssertionError):
    """Firefox answered a command with an error."""


class Firefox:
    """One window. Everything it keeps is in a profile of its own that is removed at the end. `more`: preferences beside
    those that all tests have."""

    def __init__(self, binary: str, port: int, more: Mapping[str, Any] = MappingProxyType({})) -> None:
        self._profile = Path(tempfile.mkdtemp(prefix="firefox-"))
        preferences = {**_PREFERENCES, "marionette.port": port, **more}
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in preferences.items())
        (self._profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = [binary, "--marionette", "--headless", "--no-remote", "--profile", str(self._profile)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._number = 0
        self._socket = self._connect(port)
        self._buffer = b""
        self._message()
        self.command("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {"pageLoadStrategy": "normal"}}})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self.command("Marionette:Quit", {"flags": ["eForceQuit"]})
        finally:
            self._socket.close()
            self._process.wait(PATIENCE)
            shutil.rmtree(self._profile, ignore_errors=True)

    def anew(self) -> None:
        """An empty page in a tab of its own, in place of all that are open. The profile stays."""
        others = self.command("WebDriver:GetWindowHandles", {})
        tab = self.command("WebDriver:NewWindow", {"type": "tab", "focus": True})["handle"]
        for other in others:
            self.command("WebDriver:SwitchToWindow", {"handle": other})
            self.command("WebDriver:CloseWindow", {})
        self.command("WebDriver:SwitchToWindow", {"handle": tab})

    def open(self, url: str) -> None:
        self.command("WebDriver:Navigate", {"url": url})

    def source(self) -> str:
        """The page as it stands now, as HTML."""
        return str(self.command("WebDriver:GetPageSource", {})["value"])

    def click(self, selector: str) -> None:
        """Click the last element that fits and can be seen."""
        self.command("WebDriver:ElementClick", {"id": self.elements(selector)[-1]})

    def follow(self, selector: str) -> None:
        """Click what leads to another page; a click waits for that page by itself."""
        self.click(selector)

    def write(self, selector: str, text: str) -> None:
        element = self.elements(selector)[-1]
        self.command("WebDriver:ElementClear", {"id": element})
        self.command("WebDriver:ElementSendKeys", {"id": element, "text": text})

    def picture(self, selector: str) -> bytes:
        """The first element that fits, as it is seen: a PNG."""
        shot = self.command(
            "WebDriver:TakeScreenshot", {"id": self.elements(selector)[0], "full": False, "hash": False}
        )
        return base64.b64decode(shot["value"])

    def press_at_start(self, selector: str, distance: int) -> None:
        """Press into the first element that fits, so many pixels from its left side, half way down."""
        element = self.elements(selector)[0]
        width = self.command("WebDriver:GetElementRect", {"id": element})["width"]
        self.picture(selector)  # scrolls it into view
        origin = {"element-6066-11e4-a52e-4f735466cecf": element}
        steps = [
            {"type": "pointerMove", "duration": 0, "x": int(distance - width / 2), "y": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps}
        self.command("WebDriver:PerformActions", {"actions": [mouse]})

    def choose(self, selector: str, value: str) -> None:
        """Choose an option of a select."""
        self.click(f'{selector} option[value~="{value}"]')

    def elements(self, selector: str) -> list[str]:
        """What fits on the page, by its number in this browser. Raises FirefoxError where nothing does."""
        found = self.command("WebDriver:FindElements", {"using": "css selector", "value": selector})
        if not found:
            raise FirefoxError(f"nothing on the page fits {selector}")
        return [str(next(iter(element.values()))) for element in found]

    def command(self, name: str, parameters: dict[str, Any]) -> Any:
        """What Marionette answers to a command. Raises FirefoxError with what it objects."""
        self._number += 1
        text = json.dumps([0, self._number, name, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(text), text))
        _, _, error, result = self._message()
        if error:
            raise FirefoxError(f"{name}: {error['error']}: {error['message']}")
        return result

    def _message(self) -> Any:
        while b":" not in self._buffer:
            self._receive()
        length, _, rest = self._buffer.partition(b":")
        self._buffer = rest
        while len(self._buffer) < int(length):
            self._receive()
        text, self._buffer = self._buffer[: int(length)], self._buffer[int(length) :]
        return json.loads(text)

    def _receive(self) -> None:
        received = self._socket.recv(65536)
        if not received:
            raise FirefoxError("Firefox closed the connection")
        self._buffer += received

    def _connect(self, port: int) -> socket.socket:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
            except ConnectionRefusedError:
                if time.monotonic() > until or self._process.poll() is not None:
                    self._process.kill()
                    self._process.wait()
                    raise
                time.sleep(0.1)
            else:
                return connection
