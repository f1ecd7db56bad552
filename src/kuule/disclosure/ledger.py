"""The ledger of releases: what was published from the datasets of a study, kept beside them and never published.

Rounding is the same each time, so two reports that differ by one answer can tell whose it was. The ledger lets a
dataset be published again only as it was, or when it has grown enough. No time is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kuule.disclosure.rules import Rules
from kuule.durable import write_whole
from kuule.errors import Problem, PublishingError
from kuule.tables.request import TableRequest
from kuule.tables.result import Origin

NEW_RESPONSES = 30
"""Responses by which a dataset differs from every one released before (decision 13)."""
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Release:
    """One release: the exact number of responses, and which tables under which rules. `dataset` is its version."""

    dataset: str
    responses: int
    requests: tuple[str, ...]
    smallest_base: int
    smallest_count: int
    rounding: int

    @classmethod
    def of(cls, origin: Origin, requests: Iterable[TableRequest], rules: Rules) -> Release:
        wanted = tuple(sorted(map(str, requests)))
        return cls(origin.dataset, origin.responses, wanted, rules.smallest_base, rules.smallest_count, rules.rounding)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger at `path`, a JSON file."""

    path: Path

    @classmethod
    def beside(cls, dataset: Path, study: str) -> Ledger:
        """The ledger of all datasets of a study in one folder."""
        return cls(dataset.resolve().parent / f"{study}.releases.json")

    def enter(self, release: Release) -> None:
        """Note a release before it is published; the same again is no new one.

        Raises PublishingError REPORT_030 where the dataset is too near to one released before, REPORT_031 where the
        ledger cannot be read.
        """
        known = self.releases()
        if release in known:
            return
        for earlier in known:
            new = release.responses - earlier.responses
            if abs(new) < NEW_RESPONSES:
                cause = f"a report of {earlier.responses} responses was made already, and this dataset has {new:+}"
                remedy = (
                    f"wait for {NEW_RESPONSES} new responses; the report of dataset {earlier.dataset} can be made "
                    "again with the same tables"
                )
                raise PublishingError(Problem("REPORT_030", str(self.path), cause, remedy))
        self._write((*known, release))

    def releases(self) -> tuple[Release, ...]:
        """Every release so far, oldest first."""
        if not self.path.exists():
            return ()
        try:
            content = json.loads(self.path.read_bytes())
            if content["format"] != _FORMAT:
                raise ValueError("another format")
            return tuple(_release(each) for each in content["releases"])
        except (ValueError, KeyError, TypeError, AttributeError, OSError):
            remedy = "bring it back from a copy; without it nobody can tell what a new report would give away"
            raise PublishingError(
                Problem("REPORT_031", str(self.path), "the ledger of releases cannot be read", remedy)
            ) from None

    def _write(self, releases: Iterable[Release]) -> None:
        content = {"format": _FORMAT, "releases": [_table(release) for release in releases]}
        write_whole(self.path, (json.dumps(content, indent=1) + "\n").encode("utf-8"), mode=0o600)


def _table(release: Release) -> Mapping[str, object]:
    return {name: getattr(release, name) for name in Release.__slots__}


def _release(table: Mapping[str, object]) -> Release:
    requests, dataset = table["requests"], table["dataset"]
    numbers = [table[name] for name in ("responses", "smallest_base", "smallest_count", "rounding")]
    if not isinstance(requests, list) or not isinstance(dataset, str) or not all(isinstance(n, int) for n in numbers):
        raise TypeError("not a release")
    responses, base, count, rounding = (int(str(number)) for number in numbers)
    return Release(dataset, responses, tuple(map(str, requests)), base, count, rounding)
