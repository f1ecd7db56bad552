"""`python -m tests.qualitative.project.saving_process PROJECT STATEMENT`: saves pairs of memos until it is killed, and
prints the number of each pair once it is saved.

With a STATEMENT it kills itself (SIGKILL) when SQLite comes to it in the fourth pair, which is so large that SQLite has
written half of it into the file by then.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project.project_files import opened_project
from kuule.qualitative.project_model.notes_and_translations import Memo
from tests.qualitative.small_project import DAY, PASSPHRASE, watched_project

MARKER = "Zebulon-Marker-Memo"
LARGE_AT = 3
_LARGE = 4_000_000


def words_of(number: int, half: str) -> str:
    return f"{MARKER} {number} {half}"


def save_pairs(project: OpenProject, before_large: Callable[[], None] | None = None) -> None:
    for number in count():
        filling = ""
        if before_large is not None and number == LARGE_AT:
            before_large()
            filling = MARKER * (_LARGE // len(MARKER))
        pair = [Memo(f"{number:031x}{half}", words_of(number, half) + filling) for half in "ab"]
        project.save(pair, role="reader-1", day=DAY)
        print(number, flush=True)


def main(path: Path, statement: str) -> None:
    if not statement:
        with opened_project(path, PASSPHRASE) as project:
            save_pairs(project)
    with watched_project(path) as (connection, project):
        save_pairs(project, lambda: connection.set_trace_callback(lambda sql: kill_at(sql, statement)))


def kill_at(sql: str, statement: str) -> None:
    if sql.startswith(statement):
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
