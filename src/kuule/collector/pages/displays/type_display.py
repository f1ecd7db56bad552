"""How a type of question is shown on a page, in general. Types that differ say how, in the modules beside this one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from kuule.collector.pages.date_time_fields import DateTimePiece, make_pieces
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.forms.model.choices import Choice
from kuule.forms.navigation.page import Question
from kuule.forms.types.violations import Violation, ViolationKind
from kuule.languages.cldr.numbers import format_answer_number

_MOST_COLUMNS = 11
_IN_A_ROW = frozenset({"likert", "list", "horizontal", "horizontal-compact"})
_PACKED = frozenset({"columns-pack", "compact", "no-buttons", "quickcompact"})


class TypeDisplay:
    """What stands here holds for most types."""

    def component(self, question: Question, choices: Sequence[Choice]) -> str:
        """The name of its template in `questions/`, without `question_` and `.html`."""
        return str(question.control)

    def arrangement(self, question: Question, choices: Sequence[Choice]) -> str:
        """The classes of the list of choices; "" for rows one below the other."""
        appearance, count = question.appearance, len(choices)
        if any(choice.media.audio for choice in choices):
            return ""  # the controls of a sound need the whole width
        if appearance & _IN_A_ROW and count <= _MOST_COLUMNS:
            return f"scale of-{count}"
        if appearance & _PACKED:
            return "packed"
        for name in appearance:
            columns = name.removeprefix("columns-")
            if columns != name and columns.isdecimal() and 1 <= int(columns) <= _MOST_COLUMNS:
                return f"columns of-{int(columns)}"
        return "columns" if "columns" in appearance else ""

    def choices(self, question: Question, offer: ServedEdition, tongue: ServedLanguage) -> tuple[Choice, ...]:
        """What can be chosen, in the order in which it is shown: a list of countries in the language's own alphabetical
        order, every other list as its author wrote it."""
        name = offer.list_name(question.path) if question.choices else ""
        values: Sequence[str] = offer.edition.choice_order(tongue.language.tag, name) if name else ()
        order = {value: place for place, value in enumerate(values)}
        if not order:
            return question.choices
        return tuple(sorted(question.choices, key=lambda choice: order.get(choice.value, len(order))))

    def limits(self, question: Question, choices: Sequence[Choice], tongue: ServedLanguage) -> str:
        """The small line that says what there is room for, and how."""
        return ""

    def piece_names(self, question: Question, tag: str) -> tuple[str, ...]:
        """The pieces of a day or a time in the order of the language `tag`; none for what is asked in one field."""
        return ()

    def split_pieces(self, typed: str) -> Mapping[str, str]:
        """What was typed in one field, by the names of pieces."""
        return {}

    def pieces(self, question: Question, tag: str) -> tuple[DateTimePiece, ...]:
        """The fields of the pieces; none where a single field does."""
        names = self.piece_names(question, tag)
        if len(names) <= 1:
            return ()
        return make_pieces(question.field, names, self.split_pieces(question.typed[0] if question.typed else ""))

    def violation_text(self, question: Question, violation: Violation, tongue: ServedLanguage) -> str:
        """Our words for an answer that does not fit. Inline Markdown."""
        kind = ViolationKind.CONSTRAINT if violation.kind is ViolationKind.NUMBER_RANGE else violation.kind
        return tongue.interface.say(f"unfit_{kind}", detail=localised_number(violation.detail, tongue.language.tag))

    def in_words(self, answer: str, tongue: ServedLanguage) -> str:
        """An answer as a reader of the language writes it. Raises ValueError or InvalidOperation for no such answer."""
        return answer


def localised_number(text: str, tag: str) -> str:
    """A number as the language writes it; any other text as it is."""
    try:
        return format_answer_number(Decimal(text), tag)
    except InvalidOperation:
        return text
