"""What a person sees at once, as data: no HTML, no HTTP. Made by the journey, shown by the collector."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kuule.forms.model.choices import NO_MEDIA, Choice, Media
from kuule.forms.model.controls import Control
from kuule.forms.types.violations import Violation


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it stands on a page.

    `field` is the name of the posted field; `typed` what stands in it, exactly as it was typed: one string for text
    controls, the chosen values for selects. `fresh` marks a follow-up that was not on the page when it was sent.
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
    """Characters that a text may have, or None where it is no text."""
    bounds: tuple[str, str, str] | None = None
    """(start, end, step) of a range."""
    violation: Violation | None = None
    fresh: bool = False
    media: Media = NO_MEDIA
    nested_in: tuple[str, str] | None = None
    """(path of a select on the same page, value of its choice), where it is asked if and only if that is chosen."""
    same_for_everyone: bool = False
    """Whether its words and choices are the same for everybody: they quote no answer, and no answer filters them."""


@dataclass(frozen=True, slots=True)
class Note:
    """A text among the questions."""

    path: str
    label: str
    hint: str
    media: Media = NO_MEDIA
    same_for_everyone: bool = False
    """Whether it is the same for everybody."""


@dataclass(frozen=True, slots=True)
class PageHeading:
    """The label of a group within the page. `level` is 2 for the page's own, 3 and more for groups inside it."""

    path: str
    label: str
    level: int
    names_instance: bool = False
    """Whether the label of a repeat reads what is in the instance (`${name}`), and so tells itself which one it is."""


@dataclass(frozen=True, slots=True)
class RepeatControls:
    """Buttons of the page where a repeat ends (`can_add`) or where one of its instances begins (`removes` names it)."""

    path: str
    label: str
    can_add: bool
    removes: str | None
    names_instance: bool = False
    """As of a Heading."""


@dataclass(frozen=True, slots=True)
class RepeatInstance:
    """One instance: the label of its repeat, and its number; 0 where the label reads an answer in the instance
    (`${word}`) and so tells by itself which one it is."""

    label: str
    number: int


PagePart = Question | Note | PageHeading | RepeatControls


@dataclass(frozen=True, slots=True)
class Page:
    """`key` names the page in a token and a posted form; `section` is the label of its top-level group, or ""."""

    key: str
    section: str
    section_number: int
    sections: int
    parts: tuple[PagePart, ...]
    first: bool
    can_pass: bool
    """False where the page has a required question (consent, age)."""
    instances: tuple[RepeatInstance, ...] = ()
    """The instances of repeats that the page stands in. A repeat at the top is the section, and not named twice."""
    waiting: tuple[Question, ...] = ()
    """Follow-ups that are not asked yet but would be if a choice of this page was chosen; each has `inside`."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is chosen or typed on it."""
        return not any(question.typed for question in (*self.questions, *self.waiting))

    @property
    def without_answers(self) -> Page:
        """The same page with nothing chosen or typed on it, so that what stands inside a choice waits."""
        parts = tuple(replace(part, typed=()) if isinstance(part, Question) else part for part in self.parts)
        asked = tuple(part for part in parts if not isinstance(part, Question) or part.nested_in is None)
        inside = tuple(part for part in parts if isinstance(part, Question) and part.nested_in is not None)
        return replace(self, parts=asked, waiting=(*inside, *(replace(one, typed=()) for one in self.waiting)))

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(part for part in self.parts if isinstance(part, Question))
