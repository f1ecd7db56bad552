"""Which component shows a question, with which choices and in which arrangement: control and appearance to a template.

Every appearance of XLSForm that has a form without script is here; one that only changes how an app looks is plain.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from kuule.collector.pages.validation_messages import localised_number
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.forms.model.choices import NO_MEDIA, Choice
from kuule.forms.model.controls import Control
from kuule.forms.navigation.page import Question
from kuule.languages.cldr.numbers import format_answer_number, format_number

LONG_LIST = 12
"""A list of more choices is a plain select: a thumb need not pass 200 countries."""
_MOST_STEPS = 11
"""A range of more steps is typed as a number."""
_MOST_LISTED = 200
"""The same where the form asks for a drop-down list (`picker`)."""
_MOST_COLUMNS = 11
_LISTED = frozenset({"minimal", "autocomplete", "search"})
_IN_A_ROW = frozenset({"likert", "list", "horizontal", "horizontal-compact"})
_PACKED = frozenset({"columns-pack", "compact", "no-buttons", "quickcompact"})
GRID_APPEARANCES = frozenset({"list-nolabel", "list"})


def component_name(question: Question, choices: Sequence[Choice]) -> str:
    """The name of its template in `questions/`, without `question_` and `.html`."""
    control = question.control
    if control is Control.SELECT_ONE:
        listed = len(choices) > LONG_LIST or question.appearance & _LISTED
        return "list" if listed and not _has_media(choices) else "select_one"
    if control is Control.RANGE:
        if not choices:
            return "decimal"
        return "list" if "picker" in question.appearance else "select_one"
    if control is Control.DATE and "year" in question.appearance:
        return "integer"
    if control in (Control.DATE, Control.TIME, Control.DATETIME):
        return "moment"
    if control is Control.TEXT and "numbers" in question.appearance:
        return "integer"
    return str(control)


def arrangement_classes(question: Question, choices: Sequence[Choice]) -> str:
    """The classes of the list of choices; "" for rows one below the other."""
    appearance, count = question.appearance, len(choices)
    if question.control is Control.RANGE:
        return "" if "vertical" in appearance else f"scale short of-{count}"
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


def _has_media(choices: Sequence[Choice]) -> bool:
    """Whether a drop-down list would leave something out: it shows words alone."""
    return any(choice.media is not NO_MEDIA for choice in choices)


def displayed_choices(question: Question, offer: ServedEdition, tongue: ServedLanguage) -> tuple[Choice, ...]:
    """What can be chosen, in the order in which it is shown."""
    if question.control is Control.RANGE:
        most = _MOST_LISTED if "picker" in question.appearance else _MOST_STEPS
        return _steps(question.bounds, most, tongue)
    order = _order_of(question, offer, tongue)
    if not order:
        return question.choices
    last = len(order)
    return tuple(sorted(question.choices, key=lambda choice: order.get(choice.value, last)))


def limits_text(question: Question, choices: Sequence[Choice], tongue: ServedLanguage) -> str:
    """The small line that says what there is room for, and how."""
    say, tag = tongue.interface.say, tongue.language.tag
    if question.control is Control.SELECT_MANY:
        return say("choose_many")
    if question.control is Control.RANK:
        return say("rank_some")
    if question.control is Control.RANGE and question.bounds and not choices:
        start, end, step = question.bounds
        ends = say("between", start=localised_number(start, tag), end=localised_number(end, tag))
        return ends if step == "1" else " ".join((ends, say("in_steps", step=localised_number(step, tag))))
    if question.control is Control.MULTILINE and question.max_length:
        return say("room", number=format_number(question.max_length, tag))
    if question.control is Control.TIME:
        return say("time_example")
    if question.control in (Control.DATE, Control.DATETIME) and "year" not in question.appearance:
        return say("day_example")
    return ""


def displayed_value(question: Question) -> str:
    """What stands in its one field: as typed, or with thin spaces between thousands where the form asks for that."""
    typed = question.typed[0] if question.typed else ""
    whole, point, rest = typed.partition(".")
    if "thousands-sep" not in question.appearance or not whole.lstrip("-").isdecimal():
        return typed
    return f"{int(whole):,}".replace(",", "\u202f") + point + rest


def _order_of(question: Question, offer: ServedEdition, tongue: ServedLanguage) -> dict[str, int]:
    """A list of countries in the language's own alphabetical order; every other list as its author wrote it."""
    name = offer.list_name(question.path) if question.choices else ""
    values: Sequence[str] = offer.edition.choice_order(tongue.language.tag, name) if name else ()
    return {value: place for place, value in enumerate(values)}


def _steps(bounds: tuple[str, str, str] | None, most: int, tongue: ServedLanguage) -> tuple[Choice, ...]:
    """Each step of a short range as a choice; none where there are too many."""
    try:
        start, end, step = (Decimal(bound) for bound in bounds or ())
        count = int((end - start) / step)
    except (InvalidOperation, ValueError, ZeroDivisionError):
        return ()
    if not 0 <= count < most:
        return ()
    values = (start + step * place for place in range(count + 1))
    return tuple(Choice(_plain(value), format_answer_number(value, tongue.language.tag)) for value in values)


def _plain(value: Decimal) -> str:
    """As an answer is written: 1, not 1.0."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
