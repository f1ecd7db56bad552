"""The process that reads releases: one errand, with little memory and time, and nothing of what the site knows.

An order is JSON on the standard input, the answer JSON on the standard output. Nothing that can open an answer is
imported here, and nobody imports this module: it is started.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kuule.core.files import write_new
from kuule.core.problems import KuuleError, WorkbenchError
from kuule.workbench.errands.errand_limits import serve_one_errand
from kuule.workbench.errands.packed_files import zip_files
from kuule.workbench.errands.problem_tables import problems_to_table, without_place
from kuule.workbench.release_desk.release_kinds import RELEASE_ERRANDS, ReleaseOrder
from kuule.workbench.release_desk.shelf_reading import read_shelf
from kuule.workbench.release_desk.shelved_release import shelved_to_table


def run_release_errand(errand: Mapping[str, Any]) -> dict[str, Any]:
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
        write_new(Path(errand["out"]), zip_files(made.files, RELEASE_ERRANDS.code, "release"))
        return {"file_problems": problems_to_table(made.problems)}
    raise ValueError(errand["do"])


if __name__ == "__main__":
    serve_one_errand(RELEASE_ERRANDS, run_release_errand)
