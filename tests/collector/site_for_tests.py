"""A whole collector for a test: a practice edition, a real SQLite file, the real WSGI application."""

from __future__ import annotations

import logging.config
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.core.handlers.wsgi import WSGIHandler

from kuule.collector.http.collector_site import start_site
from kuule.collector.served.serve_options import ServeOptions
from kuule.forms.record import Record
from kuule.opening.decryption import open_envelope
from kuule.store.rows.responses import read_responses
from kuule.study.edition.study_edition import Edition
from kuule.web.redacted_logging import LOGGING
from tests.collector.browser import Browser
from tests.prepared import prepare_copy
from tests.study.small_study import rehearsal_key

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class Clock:
    """The time of the test."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **time: int) -> None:
        self.now += timedelta(**time)


@dataclass(frozen=True)
class TestSite:
    """A running site and what a test asks of it."""

    __test__ = False
    browser: Browser
    edition: Edition
    clock: Clock
    folder: Path

    def kept(self) -> list[Record]:
        """What was sent, opened."""
        key = rehearsal_key()
        opened = [
            open_envelope(sealed, key, study_id=self.edition.study.id, edition_id=self.edition.id)
            for sealed in read_responses(self.edition.id)
        ]
        return [Record.from_bytes(record) for record in opened]

    def begin(self, tag: str = "en") -> Browser:
        """Press "Begin"."""
        self.browser.get(f"/{tag}")
        self.browser.press("next")
        return self.browser

    def pass_gates(self, tag: str = "en") -> Browser:
        """Consent and age: the first page after them."""
        browser = self.begin(tag)
        browser.press("next", {field(browser, "consent"): "yes"})
        browser.press("next", {field(browser, "adult"): "yes"})
        return browser

    def answer(self, answers: Mapping[str, str | list[str]], tag: str = "en") -> Browser:
        """Answer page after page, by question name, to the page after the last; what is not named is left as it is."""
        browser = self.pass_gates(tag)
        while "send" not in browser.buttons:
            asked = {name.rsplit("/", 1)[-1]: name for name in browser.asked}
            browser.press("next", {asked[name]: value for name, value in answers.items() if name in asked})
        return browser

    def review(self, answers: Mapping[str, str | list[str]], tag: str = "en") -> Browser:
        """The same, to the page on which all of it is read through."""
        browser = self.answer(answers, tag)
        browser.press("review")
        return browser


def field(browser: Browser, name: str) -> str:
    """The name of the posted field of a question of the page."""
    found = [one for one in browser.asked if one.rsplit("/", 1)[-1] == name]
    assert len(found) == 1, f"{name} is not asked, {browser.asked} are"
    return found[0]


def start(edition_folder: Path, folder: Path, *, drafts: bool = True, rehearsal: bool = True) -> TestSite:
    """Serve an edition in this process."""
    secret = folder / "token-secret"
    secret.write_bytes(bytes(range(32)))
    secret.chmod(0o600)
    options = ServeOptions(
        editions=(edition_folder,),
        database=f"sqlite:///{folder / 'kept.sqlite3'}",
        rehearsal=rehearsal,
        drafts=drafts,
        secret=secret,
    )
    clock = Clock()
    conversation = start_site(options, clock).conversation
    assert conversation is not None
    # Django takes LOGGING only when it is configured first, which another test of this process may have done.
    logging.config.dictConfig(LOGGING)
    prepare_copy(folder / "kept.sqlite3")
    return TestSite(Browser(WSGIHandler()), conversation.editions.current.edition, clock, folder)
