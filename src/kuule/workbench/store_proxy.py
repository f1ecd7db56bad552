"""How the workbench reaches the collector's store: through a process of its own for each task, which knows three tasks.

The process of the site never connects to that database: its Django knows only the accounts. A task is JSON on the
standard input (an address may contain a password, and other users can see arguments); the result is JSON on the
standard output.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kuule.core.problems import KuuleError, Problem, StoreError
from kuule.study.settings.field_phase import StandingOrder, order_from_json, order_to_json

HELP_OPENED = ("help", "opened")
"""What `kuule.store.rows.counters.HELP_OPENED` is called here, where nothing of the store is imported."""
_MODULE = "kuule.workbench.store_proxy"
_QUICK_SECONDS = 60
_ARCHIVE_SECONDS = 60 * 60


@dataclass(frozen=True, slots=True)
class StoreSnapshot:
    """`counts`: "language" or "link", a name, and at least how many were sent; "help" and "opened", at least how often
    the help page was opened. `switched_off`: codes of links. `order`: what was ordered of the field period; None if the
    database did not say it."""

    counts: Mapping[tuple[str, str], int]
    switched_off: frozenset[str]
    order: StandingOrder | None = None

    @property
    def help_opened(self) -> int:
        """At least how often the help page was opened."""
        return self.counts.get(HELP_OPENED, 0)


class StoreProxy:
    """Runs tasks on one database. Its repr does not show the address."""

    __slots__ = ("_database",)

    def __init__(self, database: str) -> None:
        self._database = database

    def read_snapshot(self) -> StoreSnapshot:
        """Counts for partners, and the links that are switched off. Raises StoreError."""
        answer = self._go({"do": "look"}, _QUICK_SECONDS)
        counts = {(kind, name): int(figure) for kind, name, figure in answer["counts"]}
        order = None if answer["order"] is None else order_from_json(answer["order"])
        return StoreSnapshot(counts, frozenset(answer["off"]), order)

    def switch_link(self, code: str, *, on: bool) -> None:
        """Switch a link. Raises StoreError if nothing was changed."""
        self._go({"do": "switch", "code": code, "on": on}, _QUICK_SECONDS)

    def write_archive(self, edition: Path, out: Path) -> int:
        """Write the archive of an edition to a new file; returns how many envelopes it has. Raises KuuleError."""
        return int(self._go({"do": "archive", "edition": str(edition), "out": str(out)}, _ARCHIVE_SECONDS)["envelopes"])

    def _go(self, errand: Mapping[str, Any], seconds: int) -> dict[str, Any]:
        given = json.dumps({"database": self._database, **errand})
        try:
            done = subprocess.run(  # noqa: S603 -- our own interpreter and our own module
                [sys.executable, "-m", _MODULE],
                input=given,
                capture_output=True,
                text=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            cause, remedy = f"it did not answer in {seconds} seconds", "see what the database is busy with"
            raise StoreError(Problem("WORKBENCH_007", "the collector's database", cause, remedy)) from None
        if done.returncode != 0:
            cause = f"the errand broke off ({_kind_of(done.stderr)})"
            remedy = "see the workbench's journal; what was asked may be tried again"
            raise StoreError(Problem("WORKBENCH_007", "the collector's database", cause, remedy))
        answer: dict[str, Any] = json.loads(done.stdout)
        if "problems" in answer:
            raise StoreError(*(Problem(*said) for said in answer["problems"]))
        return answer

    def __repr__(self) -> str:
        return "<Clerk>"


def _kind_of(trace: str) -> str:
    """The type of the exception at the end of a traceback. The message could name something that only the operator
    should see."""
    return (trace.strip().splitlines() or ["without a word"])[-1].partition(":")[0]


def run_task(errand: Mapping[str, Any]) -> dict[str, Any]:
    """Run one task, in the process that was started for it. Raises KuuleError."""
    # Never in the site's process: these configure Django's database.
    from kuule.store.database import configure  # another process
    from kuule.store.rows.counters import counter_totals
    from kuule.store.rows.switched_off_links import read_switched_off_links, switch_link

    configure(errand["database"])
    if errand["do"] == "look":
        counts = [[str(counter.kind), counter.name, figure] for counter, figure in counter_totals().items()]
        return {"counts": counts, "off": sorted(read_switched_off_links()), "order": _told_order()}
    if errand["do"] == "switch":
        switch_link(errand["code"], on=errand["on"])
        return {}
    if errand["do"] == "archive":
        from kuule.store.edition_archive import archive_edition  # slow: reads an edition, which no other task needs

        return {"envelopes": archive_edition(Path(errand["edition"]), Path(errand["out"]))}
    raise ValueError(errand["do"])


def _told_order() -> dict[str, Any] | None:
    """What was ordered of the field period. A store of an earlier version has no place for it, and a login may lack the
    right to read it: then nobody knows."""
    from kuule.store.rows.field_control import read_field_control  # as above

    try:
        return order_to_json(read_field_control())
    except StoreError:
        return None


def main() -> None:
    """Read a task, run it, write the result."""
    try:
        answer = run_task(json.loads(sys.stdin.read()))
    except KuuleError as error:
        answer = {"problems": [[said.code, said.place, said.cause, said.remedy] for said in error.problems]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
