"""A page of the journey made ready for the templates: ids, components, grids, follow-ups inside their choices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from kuule.collector.pages.date_time_fields import DateTimePiece
from kuule.collector.pages.displays.display_registry import TYPE_DISPLAYS
from kuule.collector.pages.page_media import MediaView, choice_media_views, media_view
from kuule.collector.pages.question_components import GRID_APPEARANCES, displayed_value
from kuule.collector.pages.validation_messages import validation_message
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.forms.model.choices import Choice
from kuule.forms.navigation.page import Note, Page, PageHeading, PagePart, Question, RepeatControls, RepeatInstance
from kuule.forms.types.type_registry import question_type
from kuule.languages.cldr.numbers import format_number
from kuule.web.length_hiding.field_padding import longest_encoded

_LAST_POSITION = re.compile(r"\[([0-9]+)\]$")
_GROUPED = frozenset({"select_one", "select_many", "rank", "moment", "acknowledge"})
"""Components of several fields: a fieldset with a legend."""
_NESTS = frozenset({"select_one", "select_many"})
"""Components whose choices can have a follow-up inside them."""
_MOST_HEADS = 7
"""A grid of more columns has no room: its rows are shown one below the other."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question for `questions/question.html`; `component` is the template that shows it."""

    question: Question
    id: str
    component: str
    choices: tuple[Choice, ...]
    arrangement: str
    grouped: bool
    heads_page: bool
    described_by: str
    unfit: str
    limits: str
    pieces: tuple[DateTimePiece, ...] = ()
    inside: Mapping[str, tuple[QuestionView, ...]] = field(default_factory=dict)
    """Follow-ups by the value of the choice in which they stand."""
    waiting: bool = False
    """Asked only once its choice is chosen: a browser's style sheet shows it then, or the next page does."""
    width: int = 0
    """Bytes on the line to which what can be chosen is filled up."""
    beside: MediaView | None = None
    beside_choices: Mapping[str, MediaView] = field(default_factory=dict)
    """Pictures and sounds of the question, and of its choices by their value."""

    @property
    def template(self) -> str:
        return f"questions/question_{self.component}.html"

    @property
    def first_id(self) -> str:
        """The id of the first thing that can be focused: where the summary's link leads."""
        return f"{self.id}-0" if self.grouped else self.id

    @property
    def typed(self) -> str:
        """The one text of a text control."""
        return displayed_value(self.question)

    @property
    def all_waiting(self) -> frozenset[str]:
        """Values of choices inside which nothing is asked yet."""
        return frozenset(value for value, parts in self.inside.items() if all(part.waiting for part in parts))


@dataclass(frozen=True, slots=True)
class NoteView:
    """A text among the questions."""

    note: Note
    beside: MediaView | None = None


@dataclass(frozen=True, slots=True)
class HeadingView:
    """A heading within the page; its level is right for the page as it is shown."""

    label: str
    level: int


@dataclass(frozen=True, slots=True)
class RepeatView:
    """Buttons of a repeat; `named` is what they add or take away."""

    controls: RepeatControls
    named: str


@dataclass(frozen=True, slots=True)
class GridView:
    """Questions with the same choices, one row each; `heads` are the choices' labels. Stacked where it is narrow."""

    rows: tuple[QuestionView, ...]
    heads: tuple[Choice, ...]

    @property
    def columns(self) -> int:
        """The choices, and "No answer" where a row has it."""
        return len(self.heads) + any(row.component == "select_one" and not row.question.required for row in self.rows)


PartView = QuestionView | NoteView | HeadingView | RepeatView | GridView


@dataclass(frozen=True, slots=True)
class PageView:
    """`heading` is the page's h1, or "" where its only question is. `waits`: follow-ups wait inside choices."""

    page: Page
    heading: str
    section: str
    parts: tuple[PartView, ...]
    waits: bool = False

    @property
    def questions(self) -> Iterator[QuestionView]:
        """All that is asked, in the order of the page."""
        return _all_of(self.parts)

    @property
    def sounds(self) -> bool:
        """Whether anything on it can be played."""
        notes = (part.beside for part in self.parts if isinstance(part, NoteView))
        asked = (one for part in self.questions for one in (part.beside, *part.beside_choices.values()))
        return any(one is not None and one.audio for one in (*notes, *asked))

    @property
    def unfit(self) -> tuple[QuestionView, ...]:
        return tuple(part for part in self.questions if part.unfit)

    @property
    def fresh(self) -> tuple[QuestionView, ...]:
        return tuple(part for part in self.questions if part.question.fresh)


def section_title(section: str, instances: Sequence[RepeatInstance], tongue: ServedLanguage) -> str:
    """A section and the instances of repeats in it in one line: "Your home · Person 2"."""
    tag = tongue.language.tag
    if not instances:
        return section
    named = (f"{one.label} {format_number(one.number, tag)}" if one.number else one.label for one in instances)
    return " · ".join(part for part in (section, *named) if part)


