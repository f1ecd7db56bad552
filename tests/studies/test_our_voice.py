"""The study that ships: whole, kind, and walked from its first page to its end. Its translations are tried beside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest

from kuule.core.problems import Problem, Severity
from kuule.forms.inspection.answering_time import minutes_by_choice
from kuule.forms.model.controls import Control
from kuule.forms.navigation.journey import Ending
from kuule.forms.navigation.page import Note, Question
from kuule.forms.navigation.visit import Move, Visit
from kuule.forms.record import build_record
from kuule.languages.cldr.territories import territory_names
from kuule.publishing.template.template_reader import read_template
from kuule.study.settings.rehearsal_settings import read_rehearsal_settings
from kuule.tables.missing import PREFER_NOT_TO_SAY
from kuule.tables.request import LANGUAGE
from tests.studies.shipped_study import (
    EVERYTHING,
    HARD,
    RESERVED,
    SHORT,
    TODAY,
    Walk,
    asked_items,
    codes,
    form,
    journey,
    name_of,
    problems,
    sources,
    study,
    walk,
)

BLOCK = frozenset({"kinds", "first_age", "what_ended", "who", "act_country", "settings", "online_any", "images_shared"})
"""Some question of each page on what happened, by whom, where and online."""

IDENTITY = re.compile(
    r"\b(name|names|e-?mail|address|phone number|birthday|date of birth|born|town|city|village|postcode|signature)\b",
    re.IGNORECASE,
)
LEAVING_OUT = re.compile(r"(\b(not|never|no|without|leave out|only by role|nobody)|n['’]t)\b", re.IGNORECASE)


def errors(problems: Sequence[Problem]) -> list[str]:
    return [str(problem) for problem in problems if problem.severity is Severity.ERROR]


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


def test_the_first_page_that_can_be_skipped_is_the_one_after_the_gates() -> None:
    pages = walk(EVERYTHING).pages

    assert [page.key for page in pages if page.first_to_pass] == [pages[2].key]


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


def test_sentences_are_short() -> None:
    sentences = [part for key, text in sources() if key.startswith("form:") for part in re.split(r"(?<=[.?!]) ", text)]

    assert [part for part in sentences if len(part.split()) > 22] == []


def test_reserved_answers_come_last() -> None:
    for each in asked_items():
        reserved = [code in RESERVED for code in codes(each.name)]
        assert reserved == sorted(reserved), each.name


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
