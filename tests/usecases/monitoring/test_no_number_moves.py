"""Whoever reads the state of a machine as often as they like learns of no visit: a real collector is visited, and all
that is told of its machine is compared byte by byte, at every page that comes and goes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kuule.collector.server.rewrite_record import find_rewrite_record
from kuule.rehearsal.browser import Browser, LoadedPage
from kuule.rehearsal.persona import Persona
from kuule.rehearsal.visitor import VisitEnding, make_visit
from kuule.store.database import close_connections, configure
from kuule.store.location.identity import read_identity
from kuule.store.rows.responses import read_key_ids
from kuule.study.settings.rehearsal_settings import RehearsalSettings
from kuule.usecases.monitoring.disk_room import DiskSpace, DiskWatch
from kuule.usecases.monitoring.health_findings import HealthState
from kuule.usecases.monitoring.host_status import HostStatus, WatchedHost, read_host_status
from kuule.usecases.monitoring.open_metrics import open_metrics_text
from kuule.usecases.monitoring.status_words import status_lines, status_table
from tests.collector.server.servers import options, serving
from tests.patience import wait_until
from tests.store.conftest import Kept

pytestmark = pytest.mark.slow
NOW = datetime(2026, 11, 28, 12, 30, tzinfo=UTC)
TODAY = date(2026, 11, 28)
GATES = {"consent": {"yes": 1.0}, "adult": {"yes": 1.0}}
PAUSES = RehearsalSettings(answers=GATES, pass_over=0, stop_early=0, leave=0, pause=1, withdraw=1)
SENDS = RehearsalSettings(answers=GATES, pass_over=0, stop_early=0, leave=0)


@dataclass
class FillingDisk:
    """A disk whose free bytes are at the edge of a class, and go below it with the next byte that anybody writes: each
    look sees some more of it gone."""

    free: int = 100_000
    looks: int = 0

    def __call__(self, folder: Path) -> DiskSpace:
        self.looks += 1
        self.free -= 512 * (self.looks > 1)
        return DiskSpace(1_000_000, self.free)


@dataclass
class Watcher:
    """Reads all that is told of a machine, as a monitor does each second."""

    host: WatchedHost
    memory: Path
    disks: DiskWatch
    told: list[str] = field(default_factory=list)

    def status(self, now: datetime = NOW) -> HostStatus:
        return read_host_status(self.host, now, self.disks, memory=(self.memory,))

    def look(self) -> None:
        status = self.status()
        self.told.append(json.dumps([status_table(status), status_lines(status), open_metrics_text(status)]))


class WatchedBrowser(Browser):
    """A visitor whose every page somebody looks at the machine after."""

    watcher: Watcher

    def post(self, path: str, fields: object) -> LoadedPage:  # type: ignore[override]
        page = super().post(path, fields)  # type: ignore[arg-type]
        self.watcher.look()
        return page


@pytest.fixture
def watcher(
    kept: Kept, edition_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Watcher, str]]:
    """A collector that has rewritten its store since its start, and its address."""
    memory, backups = tmp_path / "memory", tmp_path / "backups"
    memory.mkdir()
    backups.mkdir()
    (backups / f"small-study-{TODAY}.kuule-backup").touch()
    secret = tmp_path / "secret"
    secret.write_bytes(bytes(32))
    secret.chmod(0o600)
    monkeypatch.setenv("RUNTIME_DIRECTORY", str(memory))
    wanted = options(edition_folder, folder=tmp_path, database=kept.url, workers=1, secret=secret)
    identity = read_identity()
    close_connections()
    with serving(wanted, tmp_path / "said"):
        wait_until(lambda: find_rewrite_record([memory], identity) is not None, (tmp_path / "said").read_text)
        url = f"http://127.0.0.1:{wanted.port}"
        host = WatchedHost(edition_folder, kept.url, url, secret, backups)
        yield Watcher(host, memory, DiskWatch([tmp_path], FillingDisk())), url
    close_connections()


def visit(watcher: Watcher, url: str, settings: RehearsalSettings) -> VisitEnding:
    with WatchedBrowser(url) as browser:
        browser.watcher = watcher
        return make_visit(browser, Persona(1, 1, settings, ("en",)), TODAY)


def test_no_number_moves_with_one_visit(watcher: tuple[Watcher, str]) -> None:
    watch, url = watcher
    watch.look()
    assert {one.state for one in watch.status().findings} == {HealthState.WELL}
    assert visit(watch, url, PAUSES) is VisitEnding.WITHDRAWN
    assert visit(watch, url, SENDS) is VisitEnding.SENT
    watch.look()
    configure(watch.host.database)
    assert read_key_ids(), "nothing was sent: this compares nothing"
    assert len(watch.told) > 20
    assert len(set(watch.told)) == 1
    # The comparison can fail: in the next hour the disk is below the edge, for whatever reason in this one.
    after = {one.check: one.state for one in watch.status(NOW.replace(hour=13)).findings}
    assert {check for check, state in after.items() if state is not HealthState.WELL} == {"disk"}
