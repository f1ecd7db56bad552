"""Everything that the papers say is true of the settings: a setting changes, and so do they."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest

from kuule.ethics.ethics_questions import ETHICS_QUESTIONS, RISKS
from kuule.ethics.paper_templates import PAPERS, ethics_papers
from kuule.ethics.study_facts import study_facts
from kuule.helplines.coverage import HelpWaiver
from kuule.helplines.service import GenderServed, ServiceKind
from kuule.languages.workflow.states import State
from kuule.redaction.stripped_kinds import StrippedKind
from kuule.study.settings.cleaning_settings import CleaningSettings
from kuule.study.settings.coming_back_settings import ComingBackSettings
from kuule.study.settings.first_and_last_pages import AfterSettings, WelcomeSettings
from kuule.study.settings.help_settings import HelpLevel, HelpSettings
from kuule.study.settings.leave_questions import LeaveQuestion
from kuule.study.settings.publication_settings import PublicationSettings
from kuule.study.settings.study_settings import (
    AnswerSettings,
    Audience,
    DisclosureSettings,
    GateSettings,
    Group,
    GroupMember,
    LanguageSettings,
    LinkSettings,
    Study,
)
from tests.architecture.sources import ROOT, script
from tests.ethics.described_study import described_source, ethics_facts, papers_by_name, said, without_help, words_of
from tests.study.small_study import rehearsal_key

ANSWERS = AnswerSettings(("country",), ("age_band", "how_often"), ("wish",), ("place", "how_often"), ("way",))
ENGLISH_ALONE = {"en": LanguageSettings("en", "https://en.wikipedia.org/")}
WAIVER = HelpWaiver("SE", ServiceKind.SURVIVOR, GenderServed.MEN, "the line closed", "lead", date(2026, 11, 20))
SETTINGS: Mapping[str, tuple[Mapping[str, object], str, Mapping[str, object], str]] = {
    "title": ({}, "Title: A small study", {"title": "Another one"}, "Title: Another one"),
    "organisation": ({}, "Run by: An organisation", {"organisation": "Others"}, "This survey is run by Others."),
    "audience": (
        {},
        "No line for people who abuse is named on these pages.",
        {"audience": Audience.OFFENDERS},
        "People who have done, or fear that they might do, something that harms children are asked.",
    ),
    "minimum_age": ({}, "It’s for people who are 18 or older.", {"minimum_age": 16}, "Lowest age: 16 years"),
    "discreet": (
        {},
        "The browser's tab and history show “A survey”",
        {"discreet": False},
        "The browser's tab and history show “A small study”. This study has chosen to show its title there",
    ),
    "discreet_title": ({}, "show “A survey”", {"discreet_title": "Questions"}, "show “Questions”"),
    "retention_days": ({}, "365 days (about 12 months)", {"retention_days": 90}, "90 days (about 3 months)"),
    "languages": ({}, "in one of 3 languages", {"languages": ENGLISH_ALONE}, "Languages: English."),
    "opening_state": ({}, "texts are reviewed or", {"opening_state": State.PRETESTED}, "texts are pretested or"),
    "gates": (
        {},
        "Before anything else a person is asked: “Are you 18 or older?”",
        {"gates": {"consent": GateSettings("consent", "consent", "no")}, "minimum_age": 0},
        "“Do you want to take part?” with “No”",
    ),
    "answers": (
        {},
        "2 questions are marked as sensitive.",
        {"answers": replace(ANSWERS, sensitive=("place",), longest_text=500)},
        "1 question is marked as sensitive.",
    ),
    "disclosure": (
        {},
        "Nothing is published on fewer than 30 people. A number below 10 is",
        {"disclosure": DisclosureSettings(50, 12, 4, 6)},
        "Nothing is published on fewer than 50 people. A number below 12 is",
    ),
    "groups": (
        {},
        "Shown by: Region of residence",
        {"groups": {"old": Group("old", "Age now", "age_band", (GroupMember("all", "All", rest=True),))}},
        "Shown by: Age now",
    ),
    "help": (
        {},
        "within 12 months, services of these kinds",
        {"help": HelpSettings(("SE",), 6, waivers=(WAIVER,))},
        "Sweden, help for survivors of sexual violence for men: the line closed (lead, 20 November 2026)",
    ),
    "links": (
        {},
        "Partners see how many answers were sent by language: whole tens",
        {"links": LinkSettings(partners={"k7": "One", "b2": "Two"})},
        "If you came by a partner’s link, its short code is inside too.",
    ),
    "counts": (
        {},
        "This site counts how many answers were sent in each language.",
        {"counts": False},
        "No counts of answers are shown to partners.",
    ),
    "count_help": (
        {},
        "How often help is opened is not counted.",
        {"count_help": True},
        "How often the help page was opened is counted in one number",
    ),
    "coming_back": (
        {"coming_back": ComingBackSettings(14, date(2027, 6, 30))},
        "they can withdraw their answers until 30 June 2027",
        {"coming_back": ComingBackSettings()},
        "What was sent cannot be withdrawn",
    ),
    "cleaning": (
        {},
        "Set aside before counting, and said in the report: nothing",
        {"cleaning": CleaningSettings(empty=True, doubles_from=20)},
        "answers that equal another in everything and have at least 20 answers",
    ),
    "leave_to_quote": (
        {},
        "People are not asked whether their own words may be quoted.",
        {"leave_to_quote": {"place": LeaveQuestion(("yes",))}},
        "You’ll be asked if we may quote your own words. If you say no, or skip that question, we won’t.",
    ),
    "publication": (
        {},
        "Numbers about groups",
        {"publication": PublicationSettings("residence", ("place",), ())},
        "Shown by country: 1 question",
    ),
    "translate": (
        {},
        "There is no script",
        {"translate": True},
        "If you let your browser translate these pages, what’s on them may go to the browser’s maker.",
    ),
    "welcome": (
        {},
        "Who is asked: A small study",
        {"welcome": WelcomeSettings("Ours", "A survey of adults.")},
        "Who is asked: A survey of adults.",
    ),
    "after": (
        {},
        "people are not told yet",
        {"after": AfterSettings(date(2028, 1, 31), "https://example.org/x")},
        "The results will be out by 31 January 2028. Anyone can read them here once they’re out: https://example.org/x",
    ),
}
NOT_SAID = {
    "id": "a name for programs",
    "source_language": "the papers are in English, and so are the texts, where the study has it",
    "adaptations": "how a translation says the same",
    "field_period": "from when to when people are asked is in the board's own form",
    "identity": "how a report looks",
    "pooled": "which wordings of a question are counted together is said in the report",
}
"""Settings of which the papers need say nothing."""


def test_every_setting_is_said_or_has_a_reason_not_to_be() -> None:
    assert {one.name for one in fields(Study)} == {*SETTINGS, *NOT_SAID}


@pytest.mark.parametrize("name", SETTINGS)
def test_setting_that_changes_changes_the_papers(name: str) -> None:
    before, gone, after, new = SETTINGS[name]
    texts = said(**before), said(**after)
    assert (gone in texts[0], new in texts[0], new in texts[1]) == (True, False, True)


WITHIN: Mapping[str, Mapping[str, tuple[object, object]]] = {
    "answers": {
        "sensitive": (("place",), ("place", "how_often")),
        "longest_text": (500, 600),
        "strip": ((), (StrippedKind.LINKS,)),
    },
    "disclosure": {
        "smallest_base": (30, 40),
        "smallest_count": (10, 12),
        "noise_variance": (3, 4),
        "noise_bound": (5, 6),
    },
    "help": {
        "countries": (("SE",), ("SE", "FI")),
        "checked_within_months": (12, 6),
        "level": (HelpLevel.FULL, HelpLevel.ANY_COUNTRY),
        "waivers": ((), (WAIVER,)),
        "register": ("", "../register"),
    },
    "links": {"on": (True, False), "partners": ({"k7": "One"}, {})},
    "coming_back": {"pause_days": (14, 7), "withdraw_until": (None, date(2027, 6, 30))},
    "cleaning": {
        "empty": (False, True),
        "flags": ((), ("hidden_field_filled",)),
        "doubles_from": (0, 20),
        "straight_lines": ({}, {"effects": ("a", "b", "c")}),
        "contradictions": ({}, {"told": {"a": ("no",), "b": ("yes",)}}),
    },
    "publication": {"by_country": ((), ("place",)), "by_language": ((), ("place",))},
    "welcome": {"name": ("", "Ours"), "for_whom": ("", "A survey of adults.")},
    "after": {"results_by": (None, date(2028, 1, 31)), "results_at": ("", "https://example.org/x")},
}
WITH_IT: Mapping[str, Mapping[str, object]] = {"links.on": {"partners": {"k7": "One"}}}
"""What has to be there for a part to matter."""
NOT_SAID_WITHIN = {
    "answers.territories": "a list of countries is said by its length",
    "answers.ordered": "how a chart is ordered",
    "answers.open_text": "which questions take free text is told by the form",
    "answers.routing": "how long it takes is told by the form and these",
    "publication.country": "which question the countries are from",
}


def parts_of(name: str) -> set[str]:
    base = getattr(described_source().study, name)
    return {one.name for one in fields(base)}


@pytest.mark.parametrize("name", WITHIN)
def test_every_part_of_a_setting_is_said_or_has_a_reason_not_to_be(name: str) -> None:
    silent = {key.partition(".")[2] for key in NOT_SAID_WITHIN if key.startswith(f"{name}.")}
    assert parts_of(name) == {*WITHIN[name], *silent}


@pytest.mark.parametrize(("name", "part"), [(name, part) for name, parts in WITHIN.items() for part in parts])
def test_part_that_changes_changes_the_papers(name: str, part: str) -> None:
    base = replace(getattr(described_source().study, name), **WITH_IT.get(f"{name}.{part}", {}))
    before, after = (said(**{name: replace(base, **{part: value})}) for value in WITHIN[name][part])
    assert before != after


def test_no_table_of_settings_is_forgotten() -> None:
    study = described_source().study
    assert {one.name for one in fields(study) if is_dataclass(getattr(study, one.name))} - set(WITHIN) == {
        "identity",
        "field_period",
    }


def test_what_holds_no_longer_is_gone() -> None:
    both = {name for name, (_, gone, after, _) in SETTINGS.items() if gone in said(**after)}
    assert both == {"publication", "translate"}


def test_without_pausing_nothing_is_said_of_pause_codes() -> None:
    paused, never = (said(coming_back=ComingBackSettings(days, date(2027, 6, 30))) for days in (14, 0))
    assert "kept locked with a key made from that code alone, for 14 days" in paused
    assert "With a pause code, what you wrote so far is kept here." in paused
    assert "A visit cannot be paused" in never
    assert "This study offers no pausing: what is said of paused visits and pause codes does not apply." in never
    assert "With a pause code, what you wrote" not in never


@pytest.mark.parametrize(
    ("split", "sentence"),
    [
        ("2of3", "The key is split onto 3 sheets of paper, so that any 2 of them together open the answers"),
        ("3of5", "Up to 2 may be lost; if more are, all answers are lost"),
        ("2of2", "If one sheet is lost, all answers are lost"),
        ("whole", "The key is not split. It is one file with a passphrase"),
    ],
)
def test_who_can_read_follows_from_how_the_key_is_split(split: str, sentence: str) -> None:
    facts = ethics_facts({"key.split": split})
    found = papers_by_name(facts)
    assert [name for name in PAPERS if sentence in words_of(found[name])] == list(PAPERS)
    assert all("key.split" not in {one.key for one in paper.blanks} for paper in found.values())


def test_key_whose_split_nobody_said_is_a_blank_in_each_paper() -> None:
    found = papers_by_name(ethics_facts())
    assert [name for name in PAPERS if "key.split" in {one.key for one in found[name].blanks}] == list(PAPERS)
    assert "split onto" not in " ".join(words_of(one).split("Annex:")[0] for one in found.values()).replace(
        "can be split onto sheets, so that no one holder", ""
    )


def test_open_answers_bring_their_own_risks_and_are_stripped_as_set() -> None:
    none = replace(ANSWERS, open_text=(), strip=())
    some = replace(ANSWERS, strip=(StrippedKind.LINKS, StrippedKind.MAIL))
    assert "Nothing is taken out of what they write before it is sealed." in said(answers=none)
    assert "Links and e-mail addresses are taken out before sealing, as far as they are found." in said(answers=some)
    assert "this cannot be switched off for this audience" not in said(answers=some)
    offenders = said(answers=none, audience=Audience.OFFENDERS)
    assert "Links, e-mail addresses, account names and phone numbers, long codes, and names of sites" in offenders
    assert "this cannot be switched off for this audience" in offenders


def test_study_without_an_open_answer_says_so() -> None:
    facts = ethics_facts()
    kept = tuple(one for one in facts.sections if not any(item.own_words for item in one.items))
    found = replace(facts, sections=kept)
    assert "own_words" not in found.risks
    words = words_of(papers_by_name(found)["application"])
    assert "nothing is asked in people's own words" in words
    assert "distress.staff" not in {one.key for one in papers_by_name(found)["application"].blanks}


def test_help_that_is_there_is_listed_and_help_that_is_not_is_said() -> None:
    there = papers_by_name(ethics_facts())["application"]
    assert "A survivor line" in words_of(there)
    assert "On 28 November 2026 this is missing" not in words_of(there)
    gone = words_of(papers_by_name(without_help(ethics_facts()))["application"])
    assert "A survivor line" not in gone
    assert "On 28 November 2026 this is missing, and the survey does not open while it is" in gone
    assert "Sweden: help for survivors of sexual violence, support for victims of crime" in gone


def test_study_that_demands_no_help_is_pointed_out() -> None:
    words = said(help=HelpSettings(level=HelpLevel.NONE), audience=Audience.PUBLIC)
    assert 'demands no services (level = "none"). The board may want to look at that.' in words


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"serving.ways": "onion"}, "the survey is reached over Tor only"),
        ({"serving.ways": "web"}, "The survey is reached by a public address, over an encrypted connection."),
        ({"serving.database": "postgresql"}, "its log shows the order in which answers came within the last day"),
        ({"serving.database": "sqlite"}, "this site’s storage shows when the last answer came"),
    ],
)
def test_how_it_is_served_changes_what_can_be_seen(answer: Mapping[str, str], sentence: str) -> None:
    assert (sentence in said(), sentence in said(answer)) == (False, True)


def test_every_question_is_asked_for_someone_and_by_its_name() -> None:
    studies = (
        ethics_facts(audience=audience, coming_back=ComingBackSettings(14))
        for audience in (Audience.OFFENDERS, Audience.SURVIVORS)
    )
    asked = {one.key for facts in studies for paper in ethics_papers(facts) for one in paper.blanks}
    assert asked == set(ETHICS_QUESTIONS)


def test_every_risk_of_a_study_has_its_judgement_and_no_other_has() -> None:
    facts = ethics_facts(audience=Audience.PUBLIC, languages=ENGLISH_ALONE, coming_back=ComingBackSettings())
    asked = [one.name for one in papers_by_name(facts)["dpia"].blanks if one.table == "risks"]
    assert asked == list(facts.risks)
    assert set(RISKS) - set(asked) == {"codes", "leads", "audiences", "translation"}


def test_answer_takes_the_place_of_its_blank_and_stays_words() -> None:
    facts = ethics_facts({"payments.given": "Nothing.\n\n- <b>no</b> vouchers"})
    paper = papers_by_name(facts)["application"]
    [block] = [one for one in paper.blocks if one.kind == "answer"]
    assert (block.text, block.question.key) == ("Nothing.\n\n- <b>no</b> vouchers", "payments.given")
    assert "payments.given" not in {one.key for one in paper.blanks}


def test_value_is_shown_as_it_is_and_never_read_as_markup() -> None:
    words = said(title="*Ours* <script> [x](https://example.org) {{ f }}")
    assert "Title: *Ours* <script> [x](https://example.org) {{ f }}" in words


def test_practice_edition_says_that_it_protects_nothing() -> None:
    source = replace(described_source(), key=rehearsal_key().public, edition="ab" * 32)
    paper = papers_by_name(study_facts(source, ethics_facts().answers))["application"]
    assert paper.notes[0].startswith("This paper is of a practice edition: its key protects nothing")
    assert "Made from the edition abababababababab" in paper.notes[1]


def test_threat_model_is_annexed_word_for_word() -> None:
    model = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
    lines = script("threat_excerpt").lines(ROOT)
    who = [line.removeprefix("#### ") for line in lines if line.startswith("#### ")]
    assert len(who) == model.split("## Who can learn what")[1].split("\n## ")[0].count("\n| **")
    annex = words_of(papers_by_name(ethics_facts())["dpia"]).split("Annex: the threat model, word for word")[1]
    assert [one for one in who if one.replace("*", "") not in annex] == []
    assert "a machine that was honest when you sent cannot give you away afterwards" in annex
