"""One report in the ledger of releases: what it was made of, and what it showed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from kuule.disclosure.carried_forward import PublishedColumn
from kuule.disclosure.noise import NOISE_GENERATION
from kuule.disclosure.release_id import release_id_from_texts
from kuule.disclosure.successive_releases import ShownGroup
from kuule.disclosure.thresholds import DisclosureRules
from kuule.tables.request import TableRequest
from kuule.tables.result import DataOrigin


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
        """Whether numbers of an earlier release may be carried forward into this one. It must be of a smaller dataset,
        under the same thresholds, and nobody may have taken an answer back in between: where the last day for that is
        the same, it was over when each dataset was locked. Numbers of a larger dataset are not carried: a report on
        the smaller one would then tell of later days."""
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
