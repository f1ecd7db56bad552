"""What each column of an export is: an answer as a number with labels, a measured number, a date or a text.

Statistics programs know one kind of code, the number. Answers are numbered from 1 in the order of the form, unless all
of the form's own codes are whole numbers from 0 up; those are kept. A reason for a missing answer is a number below
zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from kuule.dataset.schema.codebook import Codebook, CodebookItem
from kuule.dataset.schema.columns import CLEANING_COLUMN
from kuule.dataset.schema.variable_types import Coding, variable_type
from kuule.tables.missing import RESERVED_CHOICES, Missing

MISSING_LABELS = {
    Missing.NOT_ASKED: "Not asked: the answers before, or none, did not lead here",
    Missing.NOT_IN_EDITION: "Not in the edition that was answered",
    Missing.NOT_REACHED: "Not reached: sent before this page",
    Missing.PASSED_OVER: "Passed over",
    Missing.PREFER_NOT_TO_SAY: "Prefer not to say",
    Missing.DO_NOT_KNOW: "Do not know",
}
MISSING_NUMBERS = {reason: -number for number, reason in enumerate(Missing, 1)}
"""The numbers -1 to -6, in the order of `Missing`."""
YES_NO = {"false": 0, "true": 1}
"""The numbers for whether an answer was chosen, or a sentence acknowledged."""
_YES_NO_LABELS = {"false": "no", "true": "yes"}
_FIRST_LABELS = {
    "edition": "Edition that was answered",
    "language": "Language in which it was answered",
    "link": "Partner's link",
    "week": "ISO week in which it was sent",
    "flags": "What the collector noticed",
    CLEANING_COLUMN: "Rules of cleaning that set the response aside",
}


_WHY = "why there is no answer"
_LARGEST = 2_147_483_620
"""The largest whole number that can have a label in Stata."""


class ColumnKind(Enum):
    """What the values of a column are."""

    CODE = auto()
    NUMBER = auto()
    DATE = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column of an export. `source` is its column in the dataset; `missing` is the column with the reasons, or "".

    `codes` maps answers to numbers; `reasons` are the reasons that can take the place of an answer. `choice` is the
    answer that this column is about, if the item has one column for each. `about` says what the column is if it belongs
    to no item.
    """

    source: str
    kind: ColumnKind
    item: CodebookItem | None = None
    choice: str = ""
    missing: str = ""
    codes: Mapping[str, int] = field(default_factory=dict)
    reasons: Sequence[Missing] = ()
    ordered: bool = False
    about: str = ""

    def label(self, tag: str) -> str:
        """What the column asks, in a language of the codebook, followed by the answer if the column is about one."""
        return "".join(self.label_parts(tag))

    def label_parts(self, tag: str) -> tuple[str, str]:
        """The question, and what distinguishes this column from others of the same question."""
        if self.item is None:
            return self.about, ""
        question, words = self.item.labels[tag], f" (version {self.item.version})" if self.item.version else ""
        if self.choice:
            return question, f" – {self.item.answers[tag].get(self.choice, self.choice)}{words}"
        return question, words + (f" ({self.about})" if self.about else "")

    def answer_label(self, answer: str, tag: str) -> str:
        """The label of an answer of `codes` in a language."""
        if self.codes == YES_NO:
            return _YES_NO_LABELS[answer]
        if self.item is None:
            return answer
        return self.item.answers[tag].get(answer, answer)

    def is_form_answer(self, reason: Missing) -> bool:
        """Whether a reason is an answer of the form, which has labels for it in each language."""
        return self.item is not None and any(RESERVED_CHOICES.get(choice) is reason for choice in self.item.choices)

    def reason_label(self, reason: Missing, tag: str) -> str:
        """The label of a reason: that of the form if the reason is an answer of the form, else Kuule's in English."""
        reserved = next((name for name, known in RESERVED_CHOICES.items() if known is reason), "")
        labels = {} if self.item is None else self.item.answers[tag]
        return labels.get(reserved, MISSING_LABELS[reason])


