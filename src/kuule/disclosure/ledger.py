"""The ledger of releases: what was published from the datasets of a study, kept beside them and never published.

Two reports on datasets that differ by one response reveal that response. With the ledger, a dataset is published only
if it has grown enough since every other one that was published. The ledger records what was shown of which group, so
that later releases can be compared with it; all reports on one dataset count as one. It also records what is needed to
make the file of a release again. It holds no times.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.core.locks import exclusive_lock
from kuule.core.problems import Problem, PublishingError, StudyError
from kuule.core.regular_files import is_named_in_folder, read_regular_file
from kuule.disclosure.carried_forward import LastPublished
from kuule.disclosure.ledger_entry import LedgerEntry
from kuule.disclosure.ledger_format import entries_from_json, entries_to_json
from kuule.disclosure.query_budget import check_query_budget
from kuule.disclosure.successive_releases import ShownGroup
from kuule.disclosure.thresholds import DisclosureRules
from kuule.tables.request import TableRequest

MIN_NEW_RESPONSES = 30
"""By how many counted responses a dataset must differ from every one released before (decision 0000, section 13)."""
_DIGITS = 8
"""How many digits of a file's SHA-256 are enough to name it."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger at `path`, a JSON file."""

    path: Path

    @classmethod
    def for_dataset(cls, dataset: Path, study: str) -> Ledger:
        """The ledger of all datasets of a study in one folder."""
        return cls(dataset.resolve().parent / f"{study}.releases.json")

    @contextmanager
    def exclusive_lock(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Let nobody else add to the ledger while the block runs: two reports made at the same time would not see each
        other. If another report is being made, `waiting` is called, and the block begins when that one has ended. In a
        folder that cannot be written to, no lock is needed."""
        with ExitStack() as stack:
            if os.access(self.path.parent, os.W_OK):
                stack.enter_context(exclusive_lock(self.path.with_name(f".{self.path.name}.held"), waiting))
            yield

    def earlier_shown_groups(self, release: LedgerEntry) -> tuple[ShownGroup, ...]:
        """What was shown of other datasets before this release was first made. A report that is made again is compared
        with the same releases as the first time."""
        before = self._before(release)
        others = (each for each in before if each.dataset != release.dataset)
        return tuple(replace(shown, dataset=each.dataset) for each in others for shown in each.shown)

    def last_published_columns(self, release: LedgerEntry) -> LastPublished:
        """What may be carried forward into a release. If several smaller datasets showed a number, the largest of them
        counts."""
        found = {}
        for each in sorted(self._before(release), key=lambda one: one.responses):
            if release.can_carry_forward(each):
                for one in each.published:
                    column = replace(one.column, carried_from=each.dataset)
                    found[one.item, one.people] = replace(one, column=column)
        return found

    def _before(self, release: LedgerEntry) -> tuple[LedgerEntry, ...]:
        known = self.entries()
        return known[: known.index(release)] if release in known else known

    def check_entry(self, release: LedgerEntry, rules: DisclosureRules) -> None:
        """Check that a release may be added. Raises PublishingError: REPORT_022 if all reports on the dataset together
        have one question in too many tables, REPORT_030 if the dataset is too close to one released before or was
        released under other rules, REPORT_031 if the ledger cannot be read, REPORT_034 if a version of Kuule with other
        noise made a report on the dataset, REPORT_062 if codes of the dataset were published with other codings."""
        known = self.entries()
        for each in known:
            if other := release.other_codings(each):
                raise PublishingError(_other_codings(other[0], self.path))
            if each.dataset_and_rules == release.dataset_and_rules:
                continue
            if each.dataset == release.dataset and each.noise != release.noise:
                raise PublishingError(_other_noise(each, self.path))
            new = release.responses - each.responses
            if abs(new) < MIN_NEW_RESPONSES:
                cause = f"a report of {each.responses} responses was made already, and this dataset has {new:+}"
                remedy = (
                    f"wait for {MIN_NEW_RESPONSES} new responses; reports of dataset {each.dataset} can be made with "
                    "the groups, sensitive questions and thresholds that it had"
                )
                raise PublishingError(Problem("REPORT_030", str(self.path), cause, remedy))
        together = [each for each in (*known, release) if each.dataset == release.dataset]
        check_query_budget((TableRequest.parse(text) for each in together for text in each.requests), rules)

    def add(self, release: LedgerEntry, rules: DisclosureRules) -> None:
        """Record a release before it is published; the same one is recorded once. Call this inside `exclusive_lock`,
        which must have been held since the tables were counted. Raises PublishingError like `check_entry`."""
        self.check_entry(release, rules)
        known = self.entries()
        if release not in known:
            self._write((*known, release))

    def published_page(self, release: LedgerEntry) -> str:
        """The SHA-256 of the page of a release that was published before; "" if it was not. Raises PublishingError
        REPORT_031."""
        return next((each.report for each in self.entries() if each == release), "")

    def find(self, report: str) -> LedgerEntry:
        """Find the release that made a file: by the SHA-256 of the file, by the first digits of it, or by the name of
        the release, which stands in the file.

        Raises PublishingError REPORT_032.
        """
        begins, known = report.lower(), self.entries() if len(report) >= _DIGITS else ()
        found = [each for each in known if each.report.startswith(begins) or each.release_name == begins]
        if len(found) != 1:
            cause = f"{'no' if not found else 'more than one'} file noted there has the SHA-256 or the name {report!r}"
            remedy = f"give at least its first {_DIGITS} digits, as sha256sum prints them of the file"
            raise PublishingError(Problem("REPORT_032", str(self.path), cause, remedy))
        return found[0]

    def entries(self) -> tuple[LedgerEntry, ...]:
        """Every release so far, oldest first. Raises PublishingError REPORT_031."""
        if not is_named_in_folder(self.path):  # a link to a disk that is not there is no first release
            return ()
        try:
            return entries_from_json(read_regular_file(self.path))
        except (ValueError, KeyError, TypeError, AttributeError, OSError, StudyError):
            remedy = "bring it back from a copy; without it nobody can tell what a new report would give away"
            raise PublishingError(
                Problem("REPORT_031", str(self.path), "the ledger of releases cannot be read", remedy)
            ) from None

    def _write(self, releases: Iterable[LedgerEntry]) -> None:
        write_atomically(self.path, entries_to_json(releases), mode=0o600)


def _other_codings(item: str, path: Path) -> Problem:
    cause = f"the table {item} was published from this dataset, and texts were coded otherwise since"
    remedy = (
        "put back the counts that were published (NAME.codes.json): of one dataset codes are published once, since two "
        f"tables would show how texts were coded anew; or wait for {MIN_NEW_RESPONSES} new responses"
    )
    return Problem("REPORT_062", str(path), cause, remedy)


def _other_noise(noted: LedgerEntry, path: Path) -> Problem:
    cause = (
        f"reports of dataset {noted.dataset} were made by Kuule {noted.kuule}, whose noise was another: with both, "
        "each number would be seen twice"
    )
    remedy = f"make more of its reports with that version, or one of a dataset with {MIN_NEW_RESPONSES} new responses"
    return Problem("REPORT_034", str(path), cause, remedy)
