"""The ledger of releases: what was published from the datasets of a study, kept beside them and never published.

Two reports that differ by one answer tell that they do, and where. The ledger lets a dataset be published again only as
it was, or when it has grown enough; and it says of each release what it takes to make the same file again. No time is
kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kuule.disclosure.rules import Rules
from kuule.durable import write_whole
from kuule.errors import Problem, PublishingError
from kuule.tables.request import TableRequest
from kuule.tables.result import Origin

NEW_RESPONSES = 30
"""Responses that are counted by which a dataset differs from every one released before (decision 13)."""
_FORMAT = 2
_NUMBERS = ("responses", "smallest_base", "smallest_count", "noise_variance", "noise_bound")
_TEXTS = ("dataset", "record_keys", "report", "kuule")


@dataclass(frozen=True, slots=True)
class Release:
    """One release: the exact number of responses that it counts (none that was set aside), and which tables under which
    rules.

    `dataset` is its version; `record_keys` the cell key of all its responses, as 8 hexadecimal digits; `report` the
    SHA-256 of the file; `kuule` the version that made it. Another version may set it in another way, so the last two
    are no part of what two releases are compared by.
    """

    dataset: str
    record_keys: str
    responses: int
    requests: tuple[str, ...]
    smallest_base: int
    smallest_count: int
    noise_variance: int
    noise_bound: int
    report: str = field(default="", compare=False)
    kuule: str = field(default="", compare=False)

    @classmethod
    def of(
        cls, origin: Origin, requests: Iterable[TableRequest], rules: Rules, *, report: str = "", kuule: str = ""
    ) -> Release:
        return cls(
            dataset=origin.dataset,
            record_keys=f"{origin.key or 0:08x}",
            responses=origin.counted,
            requests=tuple(sorted(map(str, requests))),
            smallest_base=rules.smallest_base,
            smallest_count=rules.smallest_count,
            noise_variance=rules.noise_variance,
            noise_bound=rules.noise_bound,
            report=report,
            kuule=kuule,
        )


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
    requests = table["requests"]
    texts = {name: table[name] for name in _TEXTS}
    numbers = {name: table[name] for name in _NUMBERS}
    fit = all(isinstance(text, str) for text in texts.values()) and all(isinstance(n, int) for n in numbers.values())
    if not isinstance(requests, list) or not fit:
        raise TypeError("not a release")
    return Release(requests=tuple(map(str, requests)), **texts, **numbers)  # type: ignore[arg-type]  # held just now
