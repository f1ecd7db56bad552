"""[pooled] in study.toml: questions that an edition asks in other words than an earlier one, and that are counted
together with it all the same.

Without such a sentence the two wordings stay apart in a dataset, each with its own base. See decision 0088.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kuule.study.settings.table_reader import TableReader

_SHORTEST = 8


@dataclass(frozen=True, slots=True)
class PooledQuestion:
    """The first digits of the ids of the earlier `editions` whose words are the same question as this edition's, and
    `why`, for people who read the data."""

    editions: tuple[str, ...]
    why: str

    def names_edition(self, edition_id: str) -> bool:
        """Whether an edition is one of these."""
        return any(edition_id.startswith(one) for one in self.editions)


PooledQuestions = Mapping[str, PooledQuestion]
"""By the name of the question."""


def read_pooled_questions(table: TableReader) -> PooledQuestions:
    """The table `[pooled.name]`. Problems are added to `table`."""
    pooled = {}
    for name, reader in table.subtables("name of a question"):
        editions = reader.texts("editions")
        _check_editions(editions, reader)
        pooled[name] = PooledQuestion(editions, reader.text("why"))
        reader.reject_unknown_keys()
    return pooled


def _check_editions(editions: tuple[str, ...], reader: TableReader) -> None:
    remedy = f"write the first {_SHORTEST} digits or more of its id, as `kuule freeze` printed it"
    for one in editions:
        if len(one) < _SHORTEST or set(one) - set("0123456789abcdef"):
            reader.reject_value("editions", one, remedy)
    if not editions:
        reader.add_problem("STUDY_102", "editions", "it names no earlier edition", remedy)


def table_from_pooled_questions(pooled: PooledQuestions) -> dict[str, object]:
    """The reverse: what is to be put into the table of all settings. Nothing where nothing is pooled, so that such an
    edition has the same bytes as ever."""
    if not pooled:
        return {}
    return {"pooled": {name: {"editions": list(one.editions), "why": one.why} for name, one in pooled.items()}}
