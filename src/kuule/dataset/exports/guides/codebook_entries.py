"""What the codebook page says of each question: its variables, its answers with their codes, and who was asked it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kuule.dataset.exports.asked_conditions import condition_in_names
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.exports.export_variables.export_columns import (
    MISSING_LABELS,
    MISSING_NUMBERS,
    YES_NO,
    ExportColumn,
)
from kuule.dataset.exports.export_variables.response_sets import response_sets
from kuule.dataset.exports.stata import MISSING_LETTERS
from kuule.dataset.schema.codebook import Codebook, CodebookItem
from kuule.dataset.schema.variable_types import variable_type
from kuule.tables.missing import Missing

_LONG = 20


@dataclass(frozen=True, slots=True)
class ReasonCode:
    """A reason for a missing answer: what stands in the file, and what it means."""

    code: str
    meaning: str


@dataclass(frozen=True, slots=True)
class AnswerCode:
    """What stands in a file for one answer: its code there, the form's own code where that is another, and its label.
    `variable` is its variable, if the answer has one for itself."""

    code: str
    form_code: str
    label: str
    is_own_word: bool
    """Whether the label is a word of Kuule, which is English."""
    variable: str = ""


@dataclass(frozen=True, slots=True)
class CodebookEntry:
    """One question, or one column that belongs to none. `label` is in the language of the page, or English if
    `is_own_word`."""

    label: str
    is_own_word: bool
    variables: tuple[str, ...]
    sort: str
    reasons_in: str
    """The variable with the reasons, or "" if they stand in place of the answer, or there are none."""
    response_set: str
    answers: tuple[AnswerCode, ...]
    remarks: tuple[str, ...]
    condition: str
    section: str
    answers_as: str = ""
    """The variable of an earlier question with the same long list of answers."""

    @property
    def is_long(self) -> bool:
        """Whether its answers are too many for a table: a country of the world, for instance."""
        return len(self.answers) > _LONG


@dataclass(frozen=True, slots=True)
class EntryMaker:
    """Makes the entries of one file. `names` maps its columns to variables. With `as_in_dataset`, its answers are codes
    of the form, with reasons in columns of their own."""

    codebook: Codebook
    form: ExportFormat
    language: str
    columns: Sequence[ExportColumn]
    names: Mapping[str, str]
    as_in_dataset: bool

    def reason_codes(self) -> tuple[ReasonCode, ...]:
        """All reasons for a missing answer as they stand in the file."""
        return tuple(ReasonCode(self._reason(reason), MISSING_LABELS[reason]) for reason in Missing)

    def _reason(self, reason: Missing) -> str:
        if self.as_in_dataset:
            return str(reason)
        return f".{MISSING_LETTERS[reason]}" if self.form is ExportFormat.DTA else str(MISSING_NUMBERS[reason])

    def leading_entries(self) -> Iterator[CodebookEntry]:
        """The columns that belong to no item."""
        for column in self.columns:
            if column.item is None:
                yield CodebookEntry(column.about, True, (self.names[column.source],), "text", "", "", (), (), "", "")

    def item_entries(self) -> Iterator[CodebookEntry]:
        """The items in the order of the form."""
        sets = {one.item: one.name for one in response_sets(self.columns, self.names, self.language)}
        section_of = _sections(self.codebook, self.language)
        items: dict[str, list[ExportColumn]] = {}
        for column in self.columns:
            if column.item is not None:
                items.setdefault(column.item.name, []).append(column)
        lists: dict[tuple[AnswerCode, ...], str] = {}
        for name, own in items.items():
            item = self.codebook.items[name]
            entry = CodebookEntry(
                label=item.labels[self.language] or name,
                is_own_word=not item.labels[self.language],
                variables=tuple(self.names[one.source] for one in own if one.source != f"{name}:missing"),
                sort=variable_type(item.control).sort,
                reasons_in=self.names.get(f"{name}:missing", ""),
                response_set=sets.get(name, ""),
                answers=tuple(self._answers(own)),
                remarks=(*self._codes_of_each(item), *_remarks(item, self.codebook, self.language)),
                condition=condition_in_names(item, self.codebook.items.values(), self.names),
                section=section_of(item),
            )
            yield replace(entry, answers_as=_earlier_list(entry, lists)) if entry.is_long else entry

    def _codes_of_each(self, item: CodebookItem) -> Iterator[str]:
        """What stands in the variables of a question that has one for each answer."""
        if item.multiple and variable_type(item.control).is_ranking:
            yield "Each is the place that the answer was given, from 1."
        elif item.multiple:
            chosen, not_chosen = ("true", "false") if self.as_in_dataset else ("1", "0")
            yield f"Each is {chosen} if it was chosen, and {not_chosen} if not."

    def _answers(self, columns: Sequence[ExportColumn]) -> Iterator[AnswerCode]:
        """The answers of one item, then the reasons that are answers of the form."""
        for column in columns:
            if column.choice and column.item is not None:
                label = column.item.answers[self.language].get(column.choice, column.choice)
                yield AnswerCode("", column.choice, label, False, self.names[column.source])
            else:
                yield from (self._answer(column, answer) for answer in column.codes)
        if columns[0].choice:
            return  # whoever chose one of these alone has the reason in every variable
        for reason in next((column.reasons for column in columns if column.reasons), ()):
            if columns[0].is_form_answer(reason):
                code = self._reason(reason)
                own = "" if code == str(reason) else str(reason)
                yield AnswerCode(code, own, columns[0].reason_label(reason, self.language), False)

    def _answer(self, column: ExportColumn, answer: str) -> AnswerCode:
        code = answer if self.as_in_dataset else str(column.codes[answer])
        yes_no = column.codes == YES_NO
        label = column.answer_label(answer, self.language)
        return AnswerCode(code, "" if code == answer or yes_no else answer, label, yes_no)


def _earlier_list(entry: CodebookEntry, lists: dict[tuple[AnswerCode, ...], str]) -> str:
    """The variable of an earlier question with the same answers, or ""."""
    first = lists.setdefault(entry.answers, entry.variables[0])
    return "" if first == entry.variables[0] else first


def _sections(codebook: Codebook, language: str) -> Callable[[CodebookItem], str]:
    """Which section an item is in: the label of the group of the form around it, or ""."""
    labels = {
        _top(codebook.items[name].path): section.labels.get(language, "")
        for section in codebook.sections
        for name in section.items
        if name in codebook.items
    }
    return lambda item: labels.get(_top(item.path), "")


def _top(path: str) -> str:
    return "/".join(path.split("/")[:3])


def _remarks(item: CodebookItem, codebook: Codebook, language: str) -> Iterator[str]:
    if item.version:
        yield f"Version {item.version} of the question: its words changed later."
    if codebook.edition_numbers(item):
        yield f"Asked in editions {codebook.asked_in_text(item)}."
    yield from (f"Counted together with other words: {why}" for why in item.pooled.values())
    yield from (f"In edition {edition[:8]} it read: {words}" for edition, words in item.wordings.items())
    if language in item.retranslated:
        yield "Its translation changed from one edition to another; the question did not."
    for what, why in item.adapted.get(language, {}).items():
        yield f"Says something else on purpose in this language ({what}): {why}"
    if item.ordered:
        yield "The answers have an order."
    if item.quotes_answer:
        yield "The ellipsis is where the form shows an earlier answer."
