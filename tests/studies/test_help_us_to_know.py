"""The second study that ships: whole, kind, and walked from its first page to its end. It asks for no fact that anybody
would have to report."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest

from kuule.core.problems import Severity
from kuule.forms.inspection.answering_time import minutes_by_choice
from kuule.forms.model.controls import Control
from kuule.forms.navigation.journey import Ending
from kuule.forms.navigation.page import Note, Question
from kuule.publishing.template.template_reader import read_template
from kuule.study.settings.rehearsal_settings import read_rehearsal_settings
from kuule.study.settings.study_settings import Audience
from kuule.tables.request import LANGUAGE
from tests.studies import shipped_study
from tests.studies.second_study import EVERYTHING, SHORT, STUDY, WAYS
from tests.studies.shipped_study import RESERVED, Walk, asked_items, codes, form, problems, study, walk

STATED = {"ten minutes": 10, "twenty minutes": 20}
HELP = "is at the top of every page."
IDENTIFYING = re.compile(r"\b(name|names|links?|places|where you are|any one (image|child))\b", re.IGNORECASE)
LEAVING_OUT = re.compile(r"(\b(not|never|no|nobody|nothing|without)\b|n['’]t\b|are taken out)", re.IGNORECASE)
JUDGING = re.compile(
    r"\b(offenders?|perpetrators?|p(a)?edophiles?|criminals?|illegal|crimes?|victims?|abus\w+|porn\w*|prostitut\w*|"
    r"evil|sick|monsters?|should be ashamed)\b",
    re.IGNORECASE,
)


def journey(said: Mapping[str, Sequence[str]]) -> Walk:
    return walk(said, folder=STUDY)


def texts() -> list[tuple[str, str]]:
    return list(shipped_study.sources(STUDY))


def test_study_checked_has_no_error_and_only_people_can_do_what_is_left() -> None:
    found = problems(STUDY)
    assert [str(each) for each in found if each.severity is Severity.ERROR] == []
    assert {each.code for each in found} <= {"STUDY_315"}


def test_it_is_for_adults_of_the_other_audience_and_nobody_can_come_back() -> None:
    settings = study(STUDY).settings
    assert (settings.audience, settings.minimum_age) == (Audience.OFFENDERS, 18)
    assert settings.coming_back.pause_days == 0
    assert settings.answers.territories == ()


def test_long_survey_asks_about_thirty_questions() -> None:
    walked = journey(EVERYTHING)
    assert walked.ending == Ending("end")
    assert 28 <= len(walked.questions) <= 34


def test_short_survey_asks_about_fifteen_questions_all_of_which_the_long_one_has() -> None:
    walked = journey(SHORT)
    assert walked.ending == Ending("end")
    assert walked.questions == [
        "age_band", "gender", "region", "first_seen", "first_how", "last_time", "frequency", "want_stop", "tried",
        "sought", "got_help", "help_barriers", "help_wanted", "thinking", "answered_before", "wish",
    ]  # fmt: skip
    assert set(walked.questions) <= set(journey(EVERYTHING).questions)


def test_path_not_chosen_is_the_short_one() -> None:
    assert journey({**SHORT, "path": ()}).questions == journey(SHORT).questions


def test_minutes_that_the_choice_of_a_path_states_are_those_that_the_form_takes() -> None:
    labels = [choice.label for choice in shipped_study.item("path", STUDY).choices]
    stated = [minutes for label in labels for words, minutes in STATED.items() if label.endswith(words)]
    settings = study(STUDY).settings
    given = {gate.question: gate.answer for gate in settings.gates.values()}
    assert stated == list(minutes_by_choice(form(STUDY), ways=settings.answers.routing, given=given))


def test_everything_but_consent_and_age_can_be_skipped() -> None:
    assert [each.name for each in form(STUDY).items if each.required] == ["consent", "adult"]
    nothing = dict.fromkeys((each.name for each in asked_items(STUDY)), ())
    walked = journey({**nothing, "consent": ("yes",), "adult": ("yes",)})
    assert walked.ending == Ending("end")
    assert [page.key for page in walked.pages if not page.can_pass] == [page.key for page in walked.pages[:2]]


@pytest.mark.parametrize(("question", "gate"), [("consent", "consent"), ("adult", "age")])
def test_gate_answered_no_ends_the_visit(question: str, gate: str) -> None:
    walked = journey({**EVERYTHING, question: ("no",)})
    assert (walked.ending, walked.questions) == (Ending("stopped", gate), [])


@pytest.mark.parametrize("way", WAYS.values())
def test_harder_section_begins_with_a_note_and_a_way_round(way: str) -> None:
    page = journey(EVERYTHING).page_of(way)
    kinds = [type(part) for part in page.parts if isinstance(part, Note | Question)]
    assert kinds[-2:] == [Note, Question]
    assert codes(way, STUDY) == ("go_on", "pass_over")


@pytest.mark.parametrize("section", WAYS)
@pytest.mark.parametrize("chosen", [("pass_over",), ()], ids=["skipped", "nothing chosen"])
def test_harder_section_not_gone_into_asks_nothing(section: str, chosen: tuple[str, ...]) -> None:
    walked = journey({**EVERYTHING, WAYS[section]: chosen})
    inside = {each.name for each in asked_items(STUDY) if f"/{section}_questions/" in each.path}
    assert inside
    assert inside & set(walked.asked) == set()
    assert walked.ending == Ending("end")


@pytest.mark.parametrize("name", ["afraid", "hurt_self"])
@pytest.mark.parametrize("given", ["never", "not", "often", "every"])
def test_help_beside_a_hard_question_is_there_whatever_is_answered(name: str, given: str) -> None:
    page = journey({**EVERYTHING, name: (given,) if given in codes(name, STUDY) else ()}).page_of(name)
    assert [part.label for part in page.parts if isinstance(part, Note) and HELP in part.label] != []


def test_nobody_who_never_looked_is_asked_what_it_was_like() -> None:
    like = {"feelings_first", "last_time", "frequency", "duration", "moments", "feelings_after"}
    for said in (EVERYTHING, SHORT):
        assert like & set(journey({**said, "first_seen": ("never",)}).asked) == set()
    assert like <= set(journey(EVERYTHING).asked)


def test_who_saw_and_never_looked_is_not_asked_what_goes_on_before_and_after() -> None:
    saw = journey({**EVERYTHING, "first_seen": ("13_to_15",), "last_time": ("never",)}).asked
    assert {"feelings_first", "last_time"} <= set(saw)
    assert {"duration", "moments", "feelings_after"} & set(saw) == set()


def test_no_answer_dates_what_somebody_did_to_less_than_a_month() -> None:
    """The week in which an answer was sent is sealed with it."""
    assert codes("last_time", STUDY)[:3] == ("this_month", "this_year", "longer")
    labels = [text for key, text in texts() if key.startswith("choice:last_time/")]
    assert labels[0] == "In the last month"
    assert [text for text in labels if re.search(r"\b(days?|weeks?|hours?|today|yesterday)\b", text)] == []


def test_only_who_looked_for_help_is_asked_whether_it_was_there() -> None:
    assert "got_help" not in journey({**EVERYTHING, "sought": ("no",)}).asked


def test_controls_ask_for_nothing_but_choices_and_one_text() -> None:
    typed = [one.name for one in asked_items(STUDY) if one.control not in (Control.SELECT_ONE, Control.SELECT_MANY)]
    assert typed == ["wish"]
    assert study(STUDY).settings.answers.open_text == ("wish",)


def test_no_text_asks_for_an_identifying_fact() -> None:
    sentences = [(key, part) for key, text in texts() for part in re.split(r"(?<=[.?!:]) ", text)]
    speaking = [(key, part) for key, part in sentences if IDENTIFYING.search(part) and key.startswith("form:")]
    assert len(speaking) >= 4
    assert [(key, part) for key, part in speaking if not LEAVING_OUT.search(part)] == []


def test_no_text_of_survey_or_report_judges_or_threatens() -> None:
    said = [*texts(), ("report.md", study(STUDY).report)]
    assert [(key, JUDGING.findall(text)) for key, text in said if JUDGING.search(text)] == []


def test_sentences_are_short() -> None:
    sentences = [part for key, text in texts() if key.startswith("form:") for part in re.split(r"(?<=[.?!]) ", text)]
    assert [part for part in sentences if len(part.split()) > 22] == []


def test_reserved_answers_come_last() -> None:
    for each in asked_items(STUDY):
        reserved = [code in RESERVED for code in codes(each.name, STUDY)]
        assert reserved == sorted(reserved), each.name


def test_report_asks_for_what_the_study_has_and_begins_with_help() -> None:
    report = study(STUDY).report
    template = read_template(report)
    known = {each.name: set(codes(each.name, STUDY)) for each in asked_items(STUDY)}
    cuts = {LANGUAGE, *known, *study(STUDY).settings.groups}
    assert {request.item for request in template.requests} - set(known) == set()
    assert {request.cut for request in template.requests if request.cut} - cuts == set()
    assert [n for n in template.numbers if n.answer and n.answer not in known[n.item]] == []
    assert "wish" not in {request.item for request in template.requests}
    assert 0 < report.index("First, where to get help") < report.index("```figure")
    assert 0 < report.index("Languages are not countries") < report.index("by: @language")


def test_rehearsal_gives_weights_to_every_question_and_to_its_answers_only() -> None:
    weights = read_rehearsal_settings(study(STUDY).rehearsal)
    choosing = [each.name for each in asked_items(STUDY) if each.choices]
    assert sorted(weights.answers) == sorted(choosing)
    assert [name for name, shares in weights.answers.items() if set(shares) - set(codes(name, STUDY))] == []
    assert set(weights.texts) - {""} == set(study(STUDY).settings.languages)
