"""The watch over a site: daily, only what changed, and nothing lost wherever it is ended."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kuule.core import files
from kuule.core.problems import KuuleError, Problem
from kuule.verification.look_record import LookRecord, read_look_record, record_of, write_look_record
from kuule.verification.site_findings import SiteFinding, SiteState, VerificationError
from kuule.verification.site_verification import SeenPage, Verification
from kuule.verification.site_watch import SiteWatch, changes_between
from tests.loaded.loaded_process import LoadedProcess
from tests.patience import PATIENCE, wait_until
from tests.verification.watched_site import WatchedSite

SITE = "https://survey.example.org"
START = datetime(2026, 11, 28, 12, tzinfo=UTC)
WELL = Verification(
    origin=SITE,
    at=START,
    open=True,
    edition="0" * 8,
    fingerprint="1",
    languages=("en",),
    findings=(
        SiteFinding("tls", SiteState.OK, "TLSv1.3, certificate valid for 61 more days"),
        SiteFinding("cookies", SiteState.OK, "none"),
    ),
    pages=(SeenPage("/en/help?country=", 200, 100, "ab"), SeenPage("/en (begin)", 200, 100, "")),
    requests=3,
)
COOKIE = replace(WELL, findings=(WELL.findings[0], SiteFinding("cookies", SiteState.WRONG, "a cookie is set: a at /")))


class Ended(BaseException):
    """The watch was ended here, as by kill -9: nothing after this line happened."""


@dataclass
class Watched:
    """A watch whose days pass at once: each wait moves the clock by what is waited. `sights`: what each look sees, an
    error where it comes to nothing; after the last one it is told to stop."""

    folder: Path
    sights: list[Verification | VerificationError]
    now: datetime = START
    told: list[str] = field(default_factory=list)
    looked_at: list[datetime] = field(default_factory=list)
    end_at: int = -1
    acts: int = 0

    @property
    def path(self) -> Path:
        return self.folder / "looks.json"

    def act(self) -> None:
        """One more thing that happens; the watch may end before it."""
        self.acts += 1
        if self.acts == self.end_at:
            raise Ended

    def look(self, now: datetime) -> Verification:
        self.act()
        self.looked_at.append(now)
        sight = self.sights.pop(0)
        if isinstance(sight, VerificationError):
            raise sight
        return replace(sight, at=now)

    def wait(self, seconds: float) -> bool:
        self.now += timedelta(seconds=seconds)
        return not self.sights

    def tell(self, lines: Sequence[str], seen: Verification | None) -> None:
        self.act()
        self.told += lines

    def run(self, agreed: str = "") -> None:
        SiteWatch(self.path, agreed, look=self.look, clock=lambda: self.now, wait=self.wait, tell=self.tell).run(SITE)


def refused() -> VerificationError:
    return VerificationError(Problem("VERIFY_003", SITE, "the site answers, but lets nobody in just now (403)", "wait"))


def test_only_what_changed_is_told_once_a_day(tmp_path: Path) -> None:
    days = [WELL, WELL, COOKIE, COOKIE, WELL]
    watch = Watched(tmp_path, [*days])
    watch.run()
    assert watch.told == [
        "wrong cookies: a cookie is set: a at / (before: ok, none)",
        "ok cookies: none (before: wrong, a cookie is set: a at /)",
    ]
    assert watch.looked_at == [START + timedelta(days=number) for number in range(len(days))]


def test_first_look_tells_what_is_not_well(tmp_path: Path) -> None:
    watch = Watched(tmp_path, [COOKIE])
    watch.run()
    assert watch.told == ["wrong cookies: a cookie is set: a at /"]


def test_days_of_a_certificate_are_no_change_and_its_state_is() -> None:
    before = record_of(WELL, "")

    def told(state: SiteState) -> tuple[str, ...]:
        line = SiteFinding("tls", state, "TLSv1.3, certificate valid for 13 more days")
        return changes_between(before, record_of(replace(WELL, findings=(line, WELL.findings[1])), ""))

    assert told(SiteState.OK) == ()
    assert told(SiteState.WARNING)[0].startswith("warning tls: TLSv1.3, certificate valid for 13 more days (before: ok")


def test_other_words_on_a_page_are_told_and_of_a_page_that_is_new_each_time_none() -> None:
    other = replace(WELL, pages=(SeenPage("/en/help?country=", 200, 100, "cd"), WELL.pages[1]))
    told = changes_between(record_of(WELL, ""), record_of(other, ""))
    assert told == ("other words than before on /en/help?country=",)


def test_what_is_looked_at_no_more_and_for_the_first_time_is_told() -> None:
    fewer = replace(WELL, findings=WELL.findings[:1])
    assert changes_between(record_of(WELL, ""), record_of(fewer, "")) == ("not looked at any more: cookies",)
    assert changes_between(record_of(fewer, ""), record_of(WELL, "")) == ("ok cookies: none (before: not looked at)",)


def test_guard_or_slow_line_is_not_down_is_told_once_and_tried_every_hour(tmp_path: Path) -> None:
    watch = Watched(tmp_path, [WELL, refused(), refused(), refused(), COOKIE])
    watch.run()
    assert watch.told[0] == (
        "not seen: the site answers, but lets nobody in just now (403); this says nothing of the site, and is tried"
        " again every hour"
    )
    assert watch.told[1:] == ["seen again", "wrong cookies: a cookie is set: a at / (before: ok, none)"]
    hours = [(one - START - timedelta(days=1)).total_seconds() / 3600 for one in watch.looked_at[1:]]
    assert hours == [0, 1, 2, 3]


def test_site_that_was_never_seen_tells_all_when_it_is(tmp_path: Path) -> None:
    watch = Watched(tmp_path, [refused(), COOKIE])
    watch.run()
    assert watch.told[1:] == ["seen again", "wrong cookies: a cookie is set: a at /"]


def test_next_start_goes_on_where_this_one_was(tmp_path: Path) -> None:
    Watched(tmp_path, [WELL]).run()
    again = Watched(tmp_path, [WELL], now=START + timedelta(hours=5))
    again.run()
    assert (again.looked_at, again.told) == ([START + timedelta(days=1)], [])


def test_clock_that_was_set_back_keeps_nobody_from_looking(tmp_path: Path) -> None:
    Watched(tmp_path, [WELL], now=START + timedelta(days=400)).run()
    again = Watched(tmp_path, [WELL, WELL])
    again.run()
    assert again.looked_at == [START, START + timedelta(days=1)]


@pytest.mark.parametrize("end_at", range(1, 18))
def test_ended_at_any_act_it_loses_no_change(tmp_path: Path, end_at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ended before any look, telling, or step on files, and started again: what changed was told at least once."""
    days: list[Verification | VerificationError] = [WELL, COOKIE, refused(), WELL]
    first = Watched(tmp_path, [*days], end_at=end_at)
    write = files.write_synced

    def write_and_perhaps_end(*given: Any, **named: Any) -> None:
        first.act()
        write(*given, **named)
        first.act()

    monkeypatch.setattr(files, "write_synced", write_and_perhaps_end)
    try:
        first.run()
        ended = False
    except Ended:
        ended = True
    first.end_at = -1
    assert ended == (end_at <= first.acts)
    left = days[len(first.looked_at) - (1 if ended and _is_lost(first, days) else 0) :]
    second = Watched(tmp_path, left or [WELL], now=first.now)
    second.run()
    told = [*first.told, *second.told]
    assert any(line.startswith("wrong cookies: ") for line in told)
    assert any(line.startswith("ok cookies: none (before: wrong") for line in told)
    assert read_look_record(first.path) is not None


