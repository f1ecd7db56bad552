"""The ledger of releases: what was published from the datasets of a study, kept beside them and never published.

Two reports that differ by one answer tell that they do, and where. The ledger lets a dataset be published only if it
grew enough since every other one, and says what was shown of which group, so that the door can hold each group to the
same. All reports of one dataset count as one. Of each release it says what it takes to make the same file again. No
time is kept.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from kuule.core.files import write_atomically
from kuule.core.locks import exclusive_lock
from kuule.core.problems import Problem, PublishingError
from kuule.disclosure.carried_forward import LastPublished, PublishedColumn, format_column, parse_column
from kuule.disclosure.noise import NOISE_GENERATION
from kuule.disclosure.query_budget import check_query_budget
from kuule.disclosure.release_id import release_id_from_texts
from kuule.disclosure.successive_releases import ShownGroup
from kuule.disclosure.thresholds import AnswerSet, DisclosureRules
from kuule.tables.request import TableRequest
from kuule.tables.result import DataOrigin

MIN_NEW_RESPONSES = 30
"""Responses that are counted by which a dataset differs from every one released before (decision 0000, section 13)."""
FORMAT = 4
FORMATS = (3, FORMAT)
_AS_IN_3: Mapping[str, object] = {"noise": 2, "published": [], "rows": {}, "until": "unknown"}
"""What holds of all releases that a ledger of format 3 notes: their noise is of another generation, and their numbers
are not in it."""
_DIGITS = 8
"""Of a file's SHA-256, by which it can be named."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One report: the exact number of responses that its dataset counts (none that was set aside), which tables under
    which rules, and in which words.

    `dataset` is its version; `record_keys` the cell key of all its responses, as 8 hexadecimal digits; `rules` a hash
    of its groups and sensitive questions; `only` the group whose edition it is, or ""; `text` the SHA-256 of the
    report's text; `noise` the generation of its noise. `report` is the SHA-256 of the file, `kuule` the version that
    made it, `shown` what it showed of which group, and `published` with which numbers: another version may set it in
    another way, so these are no part of what two releases are compared by. `until` is the last day on which people
    could take back what they sent, or "".
    """

    dataset: str
    record_keys: str
    responses: int
    requests: tuple[str, ...]
    smallest_base: int
    smallest_count: int
    noise_variance: int
    noise_bound: int
    rules: str = ""
    only: str = ""
    language: str = ""
    text: str = ""
    noise: int = NOISE_GENERATION
    report: str = field(default="", compare=False)
    kuule: str = field(default="", compare=False)
    shown: tuple[ShownGroup, ...] = field(default=(), compare=False)
    published: tuple[PublishedColumn, ...] = field(default=(), compare=False)
    until: str = field(default="", compare=False)

    @classmethod
    def for_tables(
        cls, origin: DataOrigin, requests: Iterable[TableRequest], rules: DisclosureRules, **known: Any
    ) -> LedgerEntry:
        """`known` are the fields from `only` on."""
        return cls(
            dataset=origin.dataset,
            record_keys=f"{origin.key or 0:08x}",
            responses=origin.counted,
            requests=tuple(sorted(map(str, requests))),
            smallest_base=rules.smallest_base,
            smallest_count=rules.smallest_count,
            noise_variance=rules.noise_variance,
            noise_bound=rules.noise_bound,
            rules=_hash_of(rules),
            **known,
        )

    def with_shown_groups(self, shown: Iterable[ShownGroup], published: Iterable[PublishedColumn] = ()) -> LedgerEntry:
        """The same with what it showed, each group once."""
        numbers = {(one.item, one.people): one for one in published}
        return replace(self, shown=tuple(dict.fromkeys(shown)), published=tuple(numbers.values()))

    def with_language(self, language: str) -> LedgerEntry:
        """The same of a report in another language."""
        return replace(self, language=language)

    def with_file_hash(self, report: bytes) -> LedgerEntry:
        """The same with the hash of its file."""
        return replace(self, report=sha256(report).hexdigest())

    @property
    def release_name(self) -> str:
        """As it stands in the report."""
        return release_id_from_texts(self.dataset, self.requests, self._numbers)

    @property
    def dataset_and_rules(self) -> tuple[object, ...]:
        """The dataset and the rules: the same for all reports of one dataset."""
        return (self.dataset, self.record_keys, self.responses, *self._numbers, self.rules, self.noise)

    def can_carry_forward(self, before: LedgerEntry) -> bool:
        """Whether numbers of a release before may stand on in this one: of another dataset, under the same thresholds,
        and so that nobody took back since what they count: a day that is the same was over when each was locked. Of a
        larger dataset they are not: nobody joined since, and the report on a smaller one would tell of later days."""
        same = (before.until, before._numbers) == (self.until, self._numbers)
        return same and before.responses < self.responses

    @property
    def _numbers(self) -> tuple[int, ...]:
        return (self.smallest_base, self.smallest_count, self.noise_variance, self.noise_bound)


def _hash_of(rules: DisclosureRules) -> str:
    groups = {
        cut: {code: [values.question, sorted(values.named), values.rest] for code, values in members.items()}
        for cut, members in rules.groups.items()
    }
    return sha256(json.dumps([sorted(rules.sensitive), groups], sort_keys=True).encode()).hexdigest()[:16]


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
        """What the ledger says when the block begins, it says until it ends, but for what the block enters: two reports
        made at once would each know nothing of the other. Where another is being made, `waiting` is called, and then
        its end is waited for. Where nobody can write, nobody needs to be kept out."""
        with ExitStack() as stack:
            if os.access(self.path.parent, os.W_OK):
                stack.enter_context(exclusive_lock(self.path.with_name(f".{self.path.name}.held"), waiting))
            yield

    def earlier_shown_groups(self, release: LedgerEntry) -> tuple[ShownGroup, ...]:
        """What was shown of other datasets before a release was made first: of a report that is made again, no more."""
        before = self._before(release)
        return tuple(shown for each in before if each.dataset != release.dataset for shown in each.shown)

    def last_published_columns(self, release: LedgerEntry) -> LastPublished:
        """What was published of smaller datasets by then and may stand on: of the largest that showed it."""
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
        """Raises PublishingError REPORT_022 where the reports of the dataset have one question in too many tables
        together, REPORT_030 where the dataset is too near to one released before or has other rules than its own
        release before, REPORT_031 where the ledger cannot be read, REPORT_034 where a version with other noise made
        a report of it."""
        known = self.entries()
        for each in known:
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
        """Record a release before it is published; the same one again is not a new entry. Call it within
        `exclusive_lock`, held since before the counting. Raises as `check_entry` does."""
        self.check_entry(release, rules)
        known = self.entries()
        if release not in known:
            self._write((*known, release))

    def find(self, report: str) -> LedgerEntry:
        """The release of a file by its SHA-256, by how that begins, or by its name, which stands in the file.

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
        """Every release so far, oldest first."""
        if not self.path.exists():
            return ()
        try:
            content = json.loads(self.path.read_bytes())
            if content["format"] not in FORMATS:
                raise ValueError("another format")
            more = {} if content["format"] == FORMAT else _AS_IN_3
            return tuple(_release({**each, **more}) for each in content["releases"])
        except (ValueError, KeyError, TypeError, AttributeError, OSError):
            remedy = "bring it back from a copy; without it nobody can tell what a new report would give away"
            raise PublishingError(
                Problem("REPORT_031", str(self.path), "the ledger of releases cannot be read", remedy)
            ) from None

    def _write(self, releases: Iterable[LedgerEntry]) -> None:
        content = {"format": FORMAT, "releases": [_table(release) for release in releases]}
        write_atomically(self.path, (json.dumps(content, indent=1) + "\n").encode("utf-8"), mode=0o600)


