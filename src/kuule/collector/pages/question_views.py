"""A page of the journey, prepared for the templates: ids, components, grids, follow-ups inside their choices."""

from __future__ import annotations

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
from kuule.forms.model.paths import last_position
from kuule.forms.navigation.page import Note, Page, PageHeading, PagePart, Question, RepeatControls, RepeatInstance
from kuule.forms.types.type_registry import question_type
from kuule.languages.cldr.numbers import format_number
from kuule.web.length_hiding.field_padding import longest_encoded_length

_GROUPED = frozenset({"select_one", "select_many", "rating", "rank", "moment", "acknowledge"})
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
    message: str
    limits: str
    pieces: tuple[DateTimePiece, ...] = ()
    follow_ups: Mapping[str, tuple[QuestionView, ...]] = field(default_factory=dict)
    """Follow-ups, by the value of the choice inside which they stand."""
    waiting: bool = False
    """It is asked only once its choice is chosen: the browser's style sheet shows it then, or the next page does."""
    width: int = 0
    """Bytes to which the values of its choices are padded."""
    media: MediaView | None = None
    choice_media: Mapping[str, MediaView] = field(default_factory=dict)
    """Pictures and sounds of the question, and of its choices by their value."""

    @property
    def template(self) -> str:
        return f"questions/question_{self.component}.html"

    @property
    def first_id(self) -> str:
        """The id of the first element that can have the focus: where the summary of messages links to."""
        return f"{self.id}-0" if self.grouped else self.id

    @property
    def typed(self) -> str:
        """The text of a text control."""
        return displayed_value(self.question)

    @property
    def all_waiting(self) -> frozenset[str]:
        """The values of choices inside which nothing is asked yet."""
        return frozenset(value for value, parts in self.follow_ups.items() if all(part.waiting for part in parts))


@dataclass(frozen=True, slots=True)
class NoteView:
    """A text among the questions."""

    note: Note
    media: MediaView | None = None


@dataclass(frozen=True, slots=True)
class HeadingView:
    """A heading within the page; its level is right for the page as it is shown."""

    label: str
    level: int


@dataclass(frozen=True, slots=True)
class RepeatView:
    """The buttons of a repeat. `named` is the label of what they add or remove."""

    controls: RepeatControls
    named: str


@dataclass(frozen=True, slots=True)
class GridView:
    """Questions with the same choices, one row each. `heads` are the labels of the choices. Stacked on a narrow
    screen."""

    rows: tuple[QuestionView, ...]
    heads: tuple[Choice, ...]

    @property
    def columns(self) -> int:
        """The number of columns: the choices, and "No answer" where a row has it."""
        return len(self.heads) + any(row.component == "select_one" and not row.question.required for row in self.rows)


PartView = QuestionView | NoteView | HeadingView | RepeatView | GridView


@dataclass(frozen=True, slots=True)
class PageView:
    """`heading` is the h1 of the page, or "" where its only question is. `waits`: follow-ups wait inside choices."""

    page: Page
    heading: str
    section: str
    parts: tuple[PartView, ...]
    waits: bool = False

    @property
    def questions(self) -> Iterator[QuestionView]:
        """All questions, in the order of the page."""
        return _all_of(self.parts)

    @property
    def sounds(self) -> bool:
        """Whether the page has a sound that can be played."""
        notes = (part.media for part in self.parts if isinstance(part, NoteView))
        asked = (one for part in self.questions for one in (part.media, *part.choice_media.values()))
        return any(one is not None and one.audio for one in (*notes, *asked))

    @property
    def questions_with_message(self) -> tuple[QuestionView, ...]:
        """Those whose answer does not fit."""
        return tuple(part for part in self.questions if part.message)

    @property
    def fresh(self) -> tuple[QuestionView, ...]:
        """Those that the page asks since it was shown last."""
        return tuple(part for part in self.questions if part.question.fresh)


def section_title(section: str, instances: Sequence[RepeatInstance], language: ServedLanguage) -> str:
    """A section and the instances of repeats in it, in one line: "Your home · Person 2"."""
    tag = language.language.tag
    if not instances:
        return section
    named = (f"{one.label} {format_number(one.number, tag)}" if one.number else one.label for one in instances)
    return " · ".join(part for part in (section, *named) if part)


