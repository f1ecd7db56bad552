"""The study that ships: whole, kind, complete in each language, and walked from its first page to its end."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kuule.core.problems import Problem, Severity
from kuule.forms.compile.form import Form
from kuule.forms.compile.items import Item
from kuule.forms.inspection.answering_time import minutes_by_choice
from kuule.forms.model.controls import Control
from kuule.forms.model.text_keys import choice_text_key
from kuule.forms.navigation.journey import Ending, Gate, Journey
from kuule.forms.navigation.page import Note, Page, Question
from kuule.forms.navigation.visit import Move, Visit
from kuule.forms.record import build_record
from kuule.languages.cldr.tags import find_language
from kuule.languages.cldr.territories import territory_names
from kuule.languages.terminology.glossary import read_glossary
from kuule.languages.terminology.verdict_words import verdicts_in, verdicts_of
from kuule.languages.workflow.entries import Catalogue
from kuule.languages.workflow.states import State, TextOrigin
from kuule.publishing.template.template_reader import read_template
from kuule.rehearsal.rehearsal_settings import read_rehearsal_settings
from kuule.study.folder.report_text import is_report_key, is_survey_key
from kuule.study.folder.study_folder import StudyFolder
from kuule.tables.missing import DO_NOT_KNOW, PREFER_NOT_TO_SAY
from kuule.tables.request import LANGUAGE
from tests.study.reading import check_study, read_complete_folder

STUDY = Path(__file__).parents[2] / "studies" / "our-voice"
TODAY = date(2026, 11, 24)
RESERVED = frozenset({PREFER_NOT_TO_SAY, DO_NOT_KNOW})

FRAME = frozenset({"consent", "adult", "path"})
"""Questions of the survey itself, with the ways round: not among the "about 45" and "about twelve"."""

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
BLOCK = frozenset({"kinds", "first_age", "what_ended", "who", "act_country", "settings", "online_any", "images_shared"})
"""Some question of each page on what happened, by whom, where and online."""

IDENTITY = re.compile(
    r"\b(name|names|e-?mail|address|phone number|birthday|date of birth|born|town|city|village|postcode|signature)\b",
    re.IGNORECASE,
)
LEAVING_OUT = re.compile(r"(\b(not|never|no|without|leave out|only by role|nobody)|n['’]t)\b", re.IGNORECASE)
LANGUAGES = tuple(tag for tag in tomllib.loads((STUDY / "study.toml").read_text("utf-8"))["languages"] if tag != "en")
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
def study() -> StudyFolder:
    return read_complete_folder(STUDY)


@cache
def problems() -> list[Problem]:
    return check_study(STUDY)


@dataclass(slots=True)
class Walk:
    """A person's way through the study: what they were shown, in order, and where it ended."""

    asked: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    visit: Visit | None = None
    ending: Ending | None = None

    @property
    def questions(self) -> list[str]:
        return [name for name in self.asked if name not in FRAME and name not in HARD.values()]

    def page_of(self, name: str) -> Page:
        return next(page for page in self.pages if name in [name_of(question.path) for question in page.questions])

    def label_of(self, name: str) -> str:
        return next(q.label for page in self.pages for q in page.questions if name_of(q.path) == name)


def name_of(path: str) -> str:
    return path.rpartition("/")[2]


def surveyed(tag: str) -> Catalogue:
    """A language's texts of the survey; the report's are held to `test_report_is_whole_in_a_language_or_not_begun`."""
    return study().catalogues[tag].select(is_survey_key)


def texts_in(tag: str) -> Mapping[str, str]:
    return {} if tag == "en" else surveyed(tag).texts


def journey(tag: str = "en") -> Journey:
    gates = tuple(Gate(gate.name, gate.question, gate.answer) for gate in study().settings.gates.values())
    return Journey(study().form, texts_in(tag), gates=gates)


