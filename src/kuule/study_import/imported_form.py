"""A questionnaire of another program, as all readers give it: groups, questions, lists of choices, texts by language.

It has no names of our own making yet: `form_writing` gives them, and knows what Kuule refuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from kuule.core.problems import KuuleError, Problem
from kuule.study_import.conditions import Condition
from kuule.study_import.not_taken import NotTaken, grouped_by_cause

UNASKED_KINDS = frozenset({"note", "calculate", "hidden"})
"""Rows of a form that nobody answers."""
_MOST_REASONS = 8
MAX_QUESTIONS = 3_000
"""The most questions and groups that are taken. No questionnaire that people finish has as many."""
LABEL = "label"
GROUP, REPEAT = "group", "repeat"
Texts = Mapping[str, str]
"""A text in each language that it has one in, by the language's tag."""
_NOTHING: Mapping[str, str] = MappingProxyType({})
_NO_TEXTS: Mapping[str, Texts] = MappingProxyType({})


class FormImportError(KuuleError):
    """A file of another program cannot be made into a study."""


@dataclass(frozen=True, slots=True)
class ImportedChoice:
    """One answer of a list. `cells` are columns of the author's own, which filters read."""

    value: str
    label: Texts
    cells: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class ImportedQuestion:
    """One question, or a note. `kind` is a type of XLSForm without its list; `texts` are by column (label,
    hint, …), and `cells` are further columns of XLSForm, whose expressions name questions by their codes in `${…}`."""

    code: str
    kind: str
    place: str
    texts: Mapping[str, Texts] = field(default_factory=lambda: _NO_TEXTS)
    list_name: str = ""
    condition: Condition | None = None
    cells: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class ImportedGroup:
    """A section, a page (with the appearance field-list) or, if `kind` says so, a repeat."""

    code: str
    place: str
    members: tuple[ImportedQuestion | ImportedGroup, ...]
    texts: Mapping[str, Texts] = field(default_factory=lambda: _NO_TEXTS)
    kind: str = GROUP
    condition: Condition | None = None
    cells: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


ImportedItem = ImportedQuestion | ImportedGroup


@dataclass(frozen=True, slots=True)
class ImportedForm:
    """A whole questionnaire. `program` is where it comes from; `source_language` is a tag, and `languages` are those
    beside it that have texts."""

    program: str
    title: str
    source_language: str
    languages: tuple[str, ...]
    members: tuple[ImportedItem, ...]
    lists: Mapping[str, tuple[ImportedChoice, ...]]
    not_taken: tuple[NotTaken, ...] = ()


def all_items(members: tuple[ImportedItem, ...]) -> Iterator[ImportedItem]:
    """Every group and question, each group before what is in it."""
    for one in members:
        yield one
        if isinstance(one, ImportedGroup):
            yield from all_items(one.members)


def without_empty_groups(members: tuple[ImportedItem, ...]) -> tuple[ImportedItem, ...]:
    """The same without groups in which nothing is left."""
    kept: list[ImportedItem] = []
    for one in members:
        if isinstance(one, ImportedQuestion):
            kept.append(one)
        elif inside := without_empty_groups(one.members):
            kept.append(replace(one, members=inside))
    return tuple(kept)


def check_size(members: tuple[ImportedItem, ...], file: str, not_taken: Iterable[NotTaken] = ()) -> None:
    """Raise FormImportError IMPORT_007 if nothing is left to ask, with why of what was not taken, and IMPORT_008 if it
    is more than any questionnaire."""
    count = sum(1 for _ in all_items(members))
    if not any(isinstance(one, ImportedQuestion) and one.kind not in UNASKED_KINDS for one in all_items(members)):
        cause = "no question in it can be taken"
        nothing = Problem("IMPORT_007", file, cause, "look whether it is the file that you meant")
        raise FormImportError(nothing, *_reasons(not_taken, file))
    if count > MAX_QUESTIONS:
        cause = f"it has {count:,} questions and groups, and {MAX_QUESTIONS:,} at most are taken"
        raise FormImportError(Problem("IMPORT_008", file, cause, "export a part of the survey, and import that"))


def _reasons(not_taken: Iterable[NotTaken], file: str) -> Iterator[Problem]:
    """Why things were left out, each reason once with the first of what it left out."""
    for (why, remedy), found in list(grouped_by_cause(not_taken).items())[:_MOST_REASONS]:
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        yield Problem("IMPORT_010", f"{file}, {found[0].place}", f"{found[0].what}{more}: {why}", remedy)
