"""The process that makes kits: one errand, with little memory and time, and nothing of what the site knows.

Nothing that can open an answer is imported here, and nobody imports this module: it is started.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kuule.core.files import write_new
from kuule.core.problems import KuuleError, WorkbenchError
from kuule.workbench.errands.errand_limits import serve_one_errand
from kuule.workbench.errands.packed_files import zip_files
from kuule.workbench.errands.problem_tables import problems_to_table, without_place
from kuule.workbench.kit_desk.kit_orders import KIT_ERRANDS, EarlierKit, KitOrder
from kuule.workbench.kit_desk.production.kit_making import check_kits, make_kit_files


def run_kit_errand(errand: Mapping[str, Any]) -> dict[str, Any]:
    """Do what is asked. Raises KuuleError."""
    order = KitOrder.from_table(errand["order"])
    if errand["do"] == "make":
        try:
            made = make_kit_files(order)
        except KuuleError as error:
            raise WorkbenchError(*(without_place(one, (order.study,)) for one in error.problems)) from None
        write_new(Path(errand["out"]), zip_files(made, KIT_ERRANDS.code, KIT_ERRANDS.place))
        return {}
    if errand["do"] == "check":
        earlier = [EarlierKit(tag, Path(folder)) for tag, folder in errand["earlier"]]
        found = check_kits(order, errand["languages"], earlier)
        return {
            tag: {
                "draft": one.draft,
                "wrong": problems_to_table(without_place(each, (order.study,)) for each in one.problems),
                "changed": {str(folder): list(names) for folder, names in one.changed.items()},
            }
            for tag, one in found.items()
        }
    raise ValueError(errand["do"])


if __name__ == "__main__":
    serve_one_errand(KIT_ERRANDS, run_kit_errand)
