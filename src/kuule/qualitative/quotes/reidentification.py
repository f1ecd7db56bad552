"""The check before a quote is released: what is known of those who could have written it, as questions with facts, and
the answers with which it can be released."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kuule.qualitative.project_model.answer_text import AnswerText, QuoteLeave, TextId
from kuule.qualitative.quotes.quote_problems import quote_error
from kuule.tables.released import ReleasedCell, ReleasedColumn, ReleasedTable, WithheldReason
from kuule.tables.released_quotes import group_bases, is_broad
from kuule.tables.request import LANGUAGE, Subpopulation
from kuule.tables.wording import Wording

_SHORTEST_LABEL = 3
_LEAVE_FACTS: Mapping[QuoteLeave, str] = {
    QuoteLeave.GIVEN: "each of those who wrote it was asked, and said that it may be quoted",
    QuoteLeave.NOT_GIVEN: "whoever wrote it was asked, and did not say that it may be quoted",
    QuoteLeave.NOT_ASKED: "NOBODY WAS ASKED, as far as the dataset knows. Say yes only if what people were told before "
    "they answered, and the ethics board's paper, say that words like these are quoted",
}


class CheckQuestion(StrEnum):
    """What is asked. Each has two answers, and one with which the quote can be released."""

    LEAVE = "leave"
    SHARES = "shares"
    SAID = "said"
    PUBLISHED = "published"
    RARE = "rare"
    SISTER = "sister"


QUESTION_WORDS: Mapping[CheckQuestion, str] = {
    CheckQuestion.LEAVE: "Did everybody who wrote this give leave to be quoted?",
    CheckQuestion.SHARES: "How many share what is said of its writer: many or few?",
    CheckQuestion.SAID: "Do the words themselves say that their writer is of this group?",
    CheckQuestion.PUBLISHED: "Together with what is published of them, do the words point at fewer people?",
    CheckQuestion.RARE: "Is a fact in it rare?",
    CheckQuestion.SISTER: "Would its writer's sister know them by it?",
}
SAFE_ANSWERS: Mapping[CheckQuestion, str] = {
    CheckQuestion.LEAVE: "yes",
    CheckQuestion.SHARES: "many",
    CheckQuestion.SAID: "yes",
    CheckQuestion.PUBLISHED: "no",
    CheckQuestion.RARE: "no",
    CheckQuestion.SISTER: "no",
}
_OTHER_ANSWERS = {"many": "few", "yes": "no", "no": "yes"}


def answers_to(question: CheckQuestion) -> tuple[str, str]:
    """The two answers to a question."""
    safe = SAFE_ANSWERS[question]
    return safe, _OTHER_ANSWERS[safe]


@dataclass(frozen=True, slots=True)
class PublishedTables:
    """The tables that a quote is released beside, and the words of questions and answers in its language, or in that of
    the study."""

    tables: tuple[ReleasedTable, ...]
    wording: Wording


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """How many answers there are to a question in a language, (item, language). Exact: for the team alone."""

    by_question: Mapping[tuple[str, str], int]

    @classmethod
    def of_texts(cls, texts: Iterable[AnswerText], times: Mapping[TextId, int]) -> AnswerCounts:
        """The counts of all texts; `times` has those that several people wrote."""
        found: Counter[tuple[str, str]] = Counter()
        for text in texts:
            found[text.item, text.language] += times.get(text.id, 1)
        return cls(found)

    def people_at_least(self, language: str) -> int:
        """How many people wrote in a language, at least: the most answers to one question."""
        return max((number for (_, tag), number in self.by_question.items() if tag == language), default=0)


def questions_for(group: str) -> tuple[CheckQuestion, ...]:
    """The questions that a quote with this group, or none, raises. A language is seen and need not be said."""
    claimed = bool(group) and Subpopulation.parse(group).cut != LANGUAGE
    return tuple(one for one in CheckQuestion if claimed or one is not CheckQuestion.SAID)


def check_broad(group: str, language: str, published: PublishedTables, counts: AnswerCounts, place: str) -> None:
    """Raise ProjectError QUOTE_007 unless the group is shown with at least `smallest_base` people in every table that
    has it, QUOTE_008 unless as many wrote in the language of the quote, and no table
    hides it since they are few."""
    if group and not is_broad(Subpopulation.parse(group), published.tables):
        cause = f"{group!r} is in no released table, is withheld in one, or has too few people in one"
        raise quote_error("QUOTE_007", place, cause, "name a broader group that the tables show, or none")
    least = max((table.smallest_base for table in published.tables), default=0)
    if _is_withheld_as_few(language, published) or counts.people_at_least(language) < least:
        cause = f"it is in {language!r}, and too few wrote in it for {least} people to be behind it"
        remedy = "leave it out, and say in your own words what several wrote: the language alone points at few"
        raise quote_error("QUOTE_008", place, cause, remedy)


def _is_withheld_as_few(language: str, published: PublishedTables) -> bool:
    """Whether a table hides a language since few people answered in it. One that nearly everybody answered in is hidden
    for the sake of the others."""
    by_language = (table for table in published.tables if table.request.cut == LANGUAGE)
    columns = (column for table in by_language for column in table.columns if column.code == language)
    return any(column.withheld_reason is WithheldReason.FEW for column in columns)


def check_facts(
    text: AnswerText,
    words: str,
    group: str,
    published: PublishedTables,
    counts: AnswerCounts,
    *,
    leave: QuoteLeave = QuoteLeave.NOT_ASKED,
) -> Mapping[CheckQuestion, tuple[str, ...]]:
    """What is known to each question that a quote raises, in plain sentences."""
    said = {
        CheckQuestion.LEAVE: (_LEAVE_FACTS[leave],),
        CheckQuestion.SHARES: tuple(_shares(text, group, published, counts)),
        CheckQuestion.SAID: (f"in the answers nothing says that this person is of {group!r}: only the words can",),
        CheckQuestion.PUBLISHED: tuple(_published_of(text, group, published)),
        CheckQuestion.RARE: tuple(_categories_in(words, published)),
        CheckQuestion.SISTER: ("imagine a sister, a teacher, and whoever harmed them reading it",),
    }
    return {one: said[one] for one in questions_for(group)}


def _shares(text: AnswerText, group: str, published: PublishedTables, counts: AnswerCounts) -> Iterator[str]:
    here = counts.by_question.get((text.item, text.language), 0)
    everywhere = sum(number for (item, _), number in counts.by_question.items() if item == text.item)
    yield f"{here:,} answered {text.item!r} in {text.language!r}, {everywhere:,} in all languages"
    yield f"at least {counts.people_at_least(text.language):,} people wrote something in {text.language!r}"
    if group:
        for table, base in group_bases(Subpopulation.parse(group), published.tables):
            yield f"{group} in the table {table.request}: {_number(base)}"


def _published_of(text: AnswerText, group: str, published: PublishedTables) -> Iterator[str]:
    """What is published of the group, of the language, and of the question that the text answers."""
    named = [Subpopulation(LANGUAGE, text.language), *([Subpopulation.parse(group)] if group else ())]
    for table in published.tables:
        for one in dict.fromkeys(named):
            column = next(
                (each for each in table.columns if table.request.cut == one.cut and each.code == one.code), None
            )
            if column is not None:
                yield f"{one} in the table {table.request}: {_column_words(column, table)}"
    if not any(table.request.cut in {one.cut for one in named} for table in published.tables):
        yield "no released table is by this group or by language"


def _column_words(column: ReleasedColumn, table: ReleasedTable) -> str:
    if column.base is None:
        return f"not shown ({column.withheld_reason})"
    cells = (f"{row} {_cell(cell)}" for row, cell in zip(table.rows, column.cells, strict=True))
    return f"{column.base:,} people: {', '.join(cells)}"


def _categories_in(words: str, published: PublishedTables) -> Iterator[str]:
    """Categories of released tables that are named in the words, with how many people they have there."""
    found = False
    for table in published.tables:
        for column in table.columns:
            label = _group_label(table, column, published.wording)
            if label and _names(words, label):
                found = True
                yield f"it says {label!r}, a group of the table {table.request}: {_number(column.base)}"
        for number, row in enumerate(table.rows):
            label = _answer_label(table, row, published.wording)
            if label and _names(words, label):
                found = True
                cells = [one.cells[number] for one in table.columns if one.cells]
                yield f"it says {label!r}, an answer in the table {table.request}: {', '.join(map(_cell, cells))}"
    if not found:
        yield "it names no category of a released table in the words of the questionnaire; others may be rare"


def _group_label(table: ReleasedTable, column: ReleasedColumn, wording: Wording) -> str:
    cut = table.request.cut or ""
    if cut in wording.cuts:
        return wording.cuts[cut][1].get(column.code, "")
    return wording.items[cut].answers.get(column.code, "") if cut in wording.items else ""


def _answer_label(table: ReleasedTable, row: str, wording: Wording) -> str:
    item = wording.items.get(table.request.item)
    return "" if item is None else item.answers.get(row, "")


def _names(words: str, label: str) -> bool:
    plain = label.strip().casefold()
    if len(plain) < _SHORTEST_LABEL:
        return False
    return re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", words.casefold()) is not None


def _number(base: int | None) -> str:
    return "not shown" if base is None else f"{base:,} people"


def _cell(cell: ReleasedCell) -> str:
    if cell.count is None:
        return "fewer than may be shown" if cell.below_threshold else "not shown"
    return f"{cell.count:,}"
