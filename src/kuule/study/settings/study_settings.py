"""What study.toml says, as frozen data. `study_toml` reads it; docs/reference/study.md describes every key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kuule.core.limits import PRIVACY_FLOORS
from kuule.languages.workflow.entries import SourceText, max_translation_length
from kuule.languages.workflow.states import State, TextOrigin
from kuule.redaction.stripped_kinds import StrippedKind
from kuule.study.settings.adaptations import Adaptations
from kuule.study.settings.cleaning_settings import CleaningSettings
from kuule.study.settings.coming_back_settings import ComingBackSettings
from kuule.study.settings.field_period_settings import FieldPeriodSettings
from kuule.study.settings.first_and_last_pages import AfterSettings, WelcomeSettings
from kuule.study.settings.help_settings import HelpSettings
from kuule.study.settings.identity_settings import IdentitySettings
from kuule.study.settings.leave_questions import LeaveQuestions
from kuule.study.settings.pooled_questions import PooledQuestions
from kuule.study.settings.publication_settings import PublicationSettings


class Audience(StrEnum):
    """Who is asked. It decides how discreet the site is by default and which services are shown."""

    SURVIVORS = "survivors"
    OFFENDERS = "offenders"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class LanguageSettings:
    """One language that may be offered. `leave_to` is where "Leave this page now" leads, an https address. `state` and
    `origin` apply only to the source language, whose texts are in no PO file."""

    tag: str
    leave_to: str
    state: State = State.REVIEWED
    origin: TextOrigin = TextOrigin.PERSON


@dataclass(frozen=True, slots=True)
class GateSettings:
    """A question whose answer decides whether a person may go on. Only gates can be required."""

    name: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """What the form does not say about its answers: names of choice lists and of questions."""

    territories: tuple[str, ...] = ()
    ordered: tuple[str, ...] = ()
    open_text: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    routing: tuple[str, ...] = ()
    """Questions that only choose the way through the form: a path, a way around a section."""
    longest_text: int = 2000
    strip: tuple[StrippedKind, ...] = ()
    """What is taken out of open answers before they are sealed, as study.toml names it; see `Study.stripped_kinds`."""


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """Links by which people come: a code in the address, and the partner who spreads it. The name is for partners and
    analysts; no page shows it. Without `on`, all codes are ignored."""

    on: bool = True
    partners: Mapping[str, str] = field(default_factory=dict)

    def known_code(self, code: str) -> str:
        """The code if it is one of these and links are on, otherwise ""."""
        return code if self.on and code in self.partners else ""


@dataclass(frozen=True, slots=True)
class DisclosureSettings:
    """For publishing: people in a base, people in a cell, and the noise of every number (decision 0025)."""

    smallest_base: int = PRIVACY_FLOORS["smallest_base"]
    smallest_count: int = PRIVACY_FLOORS["smallest_count"]
    noise_variance: int = PRIVACY_FLOORS["noise_variance"]
    noise_bound: int = PRIVACY_FLOORS["noise_bound"]


@dataclass(frozen=True, slots=True)
class GroupMember:
    """One category of answers: the values in it, or every value that no other member names (`rest`)."""

    name: str
    title: str
    values: tuple[str, ...] = ()
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A cut: the answers to one question in categories."""

    name: str
    title: str
    question: str
    members: tuple[GroupMember, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """All of study.toml. `languages` keeps the file's order, the source language first."""

    id: str
    title: str
    organisation: str
    audience: Audience
    minimum_age: int
    source_language: str
    discreet_title: str
    retention_days: int
    languages: Mapping[str, LanguageSettings]
    opening_state: State = State.REVIEWED
    gates: Mapping[str, GateSettings] = field(default_factory=dict)
    answers: AnswerSettings = field(default_factory=AnswerSettings)
    disclosure: DisclosureSettings = field(default_factory=DisclosureSettings)
    groups: Mapping[str, Group] = field(default_factory=dict)
    help: HelpSettings = field(default_factory=HelpSettings)
    links: LinkSettings = field(default_factory=LinkSettings)
    counts: bool = True
    """Whether the collector keeps two counters for partners, by language and by link."""
    count_help: bool = False
    """Whether it counts how often the help page was opened, in one number."""
    coming_back: ComingBackSettings = field(default_factory=ComingBackSettings)
    field_period: FieldPeriodSettings = field(default_factory=FieldPeriodSettings)
    adaptations: Adaptations = field(default_factory=dict)
    cleaning: CleaningSettings = field(default_factory=CleaningSettings)
    identity: IdentitySettings = field(default_factory=IdentitySettings)
    publication: PublicationSettings = field(default_factory=PublicationSettings)
    discreet: bool = True
    """Whether the browser tab, and so the browser history, shows `discreet_title` instead of the title."""
    translate: bool = False
    """Whether a browser may offer to translate the pages. Their content then goes to the maker of the browser."""
    welcome: WelcomeSettings = field(default_factory=WelcomeSettings)
    after: AfterSettings = field(default_factory=AfterSettings)
    pooled: PooledQuestions = field(default_factory=dict)
    """Questions that are counted together with other words of an earlier edition."""
    leave_to_quote: LeaveQuestions = field(default_factory=dict)
    """Questions that ask whether what somebody wrote may be quoted."""

    @property
    def stripped_kinds(self) -> tuple[StrippedKind, ...]:
        """What is taken out of open answers before they are sealed. For offenders it is everything, whatever study.toml
        says."""
        return tuple(StrippedKind) if self.audience is Audience.OFFENDERS else self.answers.strip

    @property
    def sources(self) -> tuple[SourceText, ...]:
        """The texts of study.toml to translate, by the keys in docs/reference/texts.md."""
        texts = [
            _source("study:title", self.title, "the study's title, at the top of its first page"),
            _source("study:organisation", self.organisation, "who runs the study; translate what is not a name"),
            _source("study:discreet_title", self.discreet_title, "the title of the browser's tab; it names no subject"),
        ]
        if self.welcome.name:
            note = "the heading of the first page; it names no subject"
            texts.append(_source("study:welcome/name", self.welcome.name, note))
        if self.welcome.for_whom:
            note = "first page, under the heading: whom the study asks, and about what"
            texts.append(_source("study:welcome/for_whom", self.welcome.for_whom, note))
        for group in self.groups.values():
            key = f"study:groups/{group.name}"
            texts.append(_source(f"{key}:title", group.title, "a heading in tables of the report"))
            texts += [
                _source(f"{key}/{member.name}:title", member.title, "a group in tables of the report")
                for member in group.members
            ]
        return tuple(texts)


def _source(key: str, text: str, note: str) -> SourceText:
    return SourceText(key, text, f"{note}; at most {max_translation_length(text)} characters")
