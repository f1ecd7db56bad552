"""A page of the journey made ready for the templates: ids, a component for each control, words for misfits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kuule.collector.editions import Offer, Tongue
from kuule.forms.page import Choice, Control, Heading, Misfit, Note, Page, Question, RepeatControls, Unfit
from kuule.languages.numbers import number

LONG_LIST = 12
"""A list of more choices is a plain select: a thumb need not pass 200 countries."""
_MOST_STEPS = 11
"""A range of more steps is typed as a number."""
_GROUPED = frozenset({Control.SELECT_ONE, Control.SELECT_MANY, Control.RANK, Control.RANGE})
_PICKED = {
    Control.DATE: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII),
    Control.TIME: re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?", re.ASCII),
    Control.DATETIME: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?", re.ASCII),
}
_WITH_ROOM = 500
"""Only a text that may be long says how long."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question for `questions/question.html`; `component` is the template of its control."""

    question: Question
    id: str
    component: str
    choices: tuple[Choice, ...]
    grouped: bool
    heads_page: bool
    described_by: str
    unfit: str
    limits: str

    @property
    def first_id(self) -> str:
        """The id of the first thing that can be focused: where the summary's link leads."""
        return f"{self.id}-0" if self.grouped else self.id

    @property
    def picked(self) -> bool:
        """Whether a date or a time is shown in the browser's own picker, which drops what it cannot read."""
        pattern = _PICKED.get(self.question.control)
        return pattern is not None and not self.typed_unreadable(pattern)

    def typed_unreadable(self, pattern: re.Pattern[str]) -> bool:
        return bool(self.typed) and pattern.fullmatch(self.typed) is None

    @property
    def typed(self) -> str:
        """The one text of a text control."""
        return self.question.typed[0] if self.question.typed else ""


@dataclass(frozen=True, slots=True)
class NoteView:
    """A text among the questions."""

    note: Note


@dataclass(frozen=True, slots=True)
class HeadingView:
    """A heading within the page; its level is right for the page as it is shown."""

    label: str
    level: int


@dataclass(frozen=True, slots=True)
class RepeatView:
    """Buttons of a repeat."""

    controls: RepeatControls


PartView = QuestionView | NoteView | HeadingView | RepeatView


@dataclass(frozen=True, slots=True)
class PageView:
    """`heading` is the page's h1, or "" where its only question is."""

    page: Page
    heading: str
    section: str
    parts: tuple[PartView, ...]

    @property
    def unfit(self) -> tuple[QuestionView, ...]:
        return tuple(part for part in self.parts if isinstance(part, QuestionView) and part.unfit)

    @property
    def fresh(self) -> tuple[QuestionView, ...]:
        return tuple(part for part in self.parts if isinstance(part, QuestionView) and part.question.fresh)


def page_view(page: Page, offer: Offer, tongue: Tongue) -> PageView:
    """Ready for `pages/question.html`."""
    heads = [part for part in page.parts if isinstance(part, Heading)]
    own = next((part for part in heads if part.level <= 2), None)
    alone = own is None and len(page.questions) == 1 and len(page.parts) == 1
    heading = "" if alone else (own.label if own else page.section)
    parts: list[PartView] = []
    for place, part in enumerate(page.parts):
        if part is own:
            continue
        if isinstance(part, Question):
            parts.append(_question(part, place, offer, tongue, heads_page=alone))
        elif isinstance(part, Note):
            parts.append(NoteView(part))
        elif isinstance(part, Heading):
            parts.append(HeadingView(part.label, max(2, part.level - 1)))
        else:
            parts.append(RepeatView(part))
    section = page.section if page.section != heading else ""
    return PageView(page, heading, section, tuple(parts))


