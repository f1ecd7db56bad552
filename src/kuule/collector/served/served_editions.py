"""The editions that a collector serves, held in memory: their questions and languages, with a compiled journey for
each."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from kuule.collector.served.admission import check_admission, language_readiness
from kuule.collector.served.serve_options import ServeOptions
from kuule.collector.served.token_compression import compression_dictionary, dictionary_id
from kuule.core.recent import Recent
from kuule.forms.compile.form import Form
from kuule.forms.compile.items import Item
from kuule.forms.inspection.answering_time import minutes_by_choice
from kuule.forms.model.paths import without_positions
from kuule.forms.navigation.journey import Gate, Journey
from kuule.forms.navigation.visit import Visit
from kuule.forms.types.type_registry import question_type
from kuule.languages.cldr.tags import Language, find_language
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE
from kuule.languages.markup.fallback_text import with_hyphens
from kuule.languages.workflow.states import TextOrigin
from kuule.study.edition.readiness import LanguageReadiness
from kuule.study.edition.study_edition import Edition, read_edition
from kuule.study.settings.study_toml import Study
from kuule.web.interface_texts import InterfaceTexts, count_newer_texts, frozen_interface
from kuule.web.length_hiding.field_padding import longest_encoded_length
from kuule.web.skeleton import DaySkeletons

__all__ = ["ServedEdition", "ServedEditions", "ServedLanguage", "load_editions"]

_LANGUAGES: Recent[dict[str, ServedLanguage]] = Recent(4)
"""The languages of the last editions that this process made ready, by the id of the edition. Workers are copies of a
process that has made them."""
_SHARED_PAGES_BYTES = 1024 * 1024
"""Of *Our Voice* they take 25 KiB a language."""


@dataclass(frozen=True, slots=True)
class ServedLanguage:
    """One language of one edition: its texts, its journey through the form, and whether it is a draft."""

    language: Language
    texts: Mapping[str, str]
    interface: InterfaceTexts
    journey: Journey
    journey_without_gates: Journey
    """The same journey without gates. It only shows a page again whose earlier answers are lost."""
    leave_to: str
    draft_notice: str
    """The name of the interface text that says who made a draft, or "" where the language is no draft."""
    untouched_views: dict[Hashable, object] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What pages show of questions as everybody sees them before answering (`pages.question_views` fills this)."""


@dataclass(frozen=True)
class ServedEdition:
    """One edition as it is served. `languages` are those that are open, in the study's order."""

    edition: Edition
    languages: Mapping[str, ServedLanguage]
    folder: Path | None = None
    """The folder from which pictures and sounds are read."""
    closed_languages: tuple[LanguageReadiness, ...] = ()
    """Why each of its other languages is closed."""
    newer_text_counts: Mapping[str, int] = field(default_factory=dict)
    """How many interface texts the package has changed since the edition was frozen, by the open languages that have
    any."""

    def language_or_default(self, tag: str) -> str:
        """The language itself where it is open, otherwise the study's own, which always is."""
        return tag if tag in self.languages else next(iter(self.languages))

    def is_language_closed(self, tag: str) -> bool:
        """Whether the study has this language and it may not open yet."""
        return any(answer.tag == tag for answer in self.closed_languages)

    @property
    def can_be_paused(self) -> bool:
        """Whether its visits can be paused, so that there may be drafts."""
        return self.edition.study.coming_back.pause_days > 0

    @cached_property
    def minutes(self) -> tuple[int, ...]:
        """About how many minutes its form takes, by the way that a person chooses (`answering_time`)."""
        return minutes_of(self.edition.form, self.edition.study)

    @cached_property
    def page_order(self) -> Mapping[str, int]:
        """The place of each page in the form, by its key without the positions of repeats."""
        keys = dict.fromkeys(item.page_key for item in self.edition.form.items if item.page_key)
        return {key: place for place, key in enumerate(keys)}

    def has_page(self, key: str) -> bool:
        """Whether the form has a page of this key, in whatever instance of a repeat."""
        return without_positions(key) in self.page_order

    @cached_property
    def items(self) -> Sequence[Item]:
        """The items that a respondent answers."""
        return tuple(item for item in self.edition.form.items if item.control is not None)

    def list_name(self, path: str) -> str:
        """The name of the choice list of a question, with or without positions of repeats; "" for none."""
        return self._lists.get(path) or self._lists.get(without_positions(path), "")

    def choice_width(self, path: str) -> int:
        """Bytes on the line of the longest choice of a question's whole list, offered just now or not; 0 for none."""
        return self._widths.get(without_positions(path), 0)

    def is_choice_question(self, path: str) -> bool:
        """Whether a question is answered by choosing, with or without positions of repeats, and not by typing."""
        return without_positions(path) in self._chosen

    @cached_property
    def compression_dictionary(self) -> bytes:
        """The dictionary with which tokens of this edition are compressed (`token_compression`)."""
        return compression_dictionary(self.edition.form, self.edition.id)

    @cached_property
    def _lists(self) -> Mapping[str, str]:
        return {item.path: item.list_name for item in self.edition.form.items if item.list_name}

    @cached_property
    def _widths(self) -> Mapping[str, int]:
        return {
            item.path: longest_encoded_length(choice.value for choice in item.choices)
            for item in self.items
            if item.choices
        }

    @cached_property
    def shown_widths(self) -> dict[str, int]:
        """Bytes on the line of the longest choice that is shown, by question outside repeats, as far as pages found
        it for questions whose choices are the same in every visit."""
        return {}

    @cached_property
    def shared_pages(self) -> DaySkeletons:
        """Whole pages that everybody sees alike, but for what fills their holes (`pages.shared_pages` makes them)."""
        return DaySkeletons(_SHARED_PAGES_BYTES)

    @cached_property
    def _chosen(self) -> frozenset[str]:
        return frozenset(item.path for item in self.items if not question_type(item.control).is_typed)

    @cached_property
    def _gates(self) -> tuple[tuple[str, str, str], ...]:
        """The (path, page key, answer) of each gate."""
        by_name = {item.name: item for item in self.items}
        gates = self.edition.study.gates.values()
        found = [(by_name[gate.question], gate.answer) for gate in gates if gate.question in by_name]
        return tuple((item.path, item.page_key, answer) for item, answer in found)

    def unpassed_gate_page(self, visit: Visit) -> str | None:
        """The page of the first gate that this visit has not passed, or None. Nothing is sent before all gates are
        passed."""
        for path, page, answer in self._gates:
            if visit.answers.get(path) != answer:
                return page
        return None

    def has_answers_beyond_gates(self, visit: Visit) -> bool:
        """Whether a visit has answers to other questions than the gates."""
        return not set(visit.answers) <= {path for path, _, _ in self._gates}

    def last_page(self, keys: Iterable[str]) -> str:
        """The one of these pages that stands last in the form, or "" for none."""
        return max(keys, key=lambda key: self.page_order.get(without_positions(key), 0), default="")


