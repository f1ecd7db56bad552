"""One report in the ledger of releases: what it was made from, and what it showed."""

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
from kuule.tables.request import TableRequest, is_code_item
from kuule.tables.result import DataOrigin


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One report: how many responses its dataset counts exactly (without those that cleaning excluded), which tables it
    has under which rules, and in which words.

    `codings` has, of each question whose codes are counted, the hash of those codings. `dataset` is the version of the
    dataset; `record_keys` is the cell key of all its responses, as 8 hexadecimal
    digits; `rules` is a hash of the groups and the sensitive questions; `only` is the group that the report is on, or
    ""; `text` is the SHA-256 of the report's text; `noise` is the generation of the noise. `report` is the SHA-256 of
    the file, `kuule` the version that made it, `shown` what it showed of which group, and `published` the numbers that
    it showed. Another version of Kuule may lay the file out in another way, so these do not count when two releases are
    compared. `until` is the last day on which people could withdraw what they sent, or "".
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
    codings: tuple[str, ...] = ()
    report: str = field(default="", compare=False)
    kuule: str = field(default="", compare=False)
    shown: tuple[ShownGroup, ...] = field(default=(), compare=False)
    published: tuple[PublishedColumn, ...] = field(default=(), compare=False)
    until: str = field(default="", compare=False)

    @classmethod
    def for_tables(
        cls, origin: DataOrigin, requests: Iterable[TableRequest], rules: DisclosureRules, **known: Any
    ) -> LedgerEntry:
        """The entry of a report on these tables. `known` has the values of the fields from `only` on."""
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
        """The same entry with what the report showed, each group once."""
        numbers = {(one.item, one.people): one for one in published}
        return replace(self, shown=tuple(dict.fromkeys(shown)), published=tuple(numbers.values()))

    def with_language(self, language: str) -> LedgerEntry:
        """The same entry for a report in another language."""
        return replace(self, language=language)

    def with_file_hash(self, report: bytes) -> LedgerEntry:
        """The same entry with the hash of the file, whose bytes are `report`."""
        return replace(self, report=sha256(report).hexdigest())

    def other_codings(self, before: LedgerEntry) -> tuple[str, ...]:
        """The items whose codes an earlier release showed of the same dataset when texts were coded otherwise."""
        if before.dataset != self.dataset:
            return ()
        then, now = (dict(line.rsplit(" ", 1) for line in one.codings) for one in (before, self))
        return tuple(item for item in sorted(then.keys() & now.keys()) if then[item] != now[item])

    @property
    def release_name(self) -> str:
        """The name of the release, as it stands in the report."""
        return release_id_from_texts(self.dataset, self.requests, self._numbers)

    @property
    def dataset_and_rules(self) -> tuple[object, ...]:
        """The dataset and the rules, which are the same for all reports on one dataset."""
        return (self.dataset, self.record_keys, self.responses, *self._numbers, self.rules, self.noise)

    def can_carry_forward(self, before: LedgerEntry) -> bool:
        """Whether numbers of an earlier release may be carried forward into this one. It must be from a smaller dataset
        under the same thresholds, and nobody may have withdrawn in between. The latter is certain if both have the same
        last day of withdrawal, because that day was over when each dataset was locked. Numbers of a larger dataset are
        not carried forward: a report on the smaller one would then reveal what came later."""
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
    sensitive = sorted(item for item in rules.sensitive if not is_code_item(item))
    return sha256(json.dumps([sensitive, groups], sort_keys=True).encode()).hexdigest()[:16]
