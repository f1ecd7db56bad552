"""What changed between two versions: added, removed, reworded, moved, asked of others, answered in another way."""

from __future__ import annotations

from kuule.booklet.booklet_document import BookletRemark
from kuule.booklet.changes_booklet import changes_booklet
from tests.booklet.printed_study import printed_source, rows, sentence
from tests.study.small_study import FORM

YEARS = "| | integer | years | For how many years have you lived there? | | | | |\n"
WISH = "| | text | wish | What should change? | Please leave out all names. | | | multiline |\n"


def changes(form: str) -> dict[str, list[tuple[str, ...]]]:
    return rows(changes_booklet(printed_source(), printed_source(form)))


def test_nothing_changed() -> None:
    [block] = changes_booklet(printed_source(), printed_source()).blocks
    assert isinstance(block, BookletRemark)
    assert sentence(block) == "Nothing that a person sees has changed."


def test_added_and_removed() -> None:
    assert changes(FORM.replace("| years |", "| years_there |")) == {
        "Added: 1": [("5. years_there", "", "For how many years have you lived there?")],
        "Removed: 1": [("5. years", "For how many years have you lived there?", "")],
    }


def test_reworded_question_hint_and_choice() -> None:
    form = FORM.replace("How old are you?", "What is your age?").replace(
        "| | yes_no | yes | Yes |", "| | yes_no | yes | Yes, I do |"
    )
    found = changes(form)
    assert found["Reworded: 1"] == [
        ("3. age_band", "How old are you? · hint: Choose one.", "What is your age? · hint: Choose one.")
    ]
    assert found["Other choices: 2"] == [
        ("1. consent", "Yes; No", "Yes, I do; No"),
        ("2. adult", "Yes; No", "Yes, I do; No"),
    ]
    assert list(found) == ["Reworded: 1", "Other choices: 2"]


def test_choice_that_keeps_its_words_and_changes_its_name() -> None:
    """Its answers are another column of the data: somebody has to see that before it is taken."""
    assert changes(FORM.replace("| | place | home | At home |", "| | place | house | At home |")) == {
        "Other names of choices: 1": [("7. place", "At home = home", "At home = house")]
    }


def test_moved_question() -> None:
    form = FORM.replace(YEARS, "").replace(WISH, WISH + YEARS)
    form = form.replace("| | begin_group | page_years | | | | | field-list |\n| | end_group | | | | | | |\n", "")
    assert changes(form) == {
        "Moved: 1": [("9. years", "after residence, in “About you”", "after wish, in “Your own words”")]
    }


def test_asked_of_others_by_a_condition_of_a_group() -> None:
    assert changes(FORM.replace("${way} = 'go_on'", "${way} != 'go_on'"))["Asked of others: 2"][0] == (
        "7. place",
        "question 6 (“What would you like to do?”) is “Go on”",
        "question 6 (“What would you like to do?”) is not “Go on”",
    )


def test_reworded_choice_is_no_other_route() -> None:
    found = changes(FORM.replace("| | way | go_on | Go on |", "| | way | go_on | On we go |"))
    assert [caption for caption in found if caption.startswith("Asked")] == []


def test_other_type() -> None:
    assert changes(FORM.replace("| | integer | years |", "| | decimal | years |")) == {
        "Answered in another way: 1": [("5. years", "answered with a whole number", "answered with a number")]
    }


def test_other_heading() -> None:
    assert changes(FORM.replace("| about | About you |", "| about | You |")) == {
        "Other headings: 1": [("about", "About you", "You")]
    }
