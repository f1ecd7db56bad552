"""Two browsers with script off, and a way to measure in them that is no part of the page.

A page's own rules forbid script, and script is off: what measures runs where the browser's own tools run, in a world of
its own (Chromium: DevTools' Page.createIsolatedWorld; Firefox: Marionette's system sandbox). It sees the page, the page
does not see it, and no rule of the page is lifted for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol, Self

from playwright.sync_api import CDPSession

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
        self._take_up_tools()
        return self

    def anew(self) -> None:
        super().anew()
        self._take_up_tools()

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

    def _take_up_tools(self) -> None:
        self._tools: CDPSession = self.page.context.new_cdp_session(self.page)
        self._world = 0
        self._has = ""

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
        self._world, self._has = made["executionContextId"], ""

    def ask(self, expression: str, library: str = "") -> Any:
        if library and self._has != library:
            self._run(f"{_TIMERS}{library};1")
            self._has = library
        return self._run(expression)

    def _run(self, expression: str) -> Any:
        wanted = {"contextId": self._world, "awaitPromise": True, "returnByValue": True}
        answer = self._tools.send("Runtime.evaluate", {"expression": expression, **wanted})
        if "exceptionDetails" in answer:
            raise OutsideError(json.dumps(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")


@contextmanager
def resting_chromium(program: str) -> Iterator[ChromiumWindow]:
    """A Chromium that rests until a test has it `awake`."""
    with ChromiumWindow(program) as window:
        with window.awake():
            pass
        yield window


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
