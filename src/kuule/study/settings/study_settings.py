"""What study.toml says, as frozen data. `settings.py` reads it; docs/reference/study.md describes every key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kuule.core.limits import PRIVACY_FLOORS
from kuule.helplines.service import MONTHS_CHECK_COUNTS
from kuule.languages.workflow.entries import SourceText, max_translation_length
from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.settings.adaptations import Adaptations
from kuule.study.settings.cleaning_settings import CleaningSettings
from kuule.study.settings.coming_back_settings import ComingBackSettings


class Audience(StrEnum):
    """Who is asked. It decides how much is hidden by default and which services are named."""

    SURVIVORS = "survivors"
    OFFENDERS = "offenders"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class LanguageSettings:
    """One language that may be offered. `leave_to` is where "Leave this page now" leads, an https address.

    `state` and `origin` are those of the source language, whose texts stand in no PO file; of the others they say
    nothing.
    """

    tag: str
    leave_to: str
    state: State = State.REVIEWED
    origin: TextOrigin = TextOrigin.PERSON


@dataclass(frozen=True, slots=True)
class GateSettings:
    """A question whose answer decides whether one may go on. It is the only kind that may be required."""

    name: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """What the form alone does not say of its answers: names of choice lists and of questions."""

    territories: tuple[str, ...] = ()
    ordered: tuple[str, ...] = ()
    open_text: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    routing: tuple[str, ...] = ()
    """Questions that only choose the way through the form: a path, a way round a section."""
    longest_text: int = 2000


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """Ways by which people come: a code that stands in an address, and the partner who spreads it.

    A name is for partners and analysts; no page shows it. Without `on` every code is as if it were not there.
    """

    on: bool = True
    partners: Mapping[str, str] = field(default_factory=dict)

    def known_code(self, code: str) -> str:
        """The code itself where it is one of these and links are on, else ""."""
        return code if self.on and code in self.partners else ""


@dataclass(frozen=True, slots=True)
class DisclosureSettings:
    """For what is published: people in a base, people in a cell, and the noise of every number (decision 0025)."""

    smallest_base: int = PRIVACY_FLOORS["smallest_base"]
    smallest_count: int = PRIVACY_FLOORS["smallest_count"]
    noise_variance: int = PRIVACY_FLOORS["noise_variance"]
    noise_bound: int = PRIVACY_FLOORS["noise_bound"]


@dataclass(frozen=True, slots=True)
class HelpSettings:
    """`countries`: ISO 3166-1 codes of those where the study is spread; `checked_within_months`: how long a check of a
    service is trusted."""

    countries: tuple[str, ...] = ()
    checked_within_months: int = MONTHS_CHECK_COUNTS


@dataclass(frozen=True, slots=True)
class GroupMember:
    """One group of answers: the values it holds, or every value that no other member names (`rest`)."""

    name: str
    title: str
    values: tuple[str, ...] = ()
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A cut: one question's answers in groups."""

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
    """Whether the collector keeps the two counters for partners, by language and by link."""
    coming_back: ComingBackSettings = field(default_factory=ComingBackSettings)
    adaptations: Adaptations = field(default_factory=dict)
    cleaning: CleaningSettings = field(default_factory=CleaningSettings)
    discreet: bool = True
    """Whether the browser's tab, and so its history, has `discreet_title` and not the title."""
    translate: bool = False
    """Whether a browser may offer to translate the pages: what stands on them then goes to its maker."""

    @property
    def sources(self) -> tuple[SourceText, ...]:
        """The texts of study.toml that are translated, by the keys of docs/reference/texts.md."""
        texts = [
            _source("study:title", self.title, "the study's title, at the top of its first page"),
            _source("study:organisation", self.organisation, "who runs the study; translate what is not a name"),
            _source("study:discreet_title", self.discreet_title, "the title of the browser's tab; it names no subject"),
        ]
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
