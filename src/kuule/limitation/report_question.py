"""What somebody asks: in which country, born in which year, in which years it happened, what kind of act. Only years
are asked, and nothing of them is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kuule.languages.cldr.numbers import ascii_digits

FIRST_YEAR = 1900
"""No year before this is a year in which somebody who asks was born."""
_DIGITS = 4


class ActKind(StrEnum):
    """The kind of an act, as broadly as laws tell them apart."""

    GRAVEST = "gravest"
    OTHER = "other"
    IMAGES = "images"
    UNKNOWN = "unknown"


class AskedField(StrEnum):
    """The fields of the question. Their names stand in forms that are posted, and are short for that."""

    COUNTRY = "country"
    BORN = "born"
    FIRST = "first"
    LAST = "last"
    KIND = "kind"


class QuestionProblem(StrEnum):
    """What keeps a question from being answered. Each is a text of the page."""

    COUNTRY = "ask_country"
    BORN = "ask_born"
    FIRST = "ask_first"
    TO_COME = "ask_to_come"
    BEFORE_BIRTH = "ask_before_birth"
    REVERSED = "ask_reversed"


@dataclass(frozen=True, slots=True)
class ReportQuestion:
    """A question that can be answered. `first` and `last`: the first and the last year in which it happened."""

    country: str
    born: int
    first: int
    last: int
    kind: ActKind = ActKind.UNKNOWN

    def __post_init__(self) -> None:
        if not self.born <= self.first <= self.last:
            raise ValueError("somebody is born before it happens, and it begins before it ends")


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """What was typed, with what does not fit. `question` is there if nothing is wrong."""

    typed: Mapping[AskedField, str]
    problems: Mapping[AskedField, QuestionProblem]
    question: ReportQuestion | None = None


def read_question(typed: Mapping[str, str], *, countries: frozenset[str], this_year: int) -> ReadQuestion:
    """Read the fields of a form. Digits may be those of any script. A kind that is not known counts as not known."""
    fields = {one: ascii_digits(typed.get(one.value, "")).strip() for one in AskedField}
    problems: dict[AskedField, QuestionProblem] = {}
    country = fields[AskedField.COUNTRY].upper()
    if country not in countries:
        problems[AskedField.COUNTRY] = QuestionProblem.COUNTRY
    born, first = _year(fields[AskedField.BORN]), _year(fields[AskedField.FIRST])
    last = _year(fields[AskedField.LAST]) if fields[AskedField.LAST] else first
    if born is None:
        problems[AskedField.BORN] = QuestionProblem.BORN
    if first is None:
        problems[AskedField.FIRST] = QuestionProblem.FIRST
    if last is None and first is not None:
        problems[AskedField.LAST] = QuestionProblem.FIRST
    years = {AskedField.BORN: born, AskedField.FIRST: first, AskedField.LAST: last}
    problems |= {one: QuestionProblem.TO_COME for one, year in years.items() if year is not None and year > this_year}
    if born is not None and first is not None and last is not None and not problems:
        problems |= _order(born, first, last)
        if not problems:
            kind = fields[AskedField.KIND]
            asked = ActKind(kind) if kind in set(ActKind) else ActKind.UNKNOWN
            return ReadQuestion(fields, problems, ReportQuestion(country, born, first, last, asked))
    return ReadQuestion(fields, problems)


def _year(text: str) -> int | None:
    """A year, or None for what is none."""
    if not (text.isascii() and text.isdigit() and len(text) == _DIGITS):
        return None
    return int(text) if int(text) >= FIRST_YEAR else None


def _order(born: int, first: int, last: int) -> dict[AskedField, QuestionProblem]:
    if first < born:
        return {AskedField.FIRST: QuestionProblem.BEFORE_BIRTH}
    return {AskedField.LAST: QuestionProblem.REVERSED} if last < first else {}
