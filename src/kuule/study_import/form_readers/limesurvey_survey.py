"""A survey of LimeSurvey as both of its exports have it: groups, questions, answers, texts by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kuule.study_import.not_taken import Reason

LimeTexts = Mapping[str, str]
"""A text as it is written (HTML), by LimeSurvey's code of its language."""


@dataclass(frozen=True, slots=True)
class LimeAnswer:
    """An answer of a list, or a subquestion: a row of an array, a box of several. `scale` is 0 or 1."""

    code: str
    texts: LimeTexts
    scale: int = 0
    relevance: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class LimeQuestion:
    """One question. `number` is its id, by which older conditions name it; `kind` is the letter of its type."""

    number: str
    code: str
    kind: str
    texts: LimeTexts
    help: LimeTexts = field(default_factory=dict)
    mandatory: bool = False
    other: bool = False
    relevance: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    subquestions: tuple[LimeAnswer, ...] = ()
    answers: tuple[LimeAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class LimeGroup:
    """A group of questions, which is a section."""

    titles: LimeTexts
    descriptions: LimeTexts
    questions: tuple[LimeQuestion, ...]
    relevance: str = ""
    is_shuffled: bool = False


@dataclass(frozen=True, slots=True)
class LimeSurvey:
    """A whole survey. `languages` begin with the base language; `extras` are what stands beside the questions: place,
    what it is, and why it is not taken."""

    titles: LimeTexts
    languages: tuple[str, ...]
    groups: tuple[LimeGroup, ...]
    extras: tuple[tuple[str, str, Reason], ...] = ()
