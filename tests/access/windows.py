"""Two browsers with script off, and a way to measure in them that is no part of the page.

A page's own rules forbid script, and script is off: what measures runs where the browser's own tools run, in a world of
its own (Chromium: DevTools' Page.createIsolatedWorld; Firefox: Marionette's system sandbox). It sees the page, the page
does not see it, and no rule of the page is lifted for it.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, Self

from playwright.sync_api import CDPSession, Error, Frame

from tests.journeys.chromium import Chromium
from tests.journeys.firefox import Firefox

_TIMERS = """
window.setTimeout = (act, after, ...given) => {
  if (!(after > 500)) Promise.resolve().then(() => act(...given));
  return 1;
};"""
"""Where script is off no timer runs: short waits are passed over, and long ones, which say "too late", never end."""


class Window(Protocol):
    """What a test does with either browser."""

    def open(self, url: str) -> None: ...
    def ask(self, expression: str, library: str = "") -> Any:
        """The value of an expression, awaited, after running `library`, once a page."""
        ...


class OutsideError(AssertionError):
    """What was asked could not be measured."""


class ChromiumWindow(Chromium):
    """Chromium, asked through DevTools."""

    def __enter__(self) -> Self:
        super().__enter__()
        self._take_up_page()
        return self

    def anew(self) -> None:
        super().anew()
        self._take_up_page()

    def again(self) -> None:
        """An empty page in the same tab, as large and as bright as it comes, with no history, and a profile with
        nothing in it of what pages without script can leave: cookies and cached files.

        The process that draws stays, which costs a third of `anew`. A test that goes back before its first page, or
        asks what a browser keeps, takes that."""
        context = self.page.context
        for other in context.pages:
            if other is not self.page:
                other.close()
        context.set_offline(False)
        self.page.unroute_all()
        self.page.set_extra_http_headers({})
        frame = self._tools.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        self._tools.send("Page.setDocumentContent", {"frameId": frame, "html": ""})
        for kept in ("Page.resetNavigationHistory", "Network.clearBrowserCookies", "Network.clearBrowserCache"):
            self._tools.send(kept)
        self._tools.detach()
        self.page.set_viewport_size({"width": 1280, "height": 720})
        self.page.emulate_media(
            media="screen", color_scheme="light", reduced_motion="no-preference", forced_colors="none"
        )
        self._take_up_tools()

    def _take_up_page(self) -> None:
        self.page.on("framenavigated", self._leave)
        self._take_up_tools()

    def _leave(self, _frame: Frame) -> None:
        self._stays = False

    def _take_up_tools(self) -> None:
        self._tools: CDPSession = self.page.context.new_cdp_session(self.page)
        self._world = 0
        self._has, self._stays = "", False

    @property
    def tools(self) -> CDPSession:
        """DevTools themselves."""
        return self._tools

    def as_if(self, media: str = "", **features: str) -> None:
        """On paper, or as somebody wishes it: `prefers_color_scheme="dark"`; the rest is as the browser comes."""
        wishes = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self._tools.send("Emulation.setEmulatedMedia", {"media": media, "features": wishes})

    def open(self, url: str) -> None:
        super().open(url)
        self.moved()

    def moved(self) -> None:
        """The page became another one: the world beside the old one is gone."""
        frame = self._tools.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        made = self._tools.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "measuring"})
        self._world, self._has, self._stays = made["executionContextId"], "", True

    def source(self) -> str:
        found = self._by_hand("source()")
        return super().source() if found is None else str(found)

    def click(self, selector: str) -> None:
        """A press of the mouse, as Playwright does it, without the 300 KB of script that it puts into every page. What
        is not there, cannot be seen or pressed, or is covered, is left to Playwright, and so is a press that went
        astray."""
        at = self._by_hand(f"aim({json.dumps(selector)})")
        if at is None:
            super().click(selector)
            return
        self.page.mouse.click(at["x"], at["y"])
        if not self._has_arrived():
            super().click(selector)

    def _has_arrived(self) -> bool:
        """A page that is gone was left by the press."""
        try:
            return bool(self._run("hands.arrived()"))
        except (Error, OutsideError):
            return True

    def write(self, selector: str, text: str) -> None:
        if text and self._by_hand(f"take({json.dumps(selector)})"):
            self._tools.send("Input.insertText", {"text": text})
        else:
            super().write(selector, text)

    def _by_hand(self, wanted: str) -> Any:
        """What `hands.js` says of the page that is there now; None where a selector is one of Playwright's own, and
        where the page is just being left."""
        try:
            if not self._stays:
                self.moved()
            return self.ask(f"hands.{wanted}", _hands())
        except (Error, OutsideError):
            return None

    def ask(self, expression: str, library: str = "") -> Any:
        if library and library not in self._has:
            self._run(f"{_TIMERS}{library};1")
            self._has += library
        return self._run(expression)

    def _run(self, expression: str) -> Any:
        wanted = {"contextId": self._world, "awaitPromise": True, "returnByValue": True}
        answer = self._tools.send("Runtime.evaluate", {"expression": expression, **wanted})
        if "exceptionDetails" in answer:
            raise OutsideError(json.dumps(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")


@lru_cache(maxsize=1)
def _hands() -> str:
    return Path(__file__).with_name("hands.js").read_text("utf-8")


class FirefoxWindow(Firefox):
    """Firefox, asked through Marionette."""

    def ask(self, expression: str, library: str = "") -> Any:
        script = f"const done = arguments[0]; {library}; Promise.resolve().then(() => ({expression})).then("
        script += "value => done({value}), error => done({error: String(error)}));"
        wanted = {"script": script, "args": [], "sandbox": "system", "newSandbox": True, "scriptTimeout": 60_000}
        answer = self.command("WebDriver:ExecuteAsyncScript", wanted)["value"]
        if "error" in answer:
            raise OutsideError(answer["error"])
        return answer.get("value")