def page_view(page: Page, served: ServedEdition, language: ServedLanguage) -> PageView:
    """Ready for `pages/question.html`."""
    place = section_title(page.section, page.instances, language)
    own = next((part for part in page.parts if isinstance(part, PageHeading) and part.level <= 2), None)
    making = _ViewMaker(page, served, language)
    heading = "" if making.alone else (own.label if own else place)
    parts = tuple(_gridded([made for part in page.parts if part is not own and (made := making.part(part))]))
    section = place if place != heading else ""
    return PageView(page, heading, section, parts, waits=any(part.waiting for part in _all_of(parts)))


class _ViewMaker:
    """Makes the views of the parts of one page."""

    def __init__(self, page: Page, served: ServedEdition, language: ServedLanguage) -> None:
        self._offer, self._tongue = served, language
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
        """Whether the page asks one question only, besides follow-ups inside it: its label is then the h1."""

    def part(self, part: PagePart) -> PartView | None:
        """The view of one part; None for a question that stands inside a choice."""
        if isinstance(part, Question):
            return None if part.path in self._inner else self._question(part)
        if isinstance(part, Note):
            stands_beside = media_view(part.media)
            return NoteView(part, stands_beside) if part.label.strip() or part.hint or stands_beside else None
        if isinstance(part, PageHeading):
            return HeadingView(self._numbered(part, part.path), max(2, part.level - 1))
        return RepeatView(part, self._numbered(part, part.removes or ""))

    def _numbered(self, part: PageHeading | RepeatControls, place: str) -> str:
        """The label of an instance of a repeat with its number; a label that names the instance by itself is left as it
        is."""
        label = part.label
        if part.names_instance and label.strip():
            return label
        which = last_position(place)
        return label if which is None else f"{label} {format_number(which, self._tongue.language.tag)}".strip()

    def _nests(self, question: Question) -> bool:
        # A follow-up of a follow-up is not nested again: the next page asks it.
        if question.nested_in is not None or question.appearance & GRID_APPEARANCES:
            return False
        return TYPE_DISPLAYS[question.control].component(question, question.choices) in _NESTS

    def _question(self, question: Question) -> QuestionView:
        display = TYPE_DISPLAYS[question.control]
        choices = display.choices(question, self._offer, self._tongue)
        shape, small = display.component(question, choices), display.pieces(question, self._tongue.language.tag)
        message, room = validation_message(question, self._tongue), display.limits(question, choices, self._tongue)
        own_id = self._ids[question.path]
        notes = [("hint", question.hint), ("limits", room), ("guidance", question.guidance), ("unfit", message)]
        follow_ups = {value: some for (host, value), some in self._nested.items() if host == question.path}
        return QuestionView(
            question=question,
            id=own_id,
            component=shape,
            choices=choices,
            arrangement="" if follow_ups else display.arrangement(question, choices),
            grouped=shape in _GROUPED,
            heads_page=self.alone and question.path not in self._inner,
            described_by=" ".join(f"{own_id}-{name}" for name, text in notes if text),
            message=message,
            limits=room,
            pieces=small,
            follow_ups={value: tuple(map(self._question, some)) for value, some in follow_ups.items()},
            waiting=question.path in self._waiting,
            width=max(
                self._offer.choice_width(question.path), longest_encoded_length(choice.value for choice in choices)
            ),
            media=media_view(question.media),
            choice_media=choice_media_views(choices),
        )


def _all_of(parts: Iterable[PartView]) -> Iterator[QuestionView]:
    for part in parts:
        if isinstance(part, GridView):
            yield from part.rows
        elif isinstance(part, QuestionView):
            yield part
            if part.follow_ups:
                for choice in part.choices:
                    yield from _all_of(part.follow_ups.get(choice.value, ()))


def _gridded(parts: Sequence[PartView]) -> Iterator[PartView]:
    """Neighbouring questions that the form wants as rows, and that have the same choices, as one grid."""
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
    if any(one.audio for one in part.choice_media.values()):
        return None  # the controls of a sound have no room above a column
    return (str(part.question.control), *(choice.value for choice in part.choices))