def export_columns(codebook: Codebook, table: Sequence[str]) -> tuple[ExportColumn, ...]:
    """The columns of an export of one table of a dataset. `table` are that table's own columns."""
    items = {name: item for item in codebook.items.values() for name in item.columns}
    found: list[ExportColumn] = []
    done: set[str] = set()
    for name in table:
        item = items.get(name)
        if item is None and name in _FIRST_LABELS:
            found.append(ExportColumn(name, ColumnKind.TEXT, about=_FIRST_LABELS[name]))
        elif item is not None and item.name not in done:
            done.add(item.name)
            found.extend(_columns(item))
    return tuple(found)


def columns_as_in_dataset(columns: Sequence[ExportColumn], table: Sequence[str]) -> tuple[ExportColumn, ...]:
    """The same for a file with the columns of the dataset's table: reasons are in columns of their own."""
    reasons = {column.missing: column.item for column in columns if column.missing}
    known = {column.source: column for column in columns}
    return tuple(
        reason_column(item) if (item := reasons.get(name)) else replace(known[name], reasons=(), missing="")
        for name in table
        if name in reasons or name in known
    )


def reason_column(item: CodebookItem) -> ExportColumn:
    """A column for reasons only, beside an answer that is not a code, or that is in another table."""
    return ExportColumn(
        f"{item.name}:missing", ColumnKind.CODE, item, "", f"{item.name}:missing", {}, _reasons(item), about=_WHY
    )


def _columns(item: CodebookItem) -> Iterator[ExportColumn]:
    reasons = _reasons(item)
    missing = f"{item.name}:missing" if reasons else ""
    coding = variable_type(item.control).coding
    if item.multiple:
        codes: Mapping[str, int] = YES_NO if coding is Coding.YES_NO else {}
        kind = ColumnKind.CODE if codes else ColumnKind.NUMBER
        for choice in item.choices:
            yield ExportColumn(f"{item.name}/{choice}", kind, item, choice, missing, codes, reasons)
    elif coding is Coding.CHOICES and item.choices:
        yield ExportColumn(
            item.name, ColumnKind.CODE, item, "", missing, _numbered(item.choices), reasons, item.ordered
        )
    elif coding is Coding.YES_NO:
        yield ExportColumn(item.name, ColumnKind.CODE, item, "", missing, YES_NO, reasons)
    elif item.open_text:
        yield reason_column(item)
    elif (kind := _kind(item.columns[item.name])) is ColumnKind.NUMBER:
        yield ExportColumn(item.name, kind, item, "", missing, {}, reasons)
    else:
        yield ExportColumn(item.name, kind, item)
        if reasons:
            yield reason_column(item)


def _kind(data_type: str) -> ColumnKind:
    if data_type.startswith(("Int", "Float", "UInt")):
        return ColumnKind.NUMBER
    return ColumnKind.DATE if data_type == "Date" else ColumnKind.TEXT


def _reasons(item: CodebookItem) -> tuple[Missing, ...]:
    """The reasons that an item can have. Those that are answers of the form count only if the form offers them."""
    if f"{item.name}:missing" not in item.columns:
        return ()
    offered = {reason: name for name, reason in RESERVED_CHOICES.items()}
    return tuple(reason for reason in Missing if reason not in offered or offered[reason] in item.choices)


def _numbered(choices: Sequence[str]) -> dict[str, int]:
    answers = [choice for choice in choices if choice not in RESERVED_CHOICES]
    own = [int(answer) for answer in answers if answer.isascii() and answer.isdigit() and str(int(answer)) == answer]
    if len(own) == len(answers) and max(own, default=0) <= _LARGEST:
        return dict(zip(answers, own, strict=True))
    return {answer: number for number, answer in enumerate(answers, 1)}
