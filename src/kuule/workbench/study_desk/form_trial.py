"""What another questionnaire would make of the study, as the lead's desk shows it before it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kuule.workbench.study_desk.study_findings import StudyFindings


@dataclass(frozen=True, slots=True)
class FormChange:
    """One question, choice list or heading that is otherwise: its name, and what was and is said, each with the tag of
    its language."""

    name: str
    before: str
    before_tag: str
    now: str
    now_tag: str


@dataclass(frozen=True, slots=True)
class FormChangeTable:
    """Changes of one kind: what was added, what was removed, what was reworded. `title` is the heading that the booklet
    of changes has, "" in a file of text; `number` is how many there are, of which `rows` may be the first."""

    title: str
    number: int
    rows: tuple[FormChange, ...]


@dataclass(frozen=True, slots=True)
class LanguageEffect:
    """What a questionnaire does to a language: how many of its translated texts become stale, how many texts are new to
    it, and how many translations belong to no text any more."""

    tag: str
    stale: int
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class FormTrial:
    """`is_readable`: the study could go on with it; if not, the errors among `findings` say why. `compared`: there is a
    questionnaire to compare it with that can be read, which `changes` are about."""

    is_readable: bool
    findings: StudyFindings
    compared: bool = False
    changes: tuple[FormChangeTable, ...] = ()
    effects: tuple[LanguageEffect, ...] = ()

    def to_table(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> FormTrial:
        """The reverse."""
        changes = (
            FormChangeTable(one["title"], one["number"], tuple(FormChange(**row) for row in one["rows"]))
            for one in table["changes"]
        )
        return cls(
            table["is_readable"],
            StudyFindings.from_table(table["findings"]),
            table["compared"],
            tuple(changes),
            tuple(LanguageEffect(**one) for one in table["effects"]),
        )
