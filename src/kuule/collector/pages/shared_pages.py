"""Whole pages that everybody in one language sees alike, but for a token, a code or a link: the first page, the one
before sending, and the thanks.

They are made once a day, as what help may be shown depends on the day, and what is of one person is filled into their
holes. Most of the thanks is a list of two hundred countries, which took a millisecond for each person (decision 0157).
All are made as soon as one is asked for: what is in memory does not tell that somebody came to the end, or sent.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date, datetime

from markupsafe import Markup, escape

from kuule.collector.pages.help_services import help_for_edition, self_help_services
from kuule.collector.pages.page_frame import Frame, frame_for, render_in_frame
from kuule.collector.pages.page_renderer import HiddenFields
from kuule.collector.pages.sent_content import sent_content
from kuule.collector.pages.welcome_content import welcome_content
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.collector.session.outcome import Trouble
from kuule.collector.session.quality_flags import HONEYPOT_FIELD
from kuule.languages.cldr.locale_formats import format_day
from kuule.study.settings.field_phase import FieldStatus
from kuule.web.skeleton import Hole, Skeleton

_FIRST, _FIRST_BY_LINK, _ENDING, _THANKS = "first", "first by a link", "ending", "thanks"


@dataclass(frozen=True, slots=True)
class SharedPages:
    """The pages of one language on the day of `now`. `drafts`: help that nobody has checked is shown too. `hidden`:
    ids of services that are not. Whatever they depend on is here: nothing that somebody wrote, chose or was given."""

    served: ServedEdition
    language: ServedLanguage
    status: FieldStatus
    now: datetime
    drafts: bool
    hidden: frozenset[int]

    def first_page(self, link: str) -> Markup:
        """The first page, for somebody who came by a link that is switched on, or by none ("")."""
        return self._get(_FIRST_BY_LINK if link else _FIRST).fill({"link": str(escape(link))})

    def page_before_sending(self, hidden: HiddenFields) -> Markup:
        """The page after the last question, where nothing is out of the ordinary."""
        token, page, even = hidden.token, str(escape(hidden.page)), hidden.even
        return self._get(_ENDING).fill({"token": token, "page": page, "even": even})

    def thanks(self, code: str) -> Markup:
        """The page after sending, with the digits that withdraw what was sent, or "" where nothing can be
        withdrawn."""
        return self._get(_THANKS).fill({"code": code})

    @property
    def withdraw_until(self) -> date | None:
        """The last day on which answers can be withdrawn, if it is not over."""
        return self.served.edition.study.coming_back.last_day_if_open(self.now)

    @property
    def withdraw_day(self) -> str:
        """That day in words, or ""."""
        until = self.withdraw_until
        return format_day(until.isoformat(), self.language.language.tag) if until else ""

    @property
    def is_pausing_offered(self) -> bool:
        """Whether a visit can be paused: not once the survey has closed."""
        return self.served.can_be_paused and not self.status.has_closed

    def render_ending(
        self, frame: Frame, hidden: HiddenFields, *, early: bool = False, trouble: Trouble = Trouble.NONE
    ) -> str:
        """The page before sending as its template has it."""
        return render_in_frame(
            "end",
            frame,
            inside=hidden,
            early=early,
            trouble=trouble,
            until=self.withdraw_day,
            pausing=self.is_pausing_offered,
            empty=HONEYPOT_FIELD,
        )

    def render_thanks(self, code: str, *, already: bool = False) -> str:
        """The page after sending as its template has it; `already`: it had been sent before."""
        today = self.now.date()
        return render_in_frame(
            "sent",
            frame_for(self.served, self.language),
            already=already,
            help=help_for_edition(self.served, self.language, "", hidden=self.hidden, drafts=self.drafts, today=today),
            self_help=self_help_services(self.served, self.language, today, hidden=self.hidden),
            code=code,
            until=self.withdraw_day if code else "",
            **sent_content(self.served, self.language, today),
        )

    def _get(self, name: str) -> Skeleton:
        return self.served.shared_pages.get(self.now.date(), self._key(name), self._make)

    def _key(self, name: str) -> Hashable:
        tag, closes = self.language.language.tag, self.status.closes
        return (name, tag, self.drafts, self.hidden, closes, self.is_pausing_offered, self.withdraw_until)

    def _make(self) -> dict[Hashable, Skeleton]:
        frame = frame_for(self.served, self.language)

        def ending(hole: Hole) -> str:
            return self.render_ending(frame, HiddenFields(hole("token"), hole("page"), hole("even")))

        def thanks(hole: Hole) -> str:
            return self.render_thanks(hole("code") if self.withdraw_until else "")

        return {
            self._key(_FIRST): Skeleton.from_template(lambda _hole: self._render_first("")),
            self._key(_FIRST_BY_LINK): Skeleton.from_template(lambda hole: self._render_first(hole("link"))),
            self._key(_ENDING): Skeleton.from_template(ending),
            self._key(_THANKS): Skeleton.from_template(thanks),
        }

    def _render_first(self, link: str) -> str:
        content = welcome_content(
            self.served, self.language, self.now, hidden=self.hidden, link=link, closes=self.status.closes
        )
        frame = replace(frame_for(self.served, self.language), came_by=link)
        return render_in_frame("welcome", frame, **content)
