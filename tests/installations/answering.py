"""People who answer at a collector without ever trying again, and how long each of their pages took to come."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.outside.browsing import Browser, Seen
from tests.vectors.make_before_rooms import CHOSEN

_LEAVE = 503


class TimedBrowser(Browser):
    """A browser that notes how many seconds each page took."""

    waits: list[float]

    def exchange(self, method: str, path: str, body: bytes | None) -> Seen:
        """As the browser does, with the time."""
        begun = time.monotonic()
        page = super().exchange(method, path, body)
        self.waits.append(time.monotonic() - begun)
        assert page.status < _LEAVE, (path, page.status, page.text)
        return page


@dataclass
class Answering:
    """So many people at a time, one after the other, until `stop`."""

    port: int
    people: int = 24
    waits: list[float] = field(default_factory=list)
    thanked: list[int] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        self._threads = [threading.Thread(target=self._come, args=(1000 * one,)) for one in range(self.people)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _come(self, number: int) -> None:
        while not self._stopped.is_set():
            number += 1
            try:
                self._answer(number)
            except Exception as error:  # noqa: BLE001 -- whatever a person is shown or not shown is a failure
                self.failures.append(f"{number}: {type(error).__name__} {error}")

    def _answer(self, number: int) -> None:
        browser = TimedBrowser(self.port)
        browser.waits = self.waits
        chosen = {name: codes[number % len(codes)] for name, codes in CHOSEN.items()}
        answers: Mapping[str, str] = {
            "consent": "yes",
            "adult": "yes",
            **chosen,
            "wish": f"Benches, says number {number}.",
        }
        browser.get("/en")
        browser.press("next")
        while "send" not in browser.page.moves:
            before = browser.page.body
            browser.press("next", answers)
            assert browser.page.body != before, browser.page.text
        browser.press("send")
        assert "Thank you" in browser.page.text, browser.page.text
        self.thanked.append(number)