@dataclass(frozen=True)
class ServedEditions:
    """All editions that one collector serves, of one study. The last one is for new visits."""

    editions: tuple[ServedEdition, ...]
    drafts: bool

    @property
    def current(self) -> ServedEdition:
        return self.editions[-1]

    def find_by_id(self, edition_id: str) -> ServedEdition | None:
        return next((served for served in self.editions if served.edition.id == edition_id), None)

    def edition_and_language(self, edition_id: str, tag: str) -> tuple[ServedEdition | None, str]:
        """The edition of a visit, or None where it is not served, and the language in which the visit goes on.

        A language that was open when the visit began and is closed now gives way to the study's own, so that nothing is
        lost.
        """
        served = self.find_by_id(edition_id)
        return served, tag if tag in self.current.languages else (served or self.current).language_or_default(tag)

    @cached_property
    def compression_dictionaries(self) -> Mapping[int, bytes]:
        """The dictionaries of all editions, by the ids that compressed content has."""
        return {dictionary_id(served.compression_dictionary): served.compression_dictionary for served in self.editions}

    def find_by_short_id(self, short: str) -> ServedEdition | None:
        return next((served for served in self.editions if served.edition.short == short), None)


def minutes_of(form: Form, study: Study) -> tuple[int, ...]:
    """The minutes that a form takes by the way that is chosen, with the answers that the gates of its study ask for."""
    given = {gate.question: gate.answer for gate in study.gates.values()}
    return minutes_by_choice(form, ways=study.answers.routing, given=given)


def load_editions(options: ServeOptions) -> ServedEditions:
    """Read every edition and compile its journeys. Raises KuuleError: what reading it raises, or SERVE_001 to
    SERVE_007, SERVE_021, SERVE_022."""
    # A visit never needs the report, and every worker would hold it in thirty languages.
    editions = [replace(read_edition(path), report="", report_texts={}) for path in options.editions]
    check_admission(editions, options)
    offers = (_load_edition(edition, path, options) for edition, path in zip(editions, options.editions, strict=True))
    return ServedEditions(tuple(offers), options.drafts)


def _load_edition(edition: Edition, folder: Path, options: ServeOptions) -> ServedEdition:
    found = language_readiness(edition, options)
    ready = _LANGUAGES.get_or_make(edition.id, dict)
    tags = [answer.tag for answer in found if answer.may_open]
    ready |= {tag: served_language(edition, tag) for tag in tags if tag not in ready}
    languages = {tag: ready[tag] for tag in tags}
    newer = {tag: count for tag in languages if (count := count_newer_texts(edition.words.get(tag)))}
    shut = tuple(answer for answer in found if not answer.may_open)
    # The interface texts are in the languages now.
    return ServedEdition(replace(edition, words={}), languages, folder, shut, newer)


def served_language(edition: Edition, tag: str) -> ServedLanguage:
    """One language of an edition, ready for visits. Raises KeyError for one that it does not have."""
    study = edition.study
    own, source = edition.soft_hyphens(tag), edition.soft_hyphens(study.source_language)
    interface = frozen_interface(edition.words.get(tag), tag).with_hyphens(own, edition.soft_hyphens(SOURCE_LANGUAGE))
    gates = tuple(Gate(gate.name, gate.question, gate.answer) for gate in study.gates.values())
    texts = {key: with_hyphens(text, own, source) for key, text in edition.texts(tag).items()}
    return ServedLanguage(
        language=find_language(tag),
        texts=texts,
        interface=interface,
        journey=Journey(edition.form, texts, gates=gates, longest_text=study.answers.longest_text),
        journey_without_gates=Journey(edition.form, texts, longest_text=study.answers.longest_text),
        leave_to=study.languages[tag].leave_to,
        draft_notice=_draft_notice(edition, tag, interface),
    )


def _draft_notice(edition: Edition, tag: str, interface: InterfaceTexts) -> str:
    """The banner, if any: the study's texts or the interface may be the draft, and a machine's draft is the graver
    one."""
    demanded = edition.study.opening_state
    status = edition.status(tag)
    unready = [
        origin
        for state, origin in ((status.state, status.origin), (interface.state, interface.origin))
        if not state.reaches(demanded)
    ]
    if not unready:
        return ""
    return "draft_machine" if TextOrigin.MACHINE in unready else "draft_person"
