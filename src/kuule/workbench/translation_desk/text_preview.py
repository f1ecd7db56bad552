"""The page that a text appears on, rendered by the collector's own code with the texts that the files contain now.

It has nothing of a real visit: no token, no answer but the one that opens a follow-up, and no key that could seal
anything.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime

from kuule.collector.pages.page_frame import frame_for, render_in_frame
from kuule.collector.pages.page_renderer import HiddenFields, PageRenderer
from kuule.collector.pages.question_views import PageView, page_view
from kuule.collector.pages.welcome_content import welcome_content
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage, minutes_of, served_language
from kuule.collector.session.outcome import QuestionPage
from kuule.collector.session.session_state import SessionState
from kuule.forms.inspection.unconditional_form import (
    first_instance_path,
    starting_answers,
    without_conditions,
)
from kuule.forms.navigation.page import Page, Question
from kuule.forms.navigation.visit import Visit
from kuule.forms.types.violations import Violation, ViolationKind
from kuule.languages.workflow.entries import Catalogue
from kuule.sealing.keys import MLKEM_LENGTH, PUBLIC_LENGTH, PublicKey
from kuule.sealing.return_codes import new_code
from kuule.study.edition.study_edition import Edition
from kuule.study.folder.study_folder import StudyFolder, complete_study_folder
from kuule.study.freeze import frozen_interface_words, language_statuses, language_texts
from kuule.web.skeleton import SkeletonCache
from kuule.workbench.translation_desk.current_study import CurrentLanguage, CurrentStudy
from kuule.workbench.translation_desk.language_member import LanguageMember
from kuule.workbench.translation_desk.text_locations import REPORT_HEADINGS_SECTION, TextLocation

WELCOME_KEYS = frozenset(
    {"study:title", "study:organisation", "study:discreet_title", "study:welcome/name", "study:welcome/for_whom"}
)
_MESSAGES = {"constraint_message": ViolationKind.CONSTRAINT, "required_message": ViolationKind.REQUIRED}
_SEED = 1
_BASE_POINT = 9
_KEPT = 4


@dataclass(frozen=True, slots=True)
class Preview:
    """A page as HTML. The question that the text belongs to has the attribute `data-here`."""

    html: str


def is_on_page(place: TextLocation) -> bool:
    """Whether respondents see the text at all. A heading of the report is on no page of the survey."""
    return place.key in WELCOME_KEYS or bool(place.page_key and place.section != REPORT_HEADINGS_SECTION)


def preview_text(
    study: CurrentStudy, language: CurrentLanguage, language_member: LanguageMember, place: TextLocation, now: datetime
) -> Preview | None:
    """The page of a text as a respondent would see it in this language; None for a text that is on no page.

    If another person's translation is hidden from this member, the source text takes its place.
    """
    if not is_on_page(place):
        return None
    served, in_language = _OFFERS.get(study, language, language_member)
    if place.key in WELCOME_KEYS:
        return Preview(_welcome(served, in_language, study, now))
    form = served.edition.form
    begun = starting_answers(form, place.path)
    visit = Visit(first_instance_path(form, place.page_key), _SEED, begun.answers, counts=begun.counts)
    page = in_language.journey_without_gates.page(visit, now.date())
    if not isinstance(page, Page) or page.key != visit.page:
        return None
    page = _with_message(page, place, in_language, first_instance_path(form, place.path))
    view = page_view(page, served, in_language)
    carried = SessionState(served.edition.id, language_member.tag, "", new_code(), visit)
    drawing = PageRenderer(served.edition.id, frame_for(served, in_language), SkeletonCache(most_bytes=0))
    html = drawing.render_page(view, QuestionPage(served, carried, page), HiddenFields("", ""))
    return Preview(_marked(html, view, first_instance_path(form, place.path)))


@dataclass(frozen=True)
class _Offers:
    """The edition that was made last. Somebody who goes through the texts needs one until something is saved."""

    kept: deque[tuple[CurrentStudy, CurrentLanguage, LanguageMember, tuple[ServedEdition, ServedLanguage]]] = field(
        default_factory=lambda: deque(maxlen=_KEPT)
    )

    def get(
        self, study: CurrentStudy, language: CurrentLanguage, language_member: LanguageMember
    ) -> tuple[ServedEdition, ServedLanguage]:
        # Compared by identity: study and language are read anew whenever one of their files changes (current_study).
        for its_study, its_language, its_seat, offered in tuple(self.kept):
            if its_study is study and its_language is language and its_seat == language_member:
                return offered
        offered = _offered(study, language, language_member)
        self.kept.append((study, language, language_member, offered))
        return offered


_OFFERS = _Offers()


def _offered(
    study: CurrentStudy, language: CurrentLanguage, language_member: LanguageMember
) -> tuple[ServedEdition, ServedLanguage]:
    """An edition in memory, in one language, as it would be frozen now."""
    source, whole_now = study.settings.source_language, complete_study_folder(study.gathered)
    folder = _with(
        whole_now,
        language_member.tag,
        _seen(language.catalogue, language_member),
        _seen(language.words, language_member),
    )
    edition = Edition(
        id="0" * 64,
        study=study.settings,
        form=without_conditions(study.form),
        key=_key_of_nobody(),
        envelope_size=0,
        statuses=language_statuses(_with(whole_now, language_member.tag, language.catalogue, language.words)),
        translations={tag: _texts(folder, study, tag) for tag in (source, language_member.tag)},
        support=folder.support,
        report="",
        rehearsal_weights={},
        media=frozenset(study.media.contents()),
        words={tag: frozen_interface_words(folder, tag) for tag in (source, language_member.tag)},
    )
    in_language = served_language(edition, language_member.tag)
    return ServedEdition(edition, {language_member.tag: in_language}), in_language


def _with(folder: StudyFolder, tag: str, catalogue: Catalogue, words: Catalogue) -> StudyFolder:
    """A study with one language, and Kuule's own words in it as they are here."""
    return replace(folder, catalogues={tag: catalogue}, words={**folder.words, tag: words})


