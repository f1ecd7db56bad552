"""A collector is upgraded while 24 people answer without a break and never try again: how long anybody waited."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.installations.answering import Answering
from tests.installations.collectors import host, next_version
from tests.installations.making import newest, unpack
from tests.outside.trees import ROOT
from tests.patience import wait_until

_BEFORE_AND_AFTER = 4
"""How many people each one's place sees before the version changes, and after."""


def measure() -> list[tuple[str, str]]:
    """What `bench` prints."""
    with tempfile.TemporaryDirectory() as name:
        return list(_upgraded(Path(name)))


def _upgraded(folder: Path) -> Iterator[tuple[str, str]]:
    left, new = unpack(newest(), folder), next_version(folder / "next")
    given = (str(left / "edition"), "--database", f"sqlite:///{left / 'store.sqlite3'}", "--drafts", "--workers", "2")
    with host(folder, ROOT, *given, "--secret", str(left / "token-secret")) as here:
        here.start()
        people = Answering(here.port)
        people.start()
        try:
            _until(people, _BEFORE_AND_AFTER * people.people)
            before, begun = len(people.waits), time.monotonic()
            here.install(new)
            here.hand_over()
            took, during = time.monotonic() - begun, len(people.waits)
            _until(people, len(people.thanked) + _BEFORE_AND_AFTER * people.people)
        finally:
            people.stop()
    yield "people thanked", f"{len(people.thanked)}"
    yield "pages that did not come", f"{len(people.failures)}"
    yield "from the signal to the end of the first version", f"{took:.1f} s"
    yield "longest wait for a page before", f"{max(people.waits[:before]):.2f} s"
    yield "longest wait for a page meanwhile", f"{max(people.waits[before:during]):.2f} s"
    yield "longest wait for a page after", f"{max(people.waits[during:]):.2f} s"
    yield "half of all pages came within", f"{median(people.waits):.3f} s"


def _until(people: Answering, number: int) -> None:
    wait_until(lambda: len(people.thanked) >= number)