def _is_lost(watch: Watched, days: Sequence[object]) -> bool:
    """Whether the last look left nothing in the record: the site is as it was at that look, also a second time."""
    record = read_look_record(watch.path)
    return bool(watch.looked_at) and (record is None or record.tried_at != watch.looked_at[-1])


def test_record_of_another_site_or_edition_is_refused(tmp_path: Path) -> None:
    watch = Watched(tmp_path, [WELL])
    write_look_record(watch.path, LookRecord("https://other.example.org", "", START))
    with pytest.raises(KuuleError, match="VERIFY_006"):
        watch.run()
    write_look_record(watch.path, LookRecord(SITE, "ab" * 32, START))
    with pytest.raises(KuuleError, match="held against the edition abababab"):
        watch.run()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"format": 2}',
        '{"format": 1, "site": "x", "edition": null, "tried_at": "2026-11-28"}',
    ],
)
def test_file_that_is_no_record_is_refused_and_left_as_it_is(tmp_path: Path, text: str) -> None:
    watch = Watched(tmp_path, [WELL])
    watch.path.write_text(text)
    with pytest.raises(KuuleError, match="VERIFY_005"):
        watch.run()
    assert watch.path.read_text() == text


def test_record_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    watch = Watched(tmp_path, [WELL])
    watch.path.mkdir()
    with pytest.raises(KuuleError, match=r"VERIFY_007 .*it cannot be read \(is a directory\)"):
        watch.run()


def test_second_watch_on_the_same_file_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    refusals: list[str] = []

    class First(Watched):
        def look(self, now: datetime) -> Verification:
            with pytest.raises(KuuleError) as refused:
                Watched(tmp_path, [WELL]).run()
            refusals.append(refused.value.problems[0].code)
            return super().look(now)

    First(tmp_path, [WELL, COOKIE]).run()
    assert refusals == ["VERIFY_008", "VERIFY_008"]
    assert [file.name for file in tmp_path.iterdir()] == ["looks.json"]


@contextmanager
def watching(url: str, record: Path) -> Iterator[subprocess.Popen[str]]:
    """The command as a process, which is gone after the block."""
    command = [sys.executable, "-m", "kuule", "verify", url, "--watch", str(record), "--json"]
    process: subprocess.Popen[str] = LoadedProcess(command, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)


def next_told(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    told: dict[str, Any] = json.loads(process.stdout.readline())["result"]
    return told


@pytest.mark.slow
def test_real_watch_is_killed_and_goes_on(watched: WatchedSite, tmp_path: Path) -> None:
    """Of a real site: killed with SIGKILL, it looks no second time that day, and says then what changed meanwhile."""
    record = tmp_path / "looks.json"
    watched.proxy.lie = lambda answer: answer
    with watching(watched.proxy.url, record) as first:
        assert next_told(first)["warnings"] == 2
        wait_until(record.exists, lambda: "no record")
        first.kill()
    kept = read_look_record(record)
    assert kept is not None
    write_look_record(record, replace(kept, tried_at=kept.tried_at - timedelta(days=1)))
    watched.proxy.lie = lambda answer: answer.with_header("Set-Cookie", "a=b")
    with watching(watched.proxy.url, record) as second:
        told = next_told(second)
        [change] = told["changes"]
        assert change.startswith("wrong cookies: a cookie is set: a at /")
        assert change.endswith("(before: ok, none)")
        assert told["wrong"] == 1
        second.send_signal(signal.SIGTERM)
        assert second.wait(PATIENCE) == 0
