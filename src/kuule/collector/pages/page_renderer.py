"""A page of questions as HTML: the study's texts are compiled once for each language, and the rest is filled in.

There is one way only: a template becomes a skeleton with holes, and the skeleton is filled for one person. A skeleton
is kept for the next person where everything in it is the same for everybody. Where a text quotes an earlier answer, or
says what does not fit, it is made anew and forgotten. So nothing that anybody wrote stays in memory here.

The skeleton of `pages/question.html` is kept too, by its `state`. The template is given nothing else, so that nothing
of a person can get into it. What depends on the outcome of a step belongs into `questions/boxes.html`, or into a new
field of `PageState`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from django.template.loader import render_to_string
from markupsafe import Markup, escape

from kuule.collector.pages.component_fields import component_fillings
from kuule.collector.pages.heading_sizes import bounded_headings, heading_class
from kuule.collector.pages.page_frame import Frame
from kuule.collector.pages.part_views import GridView, HeadingView, NoteView, PartView, QuestionView, RepeatView
from kuule.collector.pages.question_views import PageView
from kuule.collector.session.outcome import QuestionPage
from kuule.web.length_hiding.field_padding import BUTTON_WIDTH
from kuule.web.length_hiding.form_padding import form_filler
from kuule.web.skeleton import Hole, Skeleton, SkeletonCache
from kuule.web.templates import inline

SKELETON_CACHE = SkeletonCache(most_bytes=4 * 1024 * 1024)
"""All skeletons of this process. A question of six choices takes about 3 KiB, a list of countries 40."""
_NEW_PAGE = 'aria-describedby="new-page"'
"""The attribute that links in texts have (`languages.markup.markdown`)."""


@dataclass(frozen=True, slots=True)
class HiddenFields:
    """The hidden fields of a form within a visit: the token, the name of its page, and padding. `width`: bytes of the
    values of its buttons."""

    token: str
    page: str
    even: str = ""
    width: int = BUTTON_WIDTH


@dataclass(frozen=True, slots=True)
class PageState:
    """All that `pages/question.html` depends on, besides the edition and the language. `reviewed`: the respondent has
    seen the review page once. `finish_until`: as in the frame; it is another once the survey closes, and for whoever
    paused."""

    can_return: bool
    can_pass: bool
    first_to_pass: bool
    waits: bool
    follow_up: bool
    picks: bool
    button_width: int
    place: bool
    reviewed: bool
    section: bool
    heading: bool
    sounds: bool
    finish_until: str
    opens: bool
    """Whether a link in its texts opens a new page, which the page then says."""


@dataclass(frozen=True, slots=True)
class PageRenderer:
    """Renders the pages of one edition in one language. `frame` has the interface texts of their templates."""

    edition: str
    frame: Frame
    skeletons: SkeletonCache = SKELETON_CACHE

    def render_page(self, view: PageView, outcome: QuestionPage, hidden: HiddenFields) -> str:
        """The whole page of an outcome."""
        heading = inline(view.heading)
        said = {
            "boxes": self._boxes(view, outcome),
            "carried": self._carried(view),
            "place": str(escape(view.place)),
            "section": inline(view.section),
            "heading": heading,
            "heading_class": heading_class(heading),
            "parts": "".join(map(self.render_part, view.parts)),
        }
        state = PageState(
            can_return=view.page.follow_up or not view.page.first,
            can_pass=view.page.can_pass,
            first_to_pass=view.page.first_to_pass,
            waits=view.waits,
            follow_up=view.page.follow_up,
            picks=view.picks,
            button_width=view.button_width,
            place=bool(view.place),
            reviewed=outcome.state.reviewed,
            section=bool(view.section),
            heading=bool(view.heading),
            sounds=view.sounds,
            finish_until=self.frame.finish_until,
            opens=any(_NEW_PAGE in html for html in said.values()),
        )

        def make() -> Skeleton:
            return self._compile("pages/question", lambda hole: {"state": state, "inside": _hidden_holes(hole, state)})

        fillings = {
            "token": hidden.token,
            "page": str(escape(hidden.page)),
            "even": form_filler(hidden.page, _fields_length(view), view.button_width),
        }
        return self.skeletons.get(self._key("page", state), make).fill(said | fillings)

    def render_part(self, part: PartView) -> Markup:
        """The HTML of one part of a page."""
        match part:
            case QuestionView():
                return self.render_question(part)
            case GridView():
                return self._render_grid(part)
            case NoteView(note=note):
                return self._render("note", ("note", note.path) if note.same_for_everyone else None, part)
            case HeadingView():
                return self._render("heading", None, part)
            case RepeatView():
                return self._render("repeat", None, part)

    def render_question(self, view: QuestionView, template: str = "question") -> Markup:
        """The HTML of one question, with the follow-ups inside its choices."""
        if view.untouched:
            key = self._key((template, "untouched", _state(view)))
            return self.skeletons.get(key, lambda: self._untouched_question(view, template)).fill({})
        fillings = component_fillings(view)
        for value, inner in view.follow_ups.items():
            fillings[f"inside {value}"] = "".join(map(self.render_question, inner))
        steady = view.question.same_for_everyone and not view.message and not view.question.fresh
        return self._render(template, (template, _state(view)) if steady else None, view, fillings)

    def _untouched_question(self, view: QuestionView, template: str) -> Skeleton:
        """A question as nobody has answered it, without holes, so that nothing has to be filled in."""
        return Skeleton.of_text(self._render(template, None, view, component_fillings(view)))

    def _render_grid(self, grid: GridView) -> Markup:
        first = grid.rows[0].question
        rows = "".join(self.render_question(row, "row") for row in grid.rows)
        return self._render("grid", ("grid", first.path) if first.same_for_everyone else None, grid, {"rows": rows})

    def _boxes(self, view: PageView, outcome: QuestionPage) -> str:
        """The boxes before the questions, where there are any: what was lost, what to look at again."""
        if not (outcome.loss or outcome.previous_state or view.questions_with_message):
            return ""
        content = {"view": view, "outcome": outcome, "say": self.frame.say}
        return bounded_headings(render_to_string("questions/boxes.html", content))

    def _carried(self, view: PageView) -> str:
        """The answers that go with a page of follow-ups, in hidden fields; "" on any other page."""
        content = {"carried": view.carried}
        return str(render_to_string("questions/carried.html", content)) if view.carried else ""

    def _render(
        self, template: str, kept_as: Hashable, part: PartView, fillings: dict[str, str] | None = None
    ) -> Markup:
        """One part, by `questions/<template>.html`. Its skeleton is kept unless `kept_as` is None."""

        def make() -> Skeleton:
            return self._compile(f"questions/{template}", lambda _: {"part": part})

        skeleton = make() if kept_as is None else self.skeletons.get(self._key(kept_as), make)
        return skeleton.fill(fillings or {})

    def _compile(self, template: str, content: Callable[[Hole], dict[str, object]]) -> Skeleton:
        def render(hole: Hole) -> str:
            around = {"frame": self.frame, "say": self.frame.say, "hole": hole}
            return bounded_headings(render_to_string(f"{template}.html", around | content(hole)))

        return Skeleton.from_template(render)

    def _key(self, *what: Hashable) -> Hashable:
        return self.edition, self.frame.tag, what


def _hidden_holes(hole: Hole, state: PageState) -> HiddenFields:
    return HiddenFields(hole("token"), hole("page"), hole("even"), state.button_width)


def _state(view: QuestionView) -> Hashable:
    """All that the skeleton of a question depends on, besides its texts and choices."""
    question, waiting = view.question, view.all_waiting if view.follow_ups else frozenset()
    hidden = tuple((value, value in waiting) for value in view.follow_ups)
    return question.path, view.id, view.component.name, view.heads_page, question.required, view.waiting, hidden


def _fields_length(view: PageView) -> int:
    """Bytes of the fields of a page of questions, with one answer to each single choice and nothing ticked or typed."""
    return sum(question.fields_length for question in (*view.questions, *view.carried))
