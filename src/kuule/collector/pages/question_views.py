"""A page of the journey, prepared for the templates: ids, components, grids, follow-ups inside their choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kuule.collector.pages.displays.display_registry import TYPE_DISPLAYS
from kuule.collector.pages.page_media import choice_media_views, media_view
from kuule.collector.pages.part_views import (
    GridView,
    HeadingView,
    NoteView,
    PartView,
    QuestionView,
    RepeatView,
    questions_in,
)
from kuule.collector.pages.question_components import GRID_APPEARANCES, QuestionComponent, question_component
from kuule.collector.pages.validation_messages import validation_message
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.forms.model.choices import Choice
from kuule.forms.model.paths import last_position, position_count
from kuule.forms.navigation.page import Note, Page, PageHeading, PagePart, Question, RepeatControls, RepeatInstance
from kuule.forms.types.type_registry import question_type
from kuule.languages.cldr.numbers import format_number
from kuule.web.length_hiding.field_padding import BUTTON_WIDTH, longest_encoded_length

_MOST_HEADS = 7
"""A grid of more columns has no room: its rows are shown one below the other."""

MOST_UNTOUCHED_VIEWS = 2_000
"""How many views of questions that nobody has answered are kept for a language. A question has one for each place on
its page where it was shown, which is another where answers decide what is asked before it."""


@dataclass(frozen=True, slots=True)
class PageView:
    """`heading` is the h1 of the page, or "" where its only question is. `place`: which part of the survey it is in.
    `waits`: follow-ups wait inside choices. `carried`: the answered questions that go with a page of follow-ups."""

    page: Page
    heading: str
    section: str
    parts: tuple[PartView, ...]
    questions: tuple[QuestionView, ...]
    """All questions, in the order of the page."""
    waits: bool = False
    place: str = ""
    carried: tuple[QuestionView, ...] = ()

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
    def picks(self) -> bool:
        """Whether its only question has its choices as buttons, so that pressing one goes on."""
        return any(part.component.name == "quick" for part in self.questions)

    @property
    def button_width(self) -> int:
        """Bytes to which the values of its buttons are padded."""
        return max(
            (part.button_width for part in self.questions if part.component.name == "quick"), default=BUTTON_WIDTH
        )


def section_title(section: str, instances: Sequence[RepeatInstance], language: ServedLanguage) -> str:
    """A section and the instances of repeats in it, in one line: "Your home · Person 2"."""
    tag = language.language.tag
    if not instances:
        return section
    named = (f"{one.label} {format_number(one.number, tag)}" if one.number else one.label for one in instances)
    return " · ".join(part for part in (section, *named) if part)


def page_view(page: Page, served: ServedEdition, language: ServedLanguage) -> PageView:
    """Ready for `pages/question.html`."""
    title = section_title(page.section, page.instances, language)
    shown = _follow_ups_alone(page) if page.follow_up else page
    own = next((part for part in shown.parts if isinstance(part, PageHeading) and part.level <= 2), None)
    making = _ViewMaker(shown, served, language)
    heading = "" if making.alone else (own.label if own else title)
    if page.follow_up and not making.alone:
        heading = language.interface.say("fresh_heading")
    parts = tuple(_gridded([made for part in shown.parts if part is not own and (made := making.part(part))]))
    questions = tuple(questions_in(parts))
    return PageView(
        page,
        heading,
        title if title != heading else "",
        parts,
        questions,
        waits=any(part.waiting for part in questions),
        place=_place_text(page, language),
        carried=_carried(page, shown, served, language),
    )


def _place_text(page: Page, language: ServedLanguage) -> str:
    """ "Part 3 of 9"; "" for a page outside sections, and where there is one section only."""
    if not page.section_number or page.sections <= 1:
        return ""
    number, total = (format_number(value, language.language.tag) for value in (page.section_number, page.sections))
    return language.interface.say("part_of", number=number, total=total)


def _follow_ups_alone(page: Page) -> Page:
    """The page with what is new on it, under the headings of the instances of repeats that it belongs to."""
    fresh = tuple(question.path for question in page.questions if question.fresh)
    around = (isinstance(part, PageHeading) and part.level > 2 and _is_around(part, fresh) for part in page.parts)
    kept = zip(page.parts, around, strict=True)
    parts = tuple(part for part, heads in kept if heads or (isinstance(part, Question) and part.fresh))
    waiting = tuple(one for one in page.waiting if one.nested_in is not None and one.nested_in[0] in fresh)
    return replace(page, parts=parts, waiting=waiting)


def _is_around(heading: PageHeading, paths: Iterable[str]) -> bool:
    return heading.path.endswith("]") and any(path.startswith(f"{heading.path}/") for path in paths)


def _carried(page: Page, shown: Page, served: ServedEdition, language: ServedLanguage) -> tuple[QuestionView, ...]:
    """The other questions of a page of follow-ups, whose answers go with it."""
    if shown is page:
        return ()
    making, asked = _ViewMaker(page, served, language), {question.path for question in shown.questions}
    return tuple(making.question(question) for question in page.questions if question.path not in asked)


class _ViewMaker:
    """Makes the views of the parts of one page."""

    def __init__(self, page: Page, served: ServedEdition, language: ServedLanguage) -> None:
        self._offer, self._tongue = served, language
        asked = page.questions
        every = (*asked, *page.waiting)
        self._ids = {question.path: f"q{place}" for place, question in enumerate(every)}
        self._waiting = frozenset(question.path for question in page.waiting)
        inner = [question for question in every if question.nested_in is not None]
        hosts = {question.path for question in asked if self._nests(question)} if inner else frozenset()
        self._nested: dict[tuple[str, str], list[Question]] = {}
        for question in inner:
            if question.nested_in is not None and question.nested_in[0] in hosts:
                self._nested.setdefault(question.nested_in, []).append(question)
        self._hosts = frozenset(host for host, _ in self._nested)
        self._inner = frozenset(question.path for some in self._nested.values() for question in some)
        outer = [part for part in page.parts if part.path not in self._inner]
        self.alone = len(outer) == 1 and isinstance(outer[0], Question)
        """Whether the page asks one question only, besides follow-ups inside it: its label is then the h1."""
        self._follow_up = page.follow_up
        self._single = len(every) == 1

    def part(self, part: PagePart) -> PartView | None:
        """The view of one part; None for a question that stands inside a choice."""
        if isinstance(part, Question):
            return None if part.path in self._inner else self.question(part)
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
        return question_component(TYPE_DISPLAYS[question.control].component(question, question.choices)).nests

    def _component(self, question: Question, choices: Sequence[Choice]) -> QuestionComponent:
        """What shows a question. Its choices are buttons where the form wants that and nothing else is asked."""
        shape = TYPE_DISPLAYS[question.control].component(question, choices)
        quick = self._single and shape == "select_one" and "quick" in question.appearance
        chosen = "quick" if quick and not any(choice.media.audio for choice in choices) else shape
        return question_component(chosen)

    def question(self, question: Question) -> QuestionView:
        """The view of one question, with its follow-ups."""
        path, kept = question.path, self._tongue.untouched_views
        if not question.is_untouched or path in self._hosts or path in self._waiting or "[" in path:
            return self._made_question(question, untouched=False)
        heads_page = self.alone and path not in self._inner
        key = (path, self._ids[path], question.required, heads_page, self._single)
        found = kept.get(key)
        if not isinstance(found, QuestionView):
            found = self._made_question(question, untouched=True)
            if len(kept) < MOST_UNTOUCHED_VIEWS:
                kept[key] = found
        return found

    def _made_question(self, question: Question, *, untouched: bool) -> QuestionView:
        display = TYPE_DISPLAYS[question.control]
        choices = display.choices(question, self._offer, self._tongue)
        small = display.pieces(question, self._tongue.language.tag)
        message, room = validation_message(question, self._tongue), display.limits(question, choices, self._tongue)
        own_id = self._ids[question.path]
        notes = [("hint", question.hint), ("limits", room), ("guidance", question.guidance), ("unfit", message)]
        follow_ups = {value: some for (host, value), some in self._nested.items() if host == question.path}
        return QuestionView(
            question=question,
            id=own_id,
            component=self._component(question, choices),
            choices=choices,
            arrangement="" if follow_ups else display.arrangement(question, choices),
            heads_page=self.alone and question.path not in self._inner,
            described_by=" ".join(f"{own_id}-{name}" for name, text in notes if text),
            message=message,
            limits=room,
            pieces=small,
            follow_ups={value: tuple(map(self.question, some)) for value, some in follow_ups.items()},
            waiting=question.path in self._waiting,
            apart=self._follow_up and question.fresh,
            width=self._width(question, choices),
            media=media_view(question.media),
            choice_media=choice_media_views(choices),
            untouched=untouched,
        )

    def _width(self, question: Question, choices: Sequence[Choice]) -> int:
        """Bytes on the line of the longest value. Kept by question where its choices are the same in every visit."""
        known = self._offer.shown_widths
        width = known.get(question.path) if question.same_for_everyone else None
        if width is None:
            shown = longest_encoded_length(choice.value for choice in choices)
            width = max(self._offer.choice_width(question.path), shown)
            if question.same_for_everyone and not position_count(question.path):
                known[question.path] = width
        return width


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
