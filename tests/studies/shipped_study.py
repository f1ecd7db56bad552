"""The studies that ship, as their tests read them, and somebody who walks through one from the first page to the end.

What is not told otherwise is about our-voice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kuule.core.problems import Problem
from kuule.forms.compile.form import Form
from kuule.forms.compile.items import Item
from kuule.forms.navigation.journey import Ending, Gate, Journey
from kuule.forms.navigation.page import Page, Question
from kuule.forms.navigation.visit import Move, Visit
from kuule.languages.workflow.entries import Catalogue
from kuule.study.folder.report_text import is_survey_key
from kuule.study.folder.study_folder import StudyFolder
from kuule.tables.missing import DO_NOT_KNOW, PREFER_NOT_TO_SAY
from tests.study.reading import check_study, read_complete_folder

STUDIES = Path(__file__).parents[2] / "studies"
STUDY = STUDIES / "our-voice"
TODAY = date(2026, 11, 24)
RESERVED = frozenset({PREFER_NOT_TO_SAY, DO_NOT_KNOW})

GATES = frozenset({"consent", "adult"})
"""Questions of the survey itself, with those that choose the way: not among the "about 45" and "about twelve"."""

HARD = {
    "happened": "way_happened",
    "who_section": "way_who",
    "where_section": "way_where",
    "online_section": "way_online",
    "telling_section": "way_telling",
    "consequences": "way_consequences",
    "justice": "way_justice",
}
EVERYTHING = {
    "consent": ("yes",),
    "adult": ("yes",),
    "path": ("long",),
    **dict.fromkeys(HARD.values(), ("go_on",)),
    "how_often": ("many_times",),
    "settings": ("my_home", "organisation"),
    "online_any": ("yes",),
    "online_kinds": ("images",),
    "told": ("yes",),
    "helped": ("yes",),
    "reported": ("yes",),
    "demand": ("recognition",),
    "wish": ("Ask children, and wait for the answer.",),
}
SHORT = {**EVERYTHING, "path": ("short",)}


def languages_of(folder: Path) -> tuple[str, ...]:
    """The languages of a study that are translations."""
    return tuple(tag for tag in tomllib.loads((folder / "study.toml").read_text("utf-8"))["languages"] if tag != "en")


LANGUAGES = languages_of(STUDY)
SAME = {
    "sv": {"Man", "Under 3"},
    "nb": {"Under 3"},
    "da": {"Under 3"},
    "es": {"No"},
    "it": {"No", "Social media"},
    "nl": {"Man", "Online games"},
    "lv": {"Sports"},
    "tr": {"Non-binary"},
}
"""Texts that are the same as in English, where both languages have the word."""
LOOKS_ENGLISH = {"it": {"Male"}}
"""Words that another English text happens to be: "male" is "badly"."""


@cache
def study(folder: Path = STUDY) -> StudyFolder:
    return read_complete_folder(folder)


@cache
def problems(folder: Path = STUDY) -> list[Problem]:
    return check_study(folder)


@dataclass(slots=True)
class Walk:
    """A person's way through the study: what they were shown, in order, and where it ended."""

    asked: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    visit: Visit | None = None
    ending: Ending | None = None
    folder: Path = STUDY

    @property
    def questions(self) -> list[str]:
        ways = study(self.folder).settings.answers.routing
        return [name for name in self.asked if name not in GATES and name not in ways]

    def page_of(self, name: str) -> Page:
        return next(page for page in self.pages if name in [name_of(question.path) for question in page.questions])

    def label_of(self, name: str) -> str:
        return next(q.label for page in self.pages for q in page.questions if name_of(q.path) == name)


def name_of(path: str) -> str:
    return path.rpartition("/")[2]


def surveyed(tag: str, folder: Path = STUDY) -> Catalogue:
    """A language's texts of the survey; the report's are held to `test_report_is_whole_in_a_language_or_not_begun`."""
    return study(folder).catalogues[tag].select(is_survey_key)


def texts_in(tag: str, folder: Path = STUDY) -> Mapping[str, str]:
    return {} if tag == "en" else surveyed(tag, folder).texts


def journey(tag: str = "en", folder: Path = STUDY) -> Journey:
    gates = tuple(Gate(gate.name, gate.question, gate.answer) for gate in study(folder).settings.gates.values())
    return Journey(study(folder).form, texts_in(tag, folder), gates=gates)


def answer(question: Question, said: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """What this person says, else the first answer that is one; () passes over."""
    name = name_of(question.path)
    if name in said:
        return said[name]
    return next(((choice.value,) for choice in question.choices if choice.value not in RESERVED), ())


def walk(said: Mapping[str, Sequence[str]], tag: str = "en", folder: Path = STUDY) -> Walk:
    """From the first page to the end by "continue"; a page shown again with a follow-up is answered again."""
    way, steps = journey(tag, folder), Walk(folder=folder)
    visit = way.begin(7, TODAY)
    shown = way.page(visit, TODAY)
    for _ in range(200):
        if isinstance(shown, Ending):
            steps.visit, steps.ending = visit, shown
            return steps
        steps.pages.append(shown)
        steps.asked += [name for q in shown.questions if (name := name_of(q.path)) not in steps.asked]
        posted = {question.field: answer(question, said) for question in shown.questions}
        step = way.step(visit, Move.NEXT, shown.key, posted, today=TODAY)
        visit = step.visit
        shown = step.ending if step.ending is not None else step.page
        assert shown is not None
    pytest.fail(f"no end after 200 pages; the last were {[page.key for page in steps.pages[-5:]]}")


def form(folder: Path = STUDY) -> Form:
    return study(folder).form


def asked_items(folder: Path = STUDY) -> tuple[Item, ...]:
    return tuple(item for item in form(folder).items if item.control is not None)


def item(name: str, folder: Path = STUDY) -> Item:
    return next(each for each in form(folder).items if each.name == name)


def codes(name: str, folder: Path = STUDY) -> tuple[str, ...]:
    return tuple(choice.value for choice in item(name, folder).choices)


def sources(folder: Path = STUDY) -> Iterator[tuple[str, str]]:
    return ((source.key, source.text) for source in study(folder).sources if is_survey_key(source.key))