def page_view(page: Page, offer: ServedEdition, tongue: ServedLanguage) -> PageView:
    """Ready for `pages/question.html`."""
    place = section_title(page.section, page.instances, tongue)
    own = next((part for part in page.parts if isinstance(part, PageHeading) and part.level <= 2), None)
    making = _Making(page, offer, tongue)
    heading = "" if making.alone else (own.label if own else place)
    parts = tuple(_gridded([made for part in page.parts if part is not own and (made := making.part(part))]))
    section = place if place != heading else ""
    return PageView(page, heading, section, parts, waits=any(part.waiting for part in _all_of(parts)))


class _Making:
    """Makes the parts of one page."""

    def __init__(self, page: Page, offer: ServedEdition, tongue: ServedLanguage) -> None:
        self._offer, self._tongue = offer, tongue
        self._ids = {question.path: f"q{place}" for place, question in enumerate((*page.questions, *page.waiting))}
        self._waiting = frozenset(question.path for question in page.waiting)
        hosts = {question.path for question in page.questions if self._nests(question)}
        self._nested: dict[tuple[str, str], list[Question]] = {}
        for question in (*page.questions, *page.waiting):
            if question.nested_in is not None and question.nested_in[0] in hosts:
                self._nested.setdefault(question.nested_in, []).append(question)
        self._inner = frozenset(question.path for some in self._nested.values() for question in some)
        outer = [part for part in page.parts if part.path not in self._inner]
        self.alone = len(outer) == 1 and isinstance(outer[0], Question)
        """Whether one question is all that the page asks, follow-ups inside it apart: its label is then the h1."""

    def part(self, part: PagePart) -> PartView | None:
        """One part, or None for a question that stands inside a choice."""
        if isinstance(part, Question):
            return None if part.path in self._inner else self._question(part)
        if isinstance(part, Note):
            stands_beside = media_view(part.media)
            return NoteView(part, stands_beside) if part.label.strip() or part.hint or stands_beside else None
        if isinstance(part, PageHeading):
            return HeadingView(self._numbered(part, part.path), max(2, part.level - 1))
        return RepeatView(part, self._numbered(part, part.removes or ""))

    def _numbered(self, part: PageHeading | RepeatControls, place: str) -> str:
        """The label of one instance of a repeat, with its number; any other, and one that tells by itself, as it is."""
        label = part.label
        if part.names_instance and label.strip():
            return label
        which = _LAST_POSITION.search(place)
        return f"{label} {format_number(int(which[1]), self._tongue.language.tag)}".strip() if which else label

    def _nests(self, question: Question) -> bool:
        # A follow-up inside a follow-up is not nested again: it comes with the page that is shown next.
        if question.nested_in is not None or question.appearance & GRID_APPEARANCES:
            return False
        return TYPE_DISPLAYS[question.control].component(question, question.choices) in _NESTS

    def _question(self, question: Question) -> QuestionView:
        display = TYPE_DISPLAYS[question.control]
        choices = display.choices(question, self._offer, self._tongue)
        shape, small = display.component(question, choices), display.pieces(question, self._tongue.language.tag)
        unfit, room = validation_message(question, self._tongue), display.limits(question, choices, self._tongue)
        own_id = self._ids[question.path]
        notes = [("hint", question.hint), ("limits", room), ("guidance", question.guidance), ("unfit", unfit)]
        inside = {value: some for (host, value), some in self._nested.items() if host == question.path}
        return QuestionView(
            question=question,
            id=own_id,
            component=shape,
            choices=choices,
            arrangement="" if inside else display.arrangement(question, choices),
            grouped=shape in _GROUPED,
            heads_page=self.alone and question.path not in self._inner,
            described_by=" ".join(f"{own_id}-{name}" for name, text in notes if text),
            unfit=unfit,
            limits=room,
            pieces=small,
            inside={value: tuple(map(self._question, some)) for value, some in inside.items()},
            waiting=question.path in self._waiting,
            width=max(self._offer.choice_width(question.path), longest_encoded(choice.value for choice in choices)),
            beside=media_view(question.media),
            beside_choices=choice_media_views(choices),
        )


def _all_of(parts: Iterable[PartView]) -> Iterator[QuestionView]:
    for part in parts:
        if isinstance(part, GridView):
            yield from part.rows
        elif isinstance(part, QuestionView):
            yield part
            if part.inside:
                for choice in part.choices:
                    yield from _all_of(part.inside.get(choice.value, ()))


def _gridded(parts: Sequence[PartView]) -> Iterator[PartView]:
    """Neighbours that the form asks for as rows, and that have the same choices, as one grid."""
    for values, some in groupby(parts, key=_grid_of):
        if values is None:
            yield from some
        else:
            rows = tuple(part for part in some if isinstance(part, QuestionView))
            yield GridView(rows, rows[0].choices)


def _grid_of(part: PartView) -> tuple[str, ...] | None:
    if not isinstance(part, QuestionView) or not part.question.appearance & GRID_APPEARANCES:
        return None
    if not question_type(part.question.control).has_grid or len(part.choices) > _MOST_HEADS:
        return None
    if any(one.audio for one in part.beside_choices.values()):
        return None  # the controls of a sound have no room above a column
    return (str(part.question.control), *(choice.value for choice in part.choices))