def answer(question: Question, said: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """What this person says, else the first answer that is one; () passes over."""
    name = name_of(question.path)
    if name in said:
        return said[name]
    return next(((choice.value,) for choice in question.choices if choice.value not in RESERVED), ())


def walk(said: Mapping[str, Sequence[str]], tag: str = "en") -> Walk:
    """From the first page to the end by "continue"; a page shown again with a follow-up is answered again."""
    way, steps = journey(tag), Walk()
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


def form() -> Form:
    return study().form


def asked_items() -> tuple[Item, ...]:
    return tuple(item for item in form().items if item.control is not None)


def item(name: str) -> Item:
    return next(each for each in form().items if each.name == name)


def codes(name: str) -> tuple[str, ...]:
    return tuple(choice.value for choice in item(name).choices)


def errors(problems: Sequence[Problem]) -> list[str]:
    return [str(problem) for problem in problems if problem.severity is Severity.ERROR]


def sources() -> Iterator[tuple[str, str]]:
    return ((source.key, source.text) for source in study().sources if is_survey_key(source.key))


def test_study_checked_has_no_error() -> None:
    assert errors(problems()) == []


def test_long_path_asks_about_45_questions() -> None:
    walked = walk(EVERYTHING)

    assert walked.ending == Ending("end")
    assert 45 <= len(walked.questions) <= 49


def test_long_path_without_follow_ups_asks_about_45_questions() -> None:
    said = {**EVERYTHING, "online_any": ("no",), "online_kinds": (), "kinds": ("in_person",), "reported": ("no",)}
    walked = walk(said)

    assert 40 <= len(walked.questions) <= 46
    assert "online_kinds" not in walked.asked
    assert "report_barriers" in walked.asked


def test_short_path_asks_about_twelve_questions() -> None:
    walked = walk(SHORT)

    assert walked.ending == Ending("end")
    assert walked.questions == [
        "age_band", "gender", "residence", "kinds", "first_age", "who", "act_country", "told", "helped", "demand",
        "wish", "quote_ok",
    ]  # fmt: skip


STATED = {"ten minutes": 10, "twenty-five minutes": 25}


def test_minutes_that_the_choice_of_a_path_states_are_those_that_the_form_takes() -> None:
    """The first page measures them; the labels of the two paths have to say the same."""
    labels = [choice.label for choice in next(item for item in form().items if item.name == "path").choices]
    stated = [minutes for label in labels for words, minutes in STATED.items() if label.endswith(words)]
    settings = study().settings
    given = {gate.question: gate.answer for gate in settings.gates.values()}
    assert stated == list(minutes_by_choice(form(), ways=settings.answers.routing, given=given))


@pytest.mark.parametrize("said", [EVERYTHING, SHORT])
def test_after_the_hard_block_it_is_said_once_that_it_is_over(said: Mapping[str, Sequence[str]]) -> None:
    pages = walk(said).pages
    told = [
        at
        for at, page in enumerate(pages)
        for part in page.parts
        if isinstance(part, Note) and "are behind you" in part.label
    ]
    last = max(at for at, page in enumerate(pages) for question in page.questions if name_of(question.path) in BLOCK)
    assert told == [last + 1]


def test_short_path_questions_are_all_on_the_long_path() -> None:
    assert set(walk(SHORT).questions) - set(walk(EVERYTHING).questions) == set()


def test_path_not_chosen_is_the_short_one() -> None:
    assert walk({**SHORT, "path": ()}).questions == walk(SHORT).questions


def test_only_consent_and_age_are_required() -> None:
    assert [each.name for each in form().items if each.required] == ["consent", "adult"]


def test_everything_else_can_be_passed_over() -> None:
    walked = walk({**dict.fromkeys((each.name for each in asked_items()), ()), "consent": ("yes",), "adult": ("yes",)})

    assert walked.ending == Ending("end")
    assert [page.key for page in walked.pages if not page.can_pass] == [page.key for page in walked.pages[:2]]


@pytest.mark.parametrize(("question", "gate"), [("consent", "consent"), ("adult", "age")])
def test_gate_answered_no_ends_the_visit(question: str, gate: str) -> None:
    walked = walk({**EVERYTHING, question: ("no",)})

    assert walked.ending == Ending("stopped", gate)
    assert walked.questions == []


def test_gates_stand_alone_on_the_first_two_pages() -> None:
    pages = walk(EVERYTHING).pages

    assert [[name_of(q.path) for q in page.questions] for page in pages[:2]] == [["consent"], ["adult"]]


@pytest.mark.parametrize("way", HARD.values())
def test_hard_section_begins_with_a_note_and_a_way_round(way: str) -> None:
    page = walk(EVERYTHING).page_of(way)

    kinds = [type(part) for part in page.parts if isinstance(part, Note | Question)]
    assert (kinds[0], kinds[-2:]) == (Note, [Note, Question])
    assert codes(way) == ("go_on", "pass_over")


@pytest.mark.parametrize("section", HARD)
@pytest.mark.parametrize("chosen", [("pass_over",), ()], ids=["passed over", "nothing chosen"])
def test_hard_section_not_gone_into_asks_nothing(section: str, chosen: tuple[str, ...]) -> None:
    walked = walk({**EVERYTHING, HARD[section]: chosen})
    inside = {each.name for each in asked_items() if f"/{section}/" in each.path and "_questions/" in each.path}

    assert inside
    assert inside & set(walked.asked) == set()
    assert walked.ending == Ending("end")


def test_hard_questions_of_the_short_path_have_one_way_round() -> None:
    walked = walk({**SHORT, "way_happened": ("pass_over",)})

    assert {"kinds", "first_age", "who", "act_country"} & set(walked.asked) == set()
    assert "told" in walked.asked


def test_follow_up_appears_on_its_own_page() -> None:
    way = journey()
    walked = walk(EVERYTHING)
    page = walked.page_of("how_often")
    field_of = {name_of(question.path): question.field for question in page.questions}
    visit = Visit(page=page.key, seed=7, answers={k: v for k, v in _answers(walked).items() if "how_" not in k})
    step = way.step(visit, Move.NEXT, page.key, {field_of["how_often"]: ["many_times"]}, today=TODAY)

    assert step.page is not None
    assert step.page.key == page.key
    assert [name_of(question.path) for question in step.page.questions if question.fresh] == ["how_long"]


def test_quoting_is_asked_only_of_those_who_wrote() -> None:
    assert "quote_ok" in walk(EVERYTHING).asked
    assert "quote_ok" not in walk({**EVERYTHING, "wish": ()}).asked


@pytest.mark.parametrize("code", ["once", PREFER_NOT_TO_SAY])
def test_length_is_not_asked_where_it_does_not_fit(code: str) -> None:
    assert "how_long" not in walk({**EVERYTHING, "how_often": (code,)}).asked


@pytest.mark.parametrize("tag", ["en", *LANGUAGES])
def test_chosen_demand_is_named_in_the_language_of_the_page(tag: str) -> None:
    key = choice_text_key("demand", "recognition")
    chosen = {**dict(sources()), **texts_in(tag)}[key]
    shown = walk(EVERYTHING, tag).label_of("demand_met").replace("\\", "")

    assert chosen in shown
    assert "${" not in shown


def test_country_of_residence_country_of_the_act_and_language_are_three_things() -> None:
    walked = walk({**EVERYTHING, "residence": ("SE",), "act_country": ("JO",)}, "ar")
    assert walked.visit is not None
    kept = build_record(
        form(), walked.visit, study="our-voice", edition="0" * 64, language="ar", link="", week="2026-W48", today=TODAY
    )
    answers = {name_of(path): value for path, value in kept.answers.items()}

    assert (answers["residence"], answers["act_country"], kept.language) == ("SE", "JO", "ar")


def test_countries_are_those_that_have_a_name_in_every_language() -> None:
    assert set(codes("residence")) == {*territory_names("en"), PREFER_NOT_TO_SAY}
    assert codes("act_country") == codes("residence")


@pytest.mark.parametrize("group", ["residence_region", "act_region"])
def test_every_country_stands_in_one_region(group: str) -> None:
    members = study().settings.groups[group].members
    named = [code for member in members for code in member.values]

    assert len(named) == len(set(named))
    assert set(territory_names("en")) - set(named) == {"AQ", "BV", "GS", "HM", "IO", "TF", "UM"}
    assert [member.name for member in members if member.rest] == ["elsewhere"]


def test_controls_ask_for_nothing_but_choices_and_one_text() -> None:
    texts = [each.name for each in asked_items() if each.control not in (Control.SELECT_ONE, Control.SELECT_MANY)]

    assert texts == ["wish"]
    assert study().settings.answers.open_text == ("wish",)


def test_no_text_asks_who_someone_is() -> None:
    sentences = [(key, part) for key, text in sources() for part in re.split(r"(?<=[.?!:]) ", text)]
    speaking = [(key, part) for key, part in sentences if IDENTITY.search(part) and key.startswith("form:")]

    assert len(speaking) >= 4
    assert [(key, part) for key, part in speaking if not LEAVING_OUT.search(part)] == []


@pytest.mark.parametrize("tag", ["en", *LANGUAGES])
def test_no_text_judges_or_commands(tag: str) -> None:
    texts = {**dict(sources()), **texts_in(tag)}

    assert verdicts_of(tag)
    # Answers are what people say of themselves, and may hold such a word.
    said = {key: text for key, text in texts.items() if not key.startswith("choice:")}
    assert [(key, text) for key, text in said.items() if verdicts_in(text, tag)] == []


def test_sentences_are_short() -> None:
    sentences = [part for key, text in sources() if key.startswith("form:") for part in re.split(r"(?<=[.?!]) ", text)]

    assert [part for part in sentences if len(part.split()) > 22] == []


def test_reserved_answers_come_last() -> None:
    for each in asked_items():
        reserved = [code in RESERVED for code in codes(each.name)]
        assert reserved == sorted(reserved), each.name


@pytest.mark.parametrize("tag", LANGUAGES)
def test_translation_is_whole_and_marked_as_made_by_a_machine(tag: str) -> None:
    catalogue = surveyed(tag)
    entries = catalogue.entries.values()

    assert [entry.key for entry in entries if not entry.text] == []
    assert {(entry.state, entry.origin, entry.stale) for entry in entries} == {
        (State.DRAFT_ONE, TextOrigin.MACHINE, False)
    }
    assert catalogue.obsolete == ()
    assert catalogue.metadata["X-Kuule-Translation-Origin"] == "machine"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_report_is_whole_in_a_language_or_not_begun(tag: str) -> None:
    entries = study().catalogues[tag].select(is_report_key).entries.values()
    standing = {(entry.state, entry.origin, entry.stale) for entry in entries}

    begun = {(State.DRAFT_ONE, TextOrigin.MACHINE, False)}
    assert standing in (begun, {(State.UNTRANSLATED, TextOrigin.PERSON, False)})


@pytest.mark.parametrize("tag", LANGUAGES)
def test_translation_differs_from_english_but_for_words_that_are_the_same(tag: str) -> None:
    entries = surveyed(tag).entries.values()

    assert {entry.text for entry in entries if entry.text == entry.source} == SAME.get(tag, set())


def test_translations_pass_every_check_and_the_glossary_has_each_language() -> None:
    found = [each for each in problems() if each.code.startswith("LANG")]

    # A report that nobody has translated yet is in the source language, and every other text is whole.
    assert [str(each) for each in found if each.code != "LANG_021"] == []
    assert {term.language for term in read_glossary(STUDY / "glossary.csv").terms} == set(LANGUAGES)


def test_arabic_is_written_in_arabic_and_read_from_the_right() -> None:
    texts = {entry.key: re.sub(r"\$\{\w+\}", "", entry.text) for entry in surveyed("ar").entries.values()}

    assert find_language("ar").direction == "rtl"
    assert [key for key, text in texts.items() if not re.search(r"[\u0621-\u064a]", text)] == []
    assert [key for key, text in texts.items() if re.search(r"[A-Za-z]", text)] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_translation_keeps_outputs_and_emphasis(tag: str) -> None:
    def marks(text: str) -> tuple[list[str], int]:
        return re.findall(r"\$\{\s*([^{}\s]+)\s*\}", text), text.count("**")

    changed = {entry.key for entry in surveyed(tag).entries.values() if marks(entry.text) != marks(entry.source)}
    assert changed == set()


@pytest.mark.parametrize("tag", LANGUAGES)
def test_translation_keeps_answers_of_a_list_apart(tag: str) -> None:
    texts = surveyed(tag).texts
    for each in asked_items():
        labels = [texts[key] for code in codes(each.name) if (key := choice_text_key(each.list_name, code)) in texts]
        assert len(labels) == len(set(labels)), each.name


@pytest.mark.parametrize("tag", LANGUAGES)
def test_page_shows_no_english(tag: str) -> None:
    english = {text for _, text in sources()} - SAME.get(tag, set()) - LOOKS_ENGLISH.get(tag, set())
    walked = walk(EVERYTHING, tag)
    shown = {part.label for page in walked.pages for part in page.parts if isinstance(part, Note | Question)}
    shown |= {page.section for page in walked.pages}
    shown |= {choice.label for page in walked.pages for q in page.questions for choice in q.choices}

    assert shown & english == set()


def test_report_asks_for_what_the_study_has() -> None:
    template = read_template(study().report)
    known = {each.name: set(codes(each.name)) for each in asked_items()}
    cuts = {LANGUAGE, *known, *study().settings.groups}

    assert {request.item for request in template.requests} - set(known) == set()
    assert {request.cut for request in template.requests if request.cut} - cuts == set()
    assert [n for n in template.numbers if n.answer and n.answer not in known[n.item]] == []
    assert len({figure.request.item for figure in template.figures}) >= 15


def test_report_counts_no_open_text_and_begins_with_survivors() -> None:
    template = read_template(study().report)
    report = study().report

    assert "wish" not in {request.item for request in template.requests}
    assert 0 < report.index("If you want to talk to someone") < report.index("```figure")
    assert 0 < report.index("Not how common sexual violence is") < report.index("```figure")


def test_rehearsal_gives_weights_to_every_question_and_to_its_answers_only() -> None:
    weights = read_rehearsal_settings(study().rehearsal)
    choosing = [each.name for each in asked_items() if each.choices]

    assert sorted(weights.answers) == sorted(choosing)
    assert {name: set(shares) - set(codes(name)) for name, shares in weights.answers.items()} == {
        name: set() for name in choosing
    }
    assert set(weights.texts) - {""} == set(study().settings.languages)


def _answers(walked: Walk) -> Mapping[str, str]:
    assert walked.visit is not None
    return walked.visit.answers
