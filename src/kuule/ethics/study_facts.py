"""What a study's settings, form, helplines and key decide, as the papers say it: nothing here is the same for all
studies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kuule.ethics.asked_sections import AskedItem, AskedSection, asked_sections
from kuule.ethics.ethics_answers import EthicsAnswers
from kuule.ethics.ethics_questions import RISKS
from kuule.forms.compile.form import Form
from kuule.forms.inspection.answering_time import minutes_by_choice
from kuule.helplines.coverage import CoverageGap, missing_kinds
from kuule.helplines.directory import Directory, Service
from kuule.helplines.service import GenderServed, ServiceKind
from kuule.sealing.keys import PublicKey
from kuule.study.settings.audience_services import SERVICES_BY_AUDIENCE
from kuule.study.settings.help_demand import help_demand, help_gaps
from kuule.study.settings.help_settings import HelpLevel
from kuule.study.settings.study_settings import Audience, Study
from kuule.tables.missing import PREFER_NOT_TO_SAY

_ABOUT_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class PaperSource:
    """What papers are made of: a study folder, or an edition that was frozen from one. `texts` are those of the study
    in the language `tag`; `key` and `edition` are those of an edition, None and "" for a folder."""

    study: Study
    form: Form
    texts: Mapping[str, str]
    tag: str
    directory: Directory
    today: date
    key: PublicKey | None = None
    edition: str = ""
    has_media: bool = False


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """What templates ask. `answers` are the organisation's."""

    source: PaperSource
    answers: EthicsAnswers
    sections: tuple[AskedSection, ...]
    services: tuple[Service, ...]
    """Services that pages show on the day of the papers: a person has checked each lately."""
    minutes: tuple[int, ...]

    @property
    def study(self) -> Study:
        return self.source.study

    @property
    def title(self) -> str:
        return self._said("study:title", self.study.title)

    @property
    def organisation(self) -> str:
        return self._said("study:organisation", self.study.organisation)

    @property
    def for_whom(self) -> str:
        """The sentence below the heading of the first page; the title where the study has none."""
        return self._said("study:welcome/for_whom", self.study.welcome.for_whom or self.study.title)

    @property
    def browser_title(self) -> str:
        """What the browser's tab and history show."""
        said = "study:discreet_title" if self.study.discreet else "study:title"
        return self._said(said, self.study.discreet_title if self.study.discreet else self.study.title)

    @property
    def page_name(self) -> str:
        """The heading of the first page."""
        return self._said("study:welcome/name", self.study.welcome.name) or self.browser_title

    @property
    def for_survivors(self) -> bool:
        return self.study.audience is Audience.SURVIVORS

    @property
    def for_offenders(self) -> bool:
        return self.study.audience is Audience.OFFENDERS

    @property
    def items(self) -> tuple[AskedItem, ...]:
        """What is asked, without notes."""
        return tuple(item for section in self.sections for item in section.items if not item.is_note)

    @property
    def required(self) -> tuple[AskedItem, ...]:
        return tuple(item for item in self.items if item.required)

    @property
    def asked_of_some(self) -> tuple[AskedItem, ...]:
        """The questions that are asked only after certain answers to others."""
        return tuple(item for item in self.items if item.of_some)

    @property
    def sensitive(self) -> tuple[AskedItem, ...]:
        return tuple(item for item in self.items if item.sensitive)

    @property
    def own_words(self) -> tuple[AskedItem, ...]:
        """The questions that are answered in words of one's own."""
        return tuple(item for item in self.items if item.own_words)

    @property
    def unannounced(self) -> tuple[str, ...]:
        """The sections with sensitive questions before which nothing is said."""
        return tuple(one.title for one in self.sections if one.sensitive and not one.notice)

    @property
    def without_a_way_round(self) -> tuple[str, ...]:
        """The sections with a sensitive question that everybody is asked."""
        return tuple(one.title for one in self.sections if any(not item.of_some for item in one.sensitive))

    @property
    def without_refusal(self) -> tuple[str, ...]:
        """The sensitive questions with answers to choose from, none of which declines."""
        return tuple(item.label for item in self.sensitive if item.choices and PREFER_NOT_TO_SAY not in item.choices)

    @property
    def gates(self) -> Mapping[str, tuple[str, str]]:
        """By gate: its question and the answer with which one goes on."""
        asked = {item.name: item for item in self.items}
        found = {}
        for name, gate in self.study.gates.items():
            item = asked.get(gate.question)
            if item is not None:
                found[name] = (item.label, item.choices.get(gate.answer, gate.answer))
        return found

    @property
    def group_titles(self) -> tuple[str, ...]:
        """What tables of the report are cut by."""
        return tuple(self._said(f"study:groups/{one.name}:title", one.title) for one in self.study.groups.values())

    @property
    def retention_months(self) -> int:
        return round(self.study.retention_days / _ABOUT_A_MONTH)

    @property
    def has_links(self) -> bool:
        return bool(self.study.links.on and self.study.links.partners)

    @property
    def has_codes(self) -> bool:
        """Whether people are given a code that they may write down."""
        return bool(self.study.coming_back.pause_days or self.study.coming_back.withdraw_until)

    @property
    def demands_help(self) -> bool:
        return self.study.help.level is not HelpLevel.NONE

    @property
    def demanded_kinds(self) -> tuple[ServiceKind, ...]:
        """The kinds of services that have to be checked before anybody is asked."""
        return tuple(help_demand(self.study).kinds)

    @property
    def help_gaps(self) -> tuple[CoverageGap, ...]:
        """Who would find no service today. With any, a collector does not open to the public."""
        return help_gaps(self.study, self.services, tuple(self.study.languages))

    @property
    def lacking_help(self) -> Mapping[str, Mapping[ServiceKind, tuple[GenderServed, ...]]]:
        """By country: the kinds of services that are demanded, not there and not waived, and for whom."""
        demand = help_demand(self.study)
        full = self.study.help.level is HelpLevel.FULL
        return {one: missing_kinds(self.services, demand, one) for one in demand.countries} if full else {}

    @property
    def practice(self) -> bool:
        """Whether the edition's key protects nothing."""
        return self.source.key is not None and self.source.key.rehearsal

    @property
    def risks(self) -> tuple[str, ...]:
        """The names of the risks that the settings of this study bring."""
        settings = {
            "codes": self.has_codes,
            "own_words": bool(self.own_words),
            "leads": self.for_offenders and bool(self.own_words),
            "reporting": self.demands_help,
            "audiences": self.study.audience is not Audience.PUBLIC,
            "translation": len(self.study.languages) > 1,
            "staff": bool(self.own_words),
        }
        return tuple(name for name in RISKS if settings.get(name, True))

    def _said(self, key: str, otherwise: str) -> str:
        return self.source.texts.get(key) or otherwise


def study_facts(source: PaperSource, answers: EthicsAnswers) -> StudyFacts:
    """All of it, worked out once."""
    study = source.study
    kinds = SERVICES_BY_AUDIENCE[study.audience]
    directory = Directory(source.directory.of_kinds(kinds).services, months=study.help.checked_within_months)
    given = {gate.question: gate.answer for gate in study.gates.values()}
    return StudyFacts(
        source=source,
        answers=answers,
        sections=asked_sections(source.form, study.answers, source.texts),
        services=directory.shown_services(drafts=False, today=source.today),
        minutes=minutes_by_choice(source.form, ways=study.answers.routing, given=given),
    )
