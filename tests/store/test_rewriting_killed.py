"""A rewriting that is killed at any moment, while others keep rows, loses none and leaves nothing in the way."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import pytest

from kuule.store.database import configure
from kuule.store.rewriting import rewrite_store
from kuule.store.rows.responses import save_response
from tests.patience import PATIENCE
from tests.store.files import asked, python, random_rows

REWRITING = (
    "import sys; from kuule.store.database import configure; from kuule.store.rewriting import rewrite_store\n"
    "configure('sqlite:///' + sys.argv[1]); print('ready', flush=True)\n"
    "while True: rewrite_store()"
)


def rows_of(database: Path) -> set[object]:
    return {row for (row,) in asked(database, "SELECT row_id FROM store_response")}


@pytest.mark.parametrize("kills", [6, pytest.param(60, marks=pytest.mark.whole)])
def test_rewriting_that_is_killed_at_any_moment_loses_no_row(database: Path, kills: int) -> None:
    chance = Random(kills)
    configure(f"sqlite:///{database}?timeout=20")  # a busy machine is no reason to give up
    # Each SQLite of this machine puts files into the usual folder for a moment; those that are killed have their own.
    temporary = database.parent / "temporary"
    temporary.mkdir()
    rows = random_rows(200 + 5 * kills, chance, 12_000)
    waiting = rows[200:]
    for row in rows[:200]:
        save_response(row)
    for _ in range(kills):
        process = python(REWRITING, str(database), SQLITE_TMPDIR=str(temporary))
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.15))
        process.kill()
        process.communicate(timeout=PATIENCE)
        for _ in range(5):
            save_response(waiting.pop())
        assert asked(database, "PRAGMA integrity_check") == [("ok",)]
    assert rows_of(database) == {row.row_id for row in rows}
    rewrite_store()
    assert (rows_of(database), asked(database, "PRAGMA freelist_count")) == ({row.row_id for row in rows}, [(0,)])
    # SQLite takes such a file out of the folder before anything is in it: what is left at the worst is empty
    assert sum(file.stat().st_size for file in temporary.iterdir()) == 0
