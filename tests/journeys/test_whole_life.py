"""The whole life of a study, ten days from the soft launch to the certificate, with every promise kept on each of them.

Real processes at a moved clock: a collector over HTTP, and the commands that people run. A restart, a closed language
and an upgrade are in the middle. docs/explanation/life.md is held against what happened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.installations.collectors import host
from tests.journeys.life_end import END
from tests.journeys.life_field import FIELD
from tests.journeys.life_machines import DayLog, Life
from tests.journeys.life_promises import CHECKS, HEADINGS, LIMITS, OTHERS, keep_promises, promise_names
from tests.journeys.life_study import DAYS
from tests.outside.trees import ROOT
from tests.store.server import Server, running_server

TABLE = ROOT / "docs/explanation/life.md"
EVENTS = {**FIELD, **END}


@contextmanager
def born(folder: Path, server: Server | None = None) -> Iterator[Life]:
    """A study before its first day, on machines where nothing is yet."""
    for name in ("collector", "analyst", "lead", "hosting"):
        (folder / name).mkdir()
    with host(folder / "hosting", ROOT, clock=folder / "clock") as collector:
        life = Life(folder, collector, server)
        life.database = server.url(server.new_database()) if server is not None else f"sqlite:///{life.store}"
        yield life


def lived(life: Life) -> dict[int, list[str]]:
    """Live all days. Returns what was promised on each, by names of statements."""
    promised = {}
    for day, happens in EVENTS.items():
        if day > 1:
            life.wake(day)
        happens(life)
        promised[day] = keep_promises(life)
    return promised


def told_days() -> dict[int, tuple[str, set[str], list[str]]]:
    """The table of the document: by day its date, the commands, and what a respondent saw, word for word."""
    rows = {}
    for line in TABLE.read_text("utf-8").splitlines():
        if cells := re.fullmatch(r"\| (\d+) \| ([0-9-]+) \|([^|]*)\|([^|]*)\|([^|]*)\|", line):
            commands = set(re.findall(r"`(kuule [^`]+)`", cells[4]))
            rows[int(cells[1])] = (cells[2], commands, re.findall(r"\*([^*]+)\*", cells[5]))
    return rows


def check_told(day: int, log: DayLog) -> None:
    """The commands of a day are those that the document has, and each sentence in it stood on a page."""
    date, commands, sentences = told_days()[day]
    assert date == DAYS[day]
    assert commands == log.commands, day
    seen = {page.text.replace("\u00ad", "") for page in log.pages()}
    for sentence in sentences:
        assert any(sentence in text for text in seen), (day, sentence)


def test_each_statement_of_the_privacy_page_has_a_check() -> None:
    """A new promise needs one, or a reason why none can be."""
    known = [set(CHECKS), set(LIMITS), set(OTHERS), set(HEADINGS)]
    assert set().union(*known) == promise_names()
    assert sum(map(len, known)) == len(promise_names()), "each is in one of them"


def test_document_has_every_day_of_the_life() -> None:
    told = told_days()
    assert [*told] == [*DAYS] == [*EVENTS]
    assert all(sentences for _, _, sentences in told.values())


@pytest.mark.whole
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_whole_life_keeps_every_promise_on_every_day(kind: str, tmp_path: Path) -> None:
    with running_server() if kind == "postgresql" else _nothing() as server, born(tmp_path, server) as life:
        promised = lived(life)
        last = "promise_limit_order" if server is None else "promise_limit_times"
        assert all(last in names and "promise_withdraw" in names for names in promised.values())
        assert not any(set(names) & OTHERS for names in promised.values())
        for day, log in life.logs.items():
            check_told(day, log)


@contextmanager
def _nothing() -> Iterator[None]:
    yield None
