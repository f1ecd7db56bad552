"""The questionnaire as a document: every page, who sees what, and what becomes of an answer."""

from __future__ import annotations

from pathlib import Path

from kuule.booklet.booklet_document import BookletHeading, BookletQuestion, BookletRemark, BookletText
from kuule.booklet.questionnaire_booklet import page_routes, questionnaire_booklet
from kuule.usecases.authoring.print_booklets import read_booklet_source
from tests.booklet.printed_study import printed_source, routes, sentence
from tests.study.media.study import make_media_study
from tests.study.small_study import FORM

GROUPED = FORM.replace(
    "| | begin_group | page_where | | | ${way} = 'go_on' | | field-list |",
    "| | begin_group | inner | | | ${way} = 'go_on' | | |\n| | begin_group | page_where | | | | | field-list |",
).replace(
    "| | select_one how_often | how_often | How often did it happen? | | selected(${place}, 'home') | | |",
    "| | end_group | | | | | | |\n"
    "| | select_one how_often | how_often | You said ${place}. How often? | | selected(${place}, 'home') | | |",
)


def test_every_question_and_note_is_there_in_order() -> None:
    document = questionnaire_booklet(printed_source())
    asked = [(one.number, one.name) for one in document.blocks if isinstance(one, BookletQuestion)]
    assert asked == [
        *enumerate(("consent", "adult", "age_band", "residence", "years", "way", "place", "how_often", "wish"), 1)
    ]
    notes = [one.text for one in document.blocks if isinstance(one, BookletText) and one.name]
    assert notes == ["This is a survey for **adults**.", "The next page asks where it happened."]


def test_pages_are_numbered_within_their_sections() -> None:
    headings = [one for one in questionnaire_booklet(printed_source()).blocks if isinstance(one, BookletHeading)]
    assert [one.before or one.text for one in headings] == [
        "The first page",
        "Before you begin", "Page 1", "Page 2",
        "About you", "Page 3", "Page 4",
        "What happened", "Page 5", "Page 6",
        "Your own words", "Page 7",
    ]  # fmt: skip


def test_routes_gates_and_marks_are_said_in_words() -> None:
    document = questionnaire_booklet(printed_source())
    gate = "Only whoever answers “Yes” goes on. For anybody else the survey ends here, and nothing is kept."
    said = routes(document)
    assert said["consent"] == [gate]
    assert said["how_often"] == [
        "Shown if “At home” is among the answers to question 7 (“Where did it happen?”).",
        "It is marked as sensitive.",
    ]
    assert "Shown if question 6 (“What would you like to do?”) is “Go on”." in [
        sentence(one) for one in document.blocks if isinstance(one, BookletRemark)
    ]


def test_condition_of_several_pages_is_said_once_before_them() -> None:
    document = questionnaire_booklet(printed_source(GROUPED))
    remarks = [sentence(one) for one in document.blocks if isinstance(one, BookletRemark)]
    assert remarks[-2:] == [
        "Pages 6 to 7 are shown if question 6 (“What would you like to do?”) is “Go on”.",
        "Shown if “At home” is among the answers to question 7 (“Where did it happen?”).",
    ]
    [asked] = [one for one in document.blocks if isinstance(one, BookletQuestion) and one.name == "how_often"]
    assert asked.label == "You said [answer 7]. How often?"
    route = page_routes(printed_source(GROUPED))["/data/happened/inner/how_often"]
    assert "".join(span.text for span in route) == (
        "question 6 (“What would you like to do?”) is “Go on”; and if"
        " “At home” is among the answers to question 7 (“Where did it happen?”)"
    )


def test_other_language_has_its_own_words_and_those_of_the_source_for_the_rest() -> None:
    document = questionnaire_booklet(printed_source(tag="sv"))
    said = {one.name: (one.label, one.tag) for one in document.blocks if isinstance(one, BookletQuestion)}
    assert (said["age_band"], said["years"]) == (
        ("sv: How old are you?", "sv"),
        ("For how many years have you lived there?", "en"),
    )


def test_countries_are_a_sentence() -> None:
    document = questionnaire_booklet(printed_source())
    [asked] = [one for one in document.blocks if isinstance(one, BookletQuestion) and one.name == "residence"]
    [remark] = asked.remarks
    assert sentence(remark).startswith("A list of 4 countries and territories, as the Unicode CLDR")
    assert [choice for choice in asked.choices if choice in ("Finland", "Sweden")] == []


def test_pictures_and_sounds_are_said(tmp_path: Path) -> None:
    document = questionnaire_booklet(read_booklet_source(make_media_study(tmp_path), "en"))
    said = routes(document)
    assert said["door_note"] == [
        "A picture stands beside it: “A green door that stands open”.",
        "It can be listened to.",
    ]
    assert said["house"] == ["A picture stands beside it."]
