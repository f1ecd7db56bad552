"""What every page has around its content: language, direction, the way out, banners, a discreet title."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string

from kuule.collector.pages.heading_sizes import bounded_headings
from kuule.collector.served.closed_study import ClosedStudy
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.collector.session.link_switches import study_link_if_on
from kuule.languages.cldr.numbers import format_number
from kuule.languages.cldr.tags import find_language
from kuule.web.interface_texts import InterfaceTexts
from kuule.web.stylesheet import style_sheet


@dataclass(frozen=True, slots=True)
class Frame:
    """What the template `layout.html` needs."""

    tag: str
    direction: str
    say: Callable[..., str]
    number: Callable[[int], str]
    title: str
    leave_to: str
    practice: bool
    draft: str
    style: str
    translate: bool = False
    closed: bool = False
    """A closed site makes no promise, since it takes no answers."""
    in_files: bool = False
    """The page is a file on any web server: it says itself what may run on it, and no form of it could be sent."""
    finish_until: str = ""
    """The last day on which a visit may be finished, where the survey has closed; "" where it has not."""
    came_by: str = ""
    """The code of a partner's link before a visit begins, so that a look at help does not lose it. A visit has it in
    its token."""

    @property
    def root(self) -> str:
        """The address at which the pages of this language begin."""
        return f"/{self.came_by}/{self.tag}" if self.came_by else f"/{self.tag}"


def frame_for(served: ServedEdition, language: ServedLanguage, link: str = "", *, finish_until: str = "") -> Frame:
    """The frame of an edition in one language. `link`: a code from the address; an unknown one is ignored.
    `finish_until`: the day until which this visit may be finished, where the survey has closed."""
    tag = language.language.tag
    study = served.edition.study
    return Frame(
        tag=tag,
        direction=language.language.direction,
        say=language.interface.say,
        number=lambda value: format_number(value, tag),
        title=tab_title(served, language),
        leave_to=language.leave_to,
        practice=served.edition.rehearsal,
        draft=language.draft_notice,
        style=style_sheet().address,
        finish_until=finish_until,
        came_by=study_link_if_on(study.links, link),
        translate=study.translate,
    )


def render_in_frame(name: str, frame: Frame, **content: object) -> str:
    """The template `pages/<name>.html` in its frame."""
    return bounded_headings(render_to_string(f"pages/{name}.html", {"inside": None, "frame": frame, **content}))


def tab_title(served: ServedEdition, language: ServedLanguage) -> str:
    """The title of the tab, which the browser's history keeps: it does not name the subject, unless the study wants it
    to."""
    study = served.edition.study
    if study.discreet:
        return str(language.texts.get("study:discreet_title", study.discreet_title))
    return str(language.texts.get("study:title", study.title))


def frame_without_edition(interface: InterfaceTexts, direction: str) -> Frame:
    """The frame of a site that has no edition to show. "Leave" then leads to an empty page of the browser."""
    return Frame(
        tag=interface.language,
        direction=direction,
        say=interface.say,
        number=str,
        title="·",
        leave_to="about:blank",
        practice=False,
        draft="",
        style=style_sheet().address,
    )


def closed_frame(study: ClosedStudy, tag: str, *, in_files: bool = False) -> Frame:
    """The frame of a closed site, or of an ended one `in_files`. Where no edition can be read, "leave" leads to an
    empty page of the browser."""
    return Frame(
        tag=tag,
        direction=find_language(tag).direction,
        say=study.interface_in(tag).say,
        number=lambda value: format_number(value, tag),
        title=study.titles.get(tag, "·"),
        leave_to=study.leave_to.get(tag, "about:blank"),
        practice=study.practice,
        draft="",
        style=style_sheet().address,
        translate=study.translate,
        closed=True,
        in_files=in_files,
    )
