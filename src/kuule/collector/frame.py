"""What every page has around its content: language, direction, the way out, banners, the discreet title."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kuule.collector.editions import Offer, Tongue
from kuule.languages.numbers import number
from kuule.web.interface.texts import Interface
from kuule.web.stylesheet import style_sheet


@dataclass(frozen=True, slots=True)
class Frame:
    """For the template `layout.html`. `said_in` is the language of the interface where it is not the page's own."""

    tag: str
    direction: str
    said_in: str
    say: Callable[..., str]
    number: Callable[[int], str]
    title: str
    leave_to: str
    practice: bool
    draft: str
    style: str

    @property
    def root(self) -> str:
        """The address of this language's pages."""
        return f"/{self.tag}"


def frame_of(offer: Offer, tongue: Tongue) -> Frame:
    """The frame of one edition in one language."""
    tag = tongue.language.tag
    study = offer.edition.study
    return Frame(
        tag=tag,
        direction=tongue.language.direction,
        said_in=tongue.interface.language,
        say=tongue.interface.say,
        number=lambda value: number(value, tag),
        title=tongue.texts.get("study:discreet_title", study.discreet_title),
        leave_to=tongue.leave_to,
        practice=offer.edition.rehearsal,
        draft=tongue.draft,
        style=style_sheet().address,
    )


def frame_without_edition(spoken: Interface, direction: str) -> Frame:
    """The frame of a site that has no edition to show. "Leave" then leads to an empty page of the browser."""
    return Frame(
        tag=spoken.language,
        direction=direction,
        said_in=spoken.language,
        say=spoken.say,
        number=str,
        title="·",
        leave_to="about:blank",
        practice=False,
        draft="",
        style=style_sheet().address,
    )