def _seen(catalogue: Catalogue, language_member: LanguageMember) -> Catalogue:
    """Each text as this member may see it."""
    seen = {key: replace(entry, text=language_member.visible_text(entry)) for key, entry in catalogue.entries.items()}
    return replace(catalogue, entries=seen)


def _texts(folder: StudyFolder, study: CurrentStudy, tag: str) -> dict[str, str]:
    return language_texts(folder, tag) | study.media.media_names(tag)


def _key_of_nobody() -> PublicKey:
    """An edition needs a key. This one is made of zeros, and nothing is ever sealed to it."""
    return PublicKey(
        bytes(MLKEM_LENGTH) + _BASE_POINT.to_bytes(PUBLIC_LENGTH - MLKEM_LENGTH, "little"), rehearsal=False
    )


def _welcome(served: ServedEdition, in_language: ServedLanguage, study: CurrentStudy, now: datetime) -> str:
    # By the form as it is: that of the preview asks everything at once.
    minutes = minutes_of(study.form, study.settings)
    others = len(study.settings.languages) > 1
    content = welcome_content(served, in_language, now, hidden=(), minutes=minutes, others=others)
    return render_in_frame("welcome", frame_for(served, in_language), **content)


def _with_message(page: Page, place: TextLocation, in_language: ServedLanguage, path: str) -> Page:
    """For a text about an answer that does not fit: the page with that message on it."""
    misfit = _MESSAGES.get(place.key.rpartition(":")[2])
    if misfit is None:
        return page
    unfit = Violation(misfit, in_language.texts.get(place.key, ""))
    parts = tuple(
        replace(part, violation=unfit) if isinstance(part, Question) and part.path == path else part
        for part in page.parts
    )
    return replace(page, parts=parts)


def _marked(html: str, view: PageView, path: str) -> str:
    """Marked by an attribute and not by a fragment in the address: a frame that scrolls to a fragment scrolls the page
    around it too, and takes the focus."""
    here = next((question.first_id for question in view.questions if question.question.path == path), "")
    plain = str(html)  # every replacement in Markup would be escaped
    return plain.replace(f' id="{here}"', f' id="{here}" data-here', 1) if here else plain
