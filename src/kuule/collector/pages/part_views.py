"""The parts of a page for the templates: questions, notes, headings, the buttons of a repeat, grids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kuule.collector.pages.date_time_fields import DateTimePiece
from kuule.collector.pages.page_media import MediaView
from kuule.collector.pages.question_components import QuestionComponent, displayed_value
from kuule.collector.session.posted import PICK, WAITING_FIELD
from kuule.forms.model.choices import Choice
from kuule.forms.navigation.page import Note, Question, RepeatControls
from kuule.web.length_hiding.field_padding import BUTTON_WIDTH, encoded_length, field_length


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question for `questions/question.html`."""

    question: Question
    id: str
    component: QuestionComponent
    choices: tuple[Choice, ...]
    arrangement: str
    heads_page: bool
    described_by: str
    message: str
    limits: str
    pieces: tuple[DateTimePiece, ...] = ()
    follow_ups: Mapping[str, tuple[QuestionView, ...]] = field(default_factory=dict)
    """Follow-ups, by the value of the choice inside which they stand."""
    waiting: bool = False
    """It is asked only once its choice is chosen: the browser's style sheet shows it then, or the next page does."""
    apart: bool = False
    """It is a follow-up on a page of follow-ups alone."""
    width: int = 0
    """Bytes to which the values of its choices are padded."""
    media: MediaView | None = None
    choice_media: Mapping[str, MediaView] = field(default_factory=dict)
    """Pictures and sounds of the question, and of its choices by their value."""
    untouched: bool = False
    """It is as everybody sees it before answering: nothing is chosen, typed or said of it, and nothing asked in it."""
    fields_length: int = field(init=False)
    """Bytes of its fields in the form that is sent, with an answer to a single choice and nothing ticked or typed."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields_length", sum(self._field_lengths()))

    @property
    def template(self) -> str:
        return f"questions/question_{self.component.name}.html"

    @property
    def first_id(self) -> str:
        """The id of the first element that can have the focus: where the summary of messages links to."""
        return f"{self.id}-0" if self.component.grouped else self.id

    @property
    def typed(self) -> str:
        """The text of a text control."""
        return displayed_value(self.question)

    @property
    def clearable(self) -> bool:
        """Whether a choice can be taken back by "No answer"."""
        return self.component.clearable and not self.question.required

    @property
    def button_width(self) -> int:
        """Bytes to which the values of buttons are padded on a page whose choices are buttons."""
        return max(BUTTON_WIDTH, encoded_length(f"{PICK}:") + self.width)

    def _field_lengths(self) -> Iterator[int]:
        name = self.question.field
        if self.waiting or self.apart:
            yield field_length(WAITING_FIELD, encoded_length(name))
        if self.component.ticked:
            return
        if self.component.name == "rank":
            yield len(self.choices) * field_length(name, self.width)
        elif self.pieces:
            yield from (field_length(piece.field, 0) for piece in self.pieces)
        else:
            # A text has no width: what is typed makes the form longer.
            yield field_length(name, self.width)

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
        return len(self.heads) + any(row.clearable for row in self.rows)


PartView = QuestionView | NoteView | HeadingView | RepeatView | GridView


def questions_in(parts: Iterable[PartView]) -> Iterator[QuestionView]:
    """All questions among these parts, in the order of the page."""
    for part in parts:
        if isinstance(part, GridView):
            yield from part.rows
        elif isinstance(part, QuestionView):
            yield part
            if part.follow_ups:
                for choice in part.choices:
                    yield from questions_in(part.follow_ups.get(choice.value, ()))
