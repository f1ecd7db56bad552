"""`kuule check --against`: what changed since an edition, each with its row, and what must not change."""

# ruff: noqa: E501  # a case is one line, so that cases can be compared

import pytest

from tests.study.reading import check_study
from tests.study.small_study import FORM, SETTINGS, make_edition, make_study

ENGLISH = SETTINGS.replace("sv = {", "# sv = {").replace("ar = {", "# ar = {")
CHANGES = {"STUDY_316", "STUDY_325", "STUDY_326", "STUDY_327", "STUDY_328", "STUDY_329"}
YEARS = "| | integer | years | For how many years have you lived there? | | | | |\n"


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    return make_edition(tmp_path_factory.mktemp("earlier"), languages={}, settings=ENGLISH)


def changes(folder, edition, form, **study):
    """(code, severity, row, cause) of what changed."""
    path = make_study(folder, form=form, languages={}, **({"settings": ENGLISH} | study))
    return [
        (problem.code, str(problem.severity), problem.place.partition(", ")[2], problem.cause)
        for problem in check_study(path, edition)
        if problem.code in CHANGES
    ]


def replaced(before, after):
    assert before in FORM
    return FORM.replace(before, after)


def test_same_study_has_no_changes(tmp_path, edition):
    assert changes(tmp_path, edition, FORM) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("How old are you?", "What is your age?", ("STUDY_325", "warning", "survey, row 13", "the label of 'age_band' was 'How old are you?', and is 'What is your age?' now")),
        ("Choose one.", "Pick one.", ("STUDY_325", "warning", "survey, row 13", "the hint of 'age_band' was 'Choose one.', and is 'Pick one.' now")),
        ("| At home |", "| Where you live |", ("STUDY_325", "warning", "choices, row 14", "the answer 'place/home' was 'At home', and is 'Where you live' now")),
        (YEARS, f"{YEARS}| | integer | months | How many months? | | | | |\n", ("STUDY_326", "warning", "survey, row 18", "'months' is new since the earlier edition")),
        (YEARS, "| | note | thanks | Thank you. | | | | |\n", ("STUDY_326", "warning", "", "'years' was in the earlier edition, and is not now")),
        ("| | place | school | At school |\n", "| | place | school | At school |\n| | place | club | At a club |\n", ("STUDY_327", "warning", "survey, row 26", "'place' offers club, which the earlier edition did not")),
        ("selected(${place}, 'home')", "selected(${place}, 'school')", ("STUDY_328", "warning", "survey, row 27", "the relevance of 'how_often' was selected( /data/happened/page_where/place , 'home'), and is selected( /data/happened/page_where/place , 'school') now")),
        (" | ${way} = 'go_on' | ", " | | ", ("STUDY_328", "warning", "survey, row 25", "the relevance of 'page_where' was /data/happened/page_before/way = 'go_on', and there is none now")),
        ("| years |", "| yeers |", ("STUDY_329", "warning", "survey, row 17", "'yeers' is new, and may be 'years' of the earlier edition under another name")),
        ("| years |", "| Years |", ("STUDY_329", "warning", "survey, row 17", "'Years' is new, and may be 'years' of the earlier edition under another name")),
        ("| years |", "| duration |", ("STUDY_329", "warning", "survey, row 17", "'duration' is new, and may be 'years' of the earlier edition under another name")),
        ("| | integer | years |", "| | decimal | years |", ("STUDY_316", "error", "survey, row 17", "'years' was integer in the earlier edition, and is decimal now")),
        ("| | how_often | more | More than once |\n", "", ("STUDY_316", "error", "survey, row 27", "'how_often' had the answers more, and has not now")),
    ],
)  # fmt: skip
def test_change_is_listed_with_its_row(tmp_path, edition, before, after, expected):
    assert expected in changes(tmp_path, edition, replaced(before, after))


def test_code_that_says_what_another_said_is_refused(tmp_path, edition):
    form = replaced("| | how_often | once | Once |", "| | how_often | once | More than once |")
    form = form.replace("| | how_often | more | More than once |", "| | how_often | more | Once |")
    assert [one for one in changes(tmp_path, edition, form) if one[1] == "error"] == [
        ("STUDY_316", "error", "choices, row 18", "the code 'once' of the list 'how_often' says now what 'more' said in the earlier edition"),
        ("STUDY_316", "error", "choices, row 19", "the code 'more' of the list 'how_often' says now what 'once' said in the earlier edition"),
    ]  # fmt: skip


def test_name_that_asks_what_another_asked_is_refused(tmp_path, edition):
    form = replaced("| How old are you? |", "| Where do you live? |")
    assert ("STUDY_316", "error", "survey, row 13", "'age_band' asks now what 'residence' asked in the earlier edition") in changes(tmp_path, edition, form)  # fmt: skip


def test_question_that_was_moved_is_the_only_one_listed(tmp_path, edition):
    form = replaced(YEARS, "").replace("| | text | wish |", f"{YEARS}| | text | wish |")
    found = [one for one in changes(tmp_path, edition, form) if one[0] == "STUDY_326"]
    assert found == [
        ("STUDY_326", "warning", "survey, row 31", "'years' stands at another place than in the earlier edition")
    ]


def test_changed_title_is_listed(tmp_path, edition):
    settings = ENGLISH.replace('title = "A small study"', 'title = "A study"')
    assert changes(tmp_path, edition, FORM, settings=settings) == [
        ("STUDY_325", "warning", "", "'study:title' was 'A small study', and is 'A study' now")
    ]


def test_other_words_are_no_warning_once_the_study_says_that_the_question_is_the_same(tmp_path, edition):
    form = replaced("How old are you?", "What is your age?")
    said = f'{ENGLISH}\n[pooled.age_band]\neditions = ["{edition.short}"]\nwhy = "Said shorter."\n'
    assert changes(tmp_path / "said", edition, form, settings=said) == []
    other = said.replace(edition.short, "0123456789")
    [found] = [one for one in changes(tmp_path / "other", edition, form, settings=other) if one[0] == "STUDY_325"]
    assert found[3] == "the label of 'age_band' was 'How old are you?', and is 'What is your age?' now"


def test_warning_of_other_words_says_what_to_write(tmp_path, edition):
    path = make_study(tmp_path, form=replaced("How old are you?", "What is your age?"), languages={}, settings=ENGLISH)
    [found] = [one for one in check_study(path, edition) if one.code == "STUDY_325"]
    assert f'[pooled.age_band] with editions = ["{edition.short}"] and why' in found.remedy