def _other_noise(noted: LedgerEntry, path: Path) -> Problem:
    cause = (
        f"reports of dataset {noted.dataset} were made by Kuule {noted.kuule}, whose noise was another: with both, "
        "each number would be seen twice"
    )
    remedy = f"make more of its reports with that version, or one of a dataset with {MIN_NEW_RESPONSES} new responses"
    return Problem("REPORT_034", str(path), cause, remedy)


def _table(release: LedgerEntry) -> Mapping[str, object]:
    table = {one.name: getattr(release, one.name) for one in fields(LedgerEntry)}
    made = [*(each.people for each in release.shown), *(each.people for each in release.published)]
    people = {one for answers in made for one in answers}
    groups = {_named(one): [one.question, one.rest, *sorted(one.named)] for one in people}
    return table | {
        "shown": [_line(each) for each in release.shown],
        "published": [format_column(each, lambda made: tuple(map(_named, made))) for each in release.published],
        "rows": {each.item: list(each.rows) for each in release.published if each.item},
        "groups": dict(sorted(groups.items())),
    }


def _named(values: AnswerSet) -> str:
    """A name for the answers that make a group: the question, and digits that follow from the answers."""
    content = json.dumps([values.rest, *sorted(values.named)])
    return f"{values.question}~{sha256(content.encode()).hexdigest()[:_DIGITS]}"


def _line(shown: ShownGroup) -> str:
    """One group of one question on one line: numbers, then the item and the groups, which have no space in them."""
    numbers = (shown.base, shown.base_key, shown.size, shown.size_key)
    return " ".join((*map(str, numbers), shown.item or "-", *map(_named, shown.people)))


def _shown(line: str, groups: Mapping[str, AnswerSet]) -> ShownGroup:
    base, base_key, whole, whole_key, item, *people = line.split(" ")
    known = tuple(groups[each] for each in people)
    return ShownGroup("" if item == "-" else item, known, int(base), int(base_key), int(whole), int(whole_key))


def _release(table: Mapping[str, Any]) -> LedgerEntry:
    groups = {
        name: AnswerSet(str(question), frozenset(map(str, named)), bool(rest))
        for name, (question, rest, *named) in table["groups"].items()
    }
    lists = {
        "requests": tuple(table["requests"]),
        "shown": tuple(_shown(each, groups) for each in table["shown"]),
        "published": tuple(
            parse_column(each, table["rows"], lambda names: tuple(groups[name] for name in names))
            for each in table["published"]
        ),
    }
    values = {one.name: table[one.name] for one in fields(LedgerEntry)} | lists
    for one in fields(LedgerEntry):
        kind = {"int": int, "str": str}.get(str(one.type), tuple)
        if not isinstance(values[one.name], kind):
            raise TypeError(f"{one.name} is not what it should be")
    return LedgerEntry(**values)
