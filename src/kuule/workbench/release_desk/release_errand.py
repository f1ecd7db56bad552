"""The process that reads releases: one errand, with little memory and time, and nothing of what the site knows.

An order is JSON on the standard input, the answer JSON on the standard output. Nothing that can open an answer is
imported here, and nobody imports this module: it is started.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kuule.core.files import write_new
from kuule.core.problems import KuuleError, Problem, WorkbenchError
from kuule.workbench.release_desk.release_kinds import ReleaseOrder
from kuule.workbench.release_desk.shelf_reading import read_shelf, without_place
from kuule.workbench.release_desk.shelved_release import problems_to_table, shelved_to_table

_CPU_SECONDS = 120
_LARGEST_FILE = 96 * 1024**2


def run_errand(errand: Mapping[str, Any]) -> dict[str, Any]:
    """Do what is asked. Raises KuuleError."""
    if errand["do"] == "list":
        today = date.fromisoformat(errand["today"])
        shelf = read_shelf(Path(errand["folder"]), study=errand["study"], today=today)
        found = [shelved_to_table(one) for one in shelf.releases]
        return {"releases": found, "shelf_problems": problems_to_table(shelf.problems)}
    if errand["do"] == "make":
        from kuule.workbench.release_desk.making import release_making  # slow: a list needs nothing that publishes

        order = ReleaseOrder.from_table(errand["order"])
        try:
            made = release_making.make_release_files(order)
        except KuuleError as error:
            raise WorkbenchError(*(without_place(one, order.places) for one in error.problems)) from None
        write_new(Path(errand["out"]), release_making.zip_files(made.files))
        return {"file_problems": problems_to_table(made.problems)}
    raise ValueError(errand["do"])


def main() -> None:
    """Read an order, do it, write the answer."""
    errand = json.loads(sys.stdin.read())
    for limit, value in (
        (resource.RLIMIT_AS, errand["memory"]),
        (resource.RLIMIT_CPU, _CPU_SECONDS),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    try:
        answer = run_errand(errand)
    except KuuleError as error:
        answer = {"problems": problems_to_table(error.problems)}
    except MemoryError:
        cause, remedy = "it takes more memory than it is given here", "make it on another machine"
        answer = {"problems": problems_to_table((Problem("WORKBENCH_017", "release", cause, remedy),))}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