def _question(question: Question, place: int, offer: Offer, tongue: Tongue, *, heads_page: bool) -> QuestionView:
    own_id = f"q{place}"
    choices = _choices(question, offer, tongue)
    listed = question.control is Control.SELECT_ONE and (len(choices) > LONG_LIST or "minimal" in question.appearance)
    stepped = question.control is Control.RANGE and bool(choices)
    grouped = question.control in _GROUPED and not listed and (question.control is not Control.RANGE or stepped)
    unfit = _words(question, question.unfit, tongue) if question.unfit else ""
    limits = _limits(question, tongue, stepped=stepped)
    notes = [("hint", question.hint), ("limits", limits), ("guidance", question.guidance), ("unfit", unfit)]
    return QuestionView(
        question=question,
        id=own_id,
        component=_component(question.control, listed=listed, stepped=stepped),
        choices=choices,
        grouped=grouped,
        heads_page=heads_page,
        described_by=" ".join(f"{own_id}-{name}" for name, text in notes if text),
        unfit=unfit,
        limits=limits,
    )


def _component(control: Control, *, listed: bool, stepped: bool) -> str:
    if listed:
        return "questions/question_list.html"
    if control is Control.RANGE and not stepped:
        return "questions/question_decimal.html"
    return f"questions/question_{control}.html"


def _choices(question: Question, offer: Offer, tongue: Tongue) -> tuple[Choice, ...]:
    if question.control is Control.RANGE:
        return _steps(question.bounds, tongue)
    order = _order_of(question, offer, tongue)
    if not order:
        return question.choices
    last = len(order)
    return tuple(sorted(question.choices, key=lambda choice: order.get(choice.value, last)))


def _order_of(question: Question, offer: Offer, tongue: Tongue) -> dict[str, int]:
    """A list of countries in the language's own alphabetical order; every other list as its author wrote it."""
    item = next((item for item in offer.items if item.path == question.path), None)
    if item is None or item.list_name is None:
        return {}
    values: Sequence[str] = offer.edition.choice_order(tongue.language.tag, item.list_name)
    return {value: place for place, value in enumerate(values)}


def _steps(bounds: tuple[str, str, str] | None, tongue: Tongue) -> tuple[Choice, ...]:
    """Each step of a short range as a choice; none where there are too many."""
    try:
        start, end, step = (Decimal(bound) for bound in bounds or ())
        count = int((end - start) / step)
    except (InvalidOperation, ValueError, ZeroDivisionError):
        return ()
    if not 0 <= count < _MOST_STEPS:
        return ()
    values = (start + step * place for place in range(count + 1))
    return tuple(Choice(str(value), number(value, tongue.language.tag)) for value in values)


def _limits(question: Question, tongue: Tongue, *, stepped: bool) -> str:
    """The small line that says what there is room for."""
    say, tag = tongue.interface.say, tongue.language.tag
    if question.control is Control.SELECT_MANY:
        return say("choose_many")
    if question.control is Control.RANGE and question.bounds and not stepped:
        start, end, _ = question.bounds
        return say("between", start=_readable(start, tag), end=_readable(end, tag))
    if question.control is Control.MULTILINE and question.longest and question.longest >= _WITH_ROOM:
        return say("room", number=number(question.longest, tag))
    if question.control is Control.DATE and "month-year" in question.appearance:
        return say("month_hint")
    return ""


def _words(question: Question, unfit: Unfit, tongue: Tongue) -> str:
    """The form's own message, or ours."""
    if unfit.message:
        return unfit.message
    say, tag = tongue.interface.say, tongue.language.tag
    if unfit.misfit is Misfit.NUMBER_RANGE and question.bounds:
        start, end, step = (_readable(bound, tag) for bound in question.bounds)
        stepped = question.bounds[2] != "1"
        return say("unfit_number_step" if stepped else "unfit_number_range", start=start, end=end, step=step)
    misfit = Misfit.CONSTRAINT if unfit.misfit is Misfit.NUMBER_RANGE else unfit.misfit
    return say(f"unfit_{misfit}", detail=_readable(unfit.detail, tag))


def _readable(text: str, tag: str) -> str:
    try:
        return number(Decimal(text), tag)
    except InvalidOperation:
        return text
