"""A service is hidden by the command: at every worker of every collector of the store, and after a restart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.store.database import close_connections
from tests.collector.server.servers import ask, options, serving
from tests.patience import wait_until
from tests.ports import free_port
from tests.store.conftest import Kept, database, kept, postgresql, server
from tests.study.small_study import make_edition

__all__ = ["database", "kept", "postgresql", "server"]

ROWS = """\
country,name,kind,phone,checked_by,checked_on
JO,A line that does harm,crisis,0771 22 33 44,helper,2026-11-02
JO,Another line,crisis,0771 55 66 77,helper,2026-11-02
"""
ADDRESS = "/en/help/JO"
HARM, OTHER = b"tel:0771223344", b"tel:0771556677"
ASKS = 40
"""So many lines in a row come to each of two workers."""


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("orders")
    make_edition(folder, support=ROWS)
    return folder / "edition"


def shown_at(port: int) -> set[bool]:
    """Whether the number is on the page, at whoever answers there."""
    found = set()
    for _ in range(ASKS):
        _, _, page = ask(port, ADDRESS)
        assert OTHER in page
        found.add(HARM in page)
    return found


def order(edition: Path, kept: Kept, *more: str) -> None:
    arguments = ["hide", str(edition), "JO", "A line that does harm", *more]
    assert run([*arguments, "--database", kept.url, "--study", "small-study"]) == 0
    close_connections()


def test_order_reaches_all_workers_of_two_collectors_and_outlasts_a_restart(
    edition: Path, kept: Kept, tmp_path: Path
) -> None:
    close_connections()
    one = options(edition, folder=tmp_path, database=kept.url, workers=2)
    other = replace(one, port=free_port(), workers=1)
    with serving(one, tmp_path / "one"):
        with serving(other, tmp_path / "other"):
            assert shown_at(one.port) == shown_at(other.port) == {True}
            order(edition, kept)
            for port in (one.port, other.port):
                wait_until(lambda port=port: shown_at(port) == {False})
        with serving(other, tmp_path / "restarted"):
            assert shown_at(other.port) == {False}, "from its first page on"
        order(edition, kept, "--undo")
        wait_until(lambda: shown_at(one.port) == {True})
