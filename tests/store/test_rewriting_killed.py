"""A rewriting that is killed at any moment, while others keep rows, loses none and leaves nothing in the way."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from random import Random

import pytest

from kuule.store.responses import keep
from kuule.store.rewriting import rewrite
from tests.store.files import asked, python, random_rows

REWRITING = (
    "import sys; from kuule.store.database import configure; from kuule.store.rewriting import rewrite\n"
    "configure('sqlite:///' + sys.argv[1]); print('ready', flush=True)\n"
    "while True: rewrite()"
)


def rows_of(database: Path) -> set[object]:
    return {row for (row,) in asked(database, "SELECT row_id FROM store_response")}


def temporary_files() -> set[Path]:
    """Files that SQLite named (`etilqs_…`), where it may put them."""
    folders = {Path(tempfile.gettempdir()), Path("/var/tmp"), Path("/tmp")}
    return {file for folder in folders for file in folder.glob("etilqs_*")}


@pytest.mark.parametrize("kills", [6, pytest.param(60, marks=pytest.mark.whole)])
def test_rewriting_that_is_killed_at_any_moment_loses_no_row(database: Path, kills: int) -> None:
    chance = Random(kills)
    before = temporary_files()
    rows = random_rows(200 + 5 * kills, chance, 12_000)
    waiting = rows[200:]
    for row in rows[:200]:
        keep(row)
    for _ in range(kills):
        process = python(REWRITING, str(database))
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.15))
        process.kill()
        process.communicate(timeout=60)
        for _ in range(5):
            keep(waiting.pop())
        assert asked(database, "PRAGMA integrity_check") == [("ok",)]
    assert rows_of(database) == {row.row_id for row in rows}
    rewrite()
    assert (rows_of(database), asked(database, "PRAGMA freelist_count")) == ({row.row_id for row in rows}, [(0,)])
    assert temporary_files() == before
