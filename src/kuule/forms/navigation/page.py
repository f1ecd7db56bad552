"""A page as data: what a person sees at once. The journey makes it and the collector shows it. No HTML, no HTTP."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kuule.forms.model.choices import NO_MEDIA, Choice, Media
from kuule.forms.model.controls import Control
from kuule.forms.types.violations import Violation


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it is on a page.

    `field` is the name of the posted field. `typed` is what is in the field, exactly as it was typed: one string for
    text controls, the chosen values for selects. `fresh` marks a follow-up that was not yet on the page when the page
    was posted.
    """

    path: str
    field: str
    control: Control
    label: str
    hint: str
    guidance: str
    choices: tuple[Choice, ...]
    appearance: frozenset[str]
    required: bool
    typed: tuple[str, ...]
    max_length: int | None = None
    """The most characters that a text may have, or None if the question takes no text."""
    bounds: tuple[str, str, str] | None = None
    """(start, end, step) of a range."""
    violation: Violation | None = None
    fresh: bool = False
    media: Media = NO_MEDIA
    nested_in: tuple[str, str] | None = None
    """For a follow-up, the question on the same page in which it is shown: (instance path of the select, value of the
    choice that asks it)."""
    same_for_everyone: bool = False
    """Whether its words and choices are the same for everybody: they contain no answer, and no answer filters them."""

    @property
    def is_untouched(self) -> bool:
        """Whether everybody sees it like this before answering: nothing is chosen, typed or said of it."""
        return self.same_for_everyone and not (self.typed or self.violation or self.fresh or self.nested_in)


@dataclass(frozen=True, slots=True)
class Note:
    """A text between the questions."""

    path: str
    label: str
    hint: str
    media: Media = NO_MEDIA
    same_for_everyone: bool = False
    """Whether the text is the same for everybody."""


@dataclass(frozen=True, slots=True)
class PageHeading:
    """The label of a group on the page. `level` is 2 for the page's own group, and 3 or more for groups inside it."""

    path: str
    label: str
    level: int
    names_instance: bool = False
    """Whether the label of a repeat contains an answer of the instance (`${name}`), so that it needs no number."""


@dataclass(frozen=True, slots=True)
class RepeatControls:
    """The buttons that add an instance (`can_add`) or remove one (`removes` is its instance path)."""

    path: str
    label: str
    can_add: bool
    removes: str | None
    names_instance: bool = False
    """As in PageHeading."""


@dataclass(frozen=True, slots=True)
class RepeatInstance:
    """One repeat instance: the label of its repeat, and its number. The number is 0 if the label contains an answer of
    the instance (`${word}`), which already says which one it is."""

    label: str
    number: int


PagePart = Question | Note | PageHeading | RepeatControls


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `key` names it in a token and in a posted form; `section` is the label of its top-level group, or
    ""."""

    key: str
    section: str
    section_number: int
    sections: int
    parts: tuple[PagePart, ...]
    first: bool
    can_pass: bool
    """False if the page has a required question, such as consent or age."""
    first_to_pass: bool = False
    """Whether it is the first page that can be skipped."""
    instances: tuple[RepeatInstance, ...] = ()
    """The repeat instances that contain the page. A repeat at the top level is the section, and is not named again."""
    waiting: tuple[Question, ...] = ()
    """Follow-ups that would be asked if a choice on this page were chosen. `nested_in` names that choice."""

    follow_up: bool = False
    """Whether only its fresh questions are to be shown, as a page of their own; the others are answered."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is chosen or typed on the page."""
        return not any(question.typed for question in (*self.questions, *self.waiting))

    @property
    def without_answers(self) -> Page:
        """The same page with nothing chosen or typed, so that every question inside a choice waits for that choice."""
        parts = tuple(replace(part, typed=()) if isinstance(part, Question) else part for part in self.parts)
        asked = tuple(part for part in parts if not isinstance(part, Question) or part.nested_in is None)
        inside = tuple(part for part in parts if isinstance(part, Question) and part.nested_in is not None)
        return replace(self, parts=asked, waiting=(*inside, *(replace(one, typed=()) for one in self.waiting)))

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(part for part in self.parts if isinstance(part, Question))
