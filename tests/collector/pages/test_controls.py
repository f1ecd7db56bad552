"""Every control and appearance as a person meets it: what stands on the page, what is kept, what is said if it does
not fit. The form is in `every_control.py`."""

from __future__ import annotations

import pytest

from kuule.collector.pages.displays.number_display import RatingDisplay
from kuule.rehearsal.html_form import ControlKind, read_form
from tests.collector.browser import Browser
from tests.collector.site_for_tests import TestSite
from tests.forms.scenario import Scenario, form_of

Answers = dict[str, str | list[str]]
PAGES = ("words", "scales", "moments", "answers", "grid", "ordering", "circle", "single")


def at(site: TestSite, page: str, tag: str = "en") -> Browser:
    """The page of this name, with nothing answered before it but consent."""
    browser = site.begin(tag)
    browser.press("next", {"/data/start/page_consent/consent": "yes"})
    for _ in range(PAGES.index(page)):
        browser.press("next")
    assert browser.hidden("page").endswith(f"/data/{page}")
    return browser


def named(page: str, answers: Answers) -> Answers:
    return {f"/data/{page}/{name}": value for name, value in answers.items()}


def kept(site: TestSite, page: str, answers: Answers, tag: str = "en", go: str = "finish") -> dict[str, str]:
    """What is sealed of a page after these answers, by the names of its questions."""
    browser = at(site, page, tag)
    browser.press(go, named(page, answers))
    if "send" not in browser.buttons:
        browser.press("finish")
    browser.press("send")
    (record,) = site.kept()
    prefix = f"/data/{page}/"
    return {path.removeprefix(prefix): value for path, value in record.answers.items() if path.startswith(prefix)}


def standing(browser: Browser, page: str, name: str) -> list[str]:
    return [value for field, value in browser.stands if field == f"/data/{page}/{name}"]


def misfits(browser: Browser) -> list[str]:
    return [" ".join(link.text_content().split()) for link in browser.shown.page.xpath("//a[starts-with(@href, '#')]")]


def test_words_and_numbers_are_kept_in_whatever_digits(every: TestSite) -> None:
    answers: Answers = {"line": "One", "code": "٠٠٧", "lines": "a\r\nb", "whole": "١٢", "many": "12 345", "part": "۷٫۵"}
    assert kept(every, "words", answers | {"read": "OK"}) == {
        "line": "One", "code": "٠٠٧", "lines": "a\nb", "whole": "12", "many": "12345", "part": "7.5", "read": "OK",
    }  # fmt: skip


def test_numbers_ask_for_the_keyboard_of_digits(every: TestSite) -> None:
    form = at(every, "words").form
    modes = {field.get("name").rpartition("/")[2]: field.get("inputmode") for field in form.xpath(".//input[@id]")}
    assert modes == {
        "line": None, "code": "numeric", "whole": "numeric", "many": "numeric", "part": "decimal", "read": None,
    }  # fmt: skip


def test_thousands_stand_apart_where_the_form_asks_for_it(every: TestSite) -> None:
    browser = at(every, "words")
    browser.press("next", named("words", {"many": "12345", "whole": "12345"}))
    browser.press("back")
    assert standing(browser, "words", "many") == ["12\u202f345"]
    assert standing(browser, "words", "whole") == ["12345"]
    browser.press("finish")
    browser.press("send")
    (record,) = every.kept()
    assert record.answers["/data/words/many"] == "12345"


def test_acknowledge_is_a_statement_and_one_box(every: TestSite) -> None:
    (group,) = at(every, "words").form.xpath(".//fieldset[legend[contains(., 'Please read')]]")
    boxes = [(box.get("type"), box.getparent().text_content().strip()) for box in group.iter("input")]
    assert boxes == [("checkbox", "I have read this")]


def test_short_ranges_are_scales_and_long_ones_fields_that_say_their_ends(every: TestSite) -> None:
    browser = at(every, "scales")
    steps = [radio.get("value").strip() for radio in browser.form.xpath(".//input[@name='/data/scales/halves']")]
    assert steps == ["0", "0.5", "1", "1.5", "2", ""]
    assert "How far is it, in kilometres? From 0 to 500. In steps of 5." in browser.shown.words
    lists = browser.form.xpath(".//select[@name='/data/scales/picked']/option/@value")
    assert [value.strip() for value in lists] == ["", *map(str, range(1995, 2021))]
    rows = {
        name: browser.form.xpath(f".//div[.//input[@name='/data/scales/{name}']]/@class")
        for name in ("short", "upright")
    }
    assert [rows["short"][-1], rows["upright"][-1]] == ["choices scale short of-11", "choices"]


def test_ranges_are_kept_as_numbers(every: TestSite) -> None:
    answers: Answers = {"short": "10", "upright": "2", "halves": "1", "long": "٢٥٠", "picked": "2004"}
    expected = {"short": "10", "upright": "2", "halves": "1.0", "long": "250", "picked": "2004"}
    assert kept(every, "scales", answers) == expected


@pytest.mark.parametrize(
    ("tag", "first", "last"), [("en", "Not safe at all", "Completely safe"), ("ar", "لا أشعر بالأمان", "آمن تمامًا")]
)
def test_rating_is_one_group_of_steps_whose_ends_have_words(every: TestSite, tag: str, first: str, last: str) -> None:
    (group,) = at(every, "scales", tag).form.xpath(".//fieldset[.//input[@name='/data/scales/rated']]")
    said = [" ".join(label.text_content().split()) for label in group.iter("label")]
    assert said[:-1] == [f"0 – {first}", *map(str, range(1, 10)), f"10 – {last}"]
    assert [label.get("class") for label in group.iter("label")] == [
        "choice anchor", *["choice"] * 9, "choice anchor", "choice none",
    ]  # fmt: skip
    assert group.xpath("./div/@class") == ["choices anchored"]


def test_rating_with_words_between_its_ends_stands_in_rows(every: TestSite) -> None:
    (group,) = at(every, "scales").form.xpath(".//fieldset[.//input[@name='/data/scales/eased']]")
    said = [" ".join(label.text_content().split()) for label in group.iter("label")]
    assert said == ["1 – Not at all", "2", "3 – Somewhat", "4", "5 – Very much", "No answer"]
    assert group.xpath("./div/@class") == ["choices"]


def test_rating_is_kept_as_its_step_and_reviewed_in_words(every: TestSite) -> None:
    browser = at(every, "scales")
    browser.press("finish", named("scales", {"rated": "0", "eased": "2"}))
    browser.press("review")
    assert "How safe do you feel at home? Not safe at all" in browser.shown.words
    assert "How much did it help to talk about it? 2" in browser.shown.words
    browser.press("send")
    (record,) = every.kept()
    assert (record.answers["/data/scales/rated"], record.answers["/data/scales/eased"]) == ("0", "2")


def test_rating_stands_chosen_when_a_person_comes_back(every: TestSite) -> None:
    browser = at(every, "scales")
    browser.press("next", named("scales", {"rated": "7"}))
    browser.press("back")
    assert [value.strip() for value in standing(browser, "scales", "rated")] == ["7"]


def test_rehearsed_person_finds_the_steps_of_a_rating(every: TestSite) -> None:
    form = read_form(at(every, "scales").shown.page, "/en")
    assert form is not None
    (control,) = (one for one in form.controls if one.name == "/data/scales/rated")
    assert (control.kind, control.values) == (ControlKind.RADIO, (*map(str, range(11)), ""))


def test_number_between_the_steps_of_a_range_is_said_in_words_and_stays(every: TestSite) -> None:
    browser = at(every, "scales")
    browser.press("next", named("scales", {"long": "12"}))
    assert misfits(browser) == ["Please choose a number from 0 to 500, in steps of 5."]
    assert standing(browser, "scales", "long") == ["12"]


@pytest.mark.parametrize(
    ("tag", "order"),
    [("en", ["Day", "Month", "Year"]), ("sv", ["Dag", "Månad", "År"]), ("ar", ["اليوم", "الشهر", "السنة"])],
)
def test_day_is_three_fields_in_the_order_of_the_language(every: TestSite, tag: str, order: list[str]) -> None:
    (group,) = at(every, "moments", tag).form.xpath(".//fieldset[.//input[@name='/data/moments/day~day']]")
    assert [label.text_content() for label in group.iter("label")] == order
    assert {field.get("inputmode") for field in group.iter("input")} == {"numeric"}


def test_days_and_times_are_kept_as_one_answer(every: TestSite) -> None:
    answers: Answers = {
        "day~day": "٥", "day~month": "9", "day~year": "2024", "month~month": "11", "month~year": "1999", "year": "1990",
        "clock~hour": "7", "clock~minute": "5",
        "moment~day": "1", "moment~month": "2", "moment~year": "2025", "moment~hour": "14", "moment~minute": "30",
    }  # fmt: skip
    assert kept(every, "moments", answers) == {
        "day": "2024-09-05", "month": "1999-11-01", "year": "1990-01-01",
        "clock": "07:05:00", "moment": "2025-02-01T14:30:00",
    }  # fmt: skip


def test_half_a_day_is_named_and_nothing_typed_is_lost(every: TestSite) -> None:
    browser = at(every, "moments")
    half: Answers = {"day~year": "1990", "month~month": "13", "month~year": "1990", "year": "90", "clock~hour": "14"}
    browser.press("next", named("moments", half | {"moment~hour": "9", "moment~minute": "15"}))
    assert misfits(browser) == [
        "Please write day, month and year as numbers, the year with four digits.",
        "Please write month and year as numbers, the year with four digits.",
        "Please write the year with four digits, for example 1990.",
        "Please write hours from 0 to 23 and minutes from 0 to 59.",
        "Please write day, month and year as numbers, the year with four digits.",
    ]
    stands = {name: standing(browser, "moments", name) for name in (*half, "moment~hour", "moment~minute", "day~day")}
    assert stands == {name: [value] for name, value in half.items()} | {
        "moment~hour": ["09"], "moment~minute": ["15"], "day~day": [""],
    }  # fmt: skip


def test_day_comes_back_as_it_was_kept(every: TestSite) -> None:
    browser = at(every, "moments")
    browser.press(
        "next",
        named(
            "moments", {"day~day": "5", "day~month": "9", "day~year": "2024", "clock~hour": "7", "clock~minute": "30"}
        ),
    )
    browser.press("back")
    pieces = ("day~day", "day~month", "day~year", "clock~hour", "clock~minute")
    assert [standing(browser, "moments", name) for name in pieces] == [["05"], ["09"], ["2024"], ["07"], ["30"]]


def test_lists_scales_and_columns(every: TestSite) -> None:
    form = at(every, "answers").form
    lists = [select.get("name").rpartition("/")[2] for select in form.iter("select")]
    assert lists == ["listed", "typed"]
    shapes = {
        name: form.xpath(f".//div[contains(@class, 'choices')][label/input[@name='/data/answers/{name}']]/@class")[0]
        for name in ("plain", "agree", "two", "packed", "quick")
    }
    assert shapes == {
        "plain": "choices", "agree": "choices scale of-4", "two": "choices columns of-2", "packed": "choices packed",
        "quick": "choices",
    }  # fmt: skip


def test_choices_are_kept_in_the_order_of_the_form(every: TestSite) -> None:
    answers: Answers = {"plain": "often", "listed": "never", "agree": "sometimes", "packed": ["online", "home"]}
    assert kept(every, "answers", answers) == {**answers, "packed": "home online"}


def follow_up(browser: Browser, name: str) -> list[str | None]:
    """For each follow-up of this name: whether the box that holds it is hidden."""
    return [
        box.get("hidden") for box in browser.form.xpath(f".//div[@class='inside'][.//*[@name='/data/answers/{name}']]")
    ]


def test_follow_up_waits_inside_its_choice(every: TestSite) -> None:
    browser = at(every, "answers")
    (box,) = browser.form.xpath(".//div[@class='inside'][.//input[@name='/data/answers/where_online']]")
    before = box.getprevious()
    assert (before.tag, before.find("input").get("value").strip()) == ("label", "online")
    assert " ".join(box.text_content().split()) == "If “Online”: On which kind of site?"
    assert box.get("hidden") is not None


def test_follow_up_whose_choice_was_chosen_in_the_same_post_enters(every: TestSite) -> None:
    answers: Answers = {"places": ["online"], "where_online": "A forum", "told": "other", "told_other": "My aunt"}
    assert kept(every, "answers", answers, go="next:shown") == {**answers, "places": "online"}


def test_follow_up_whose_choice_was_not_chosen_does_not_enter(every: TestSite) -> None:
    answers: Answers = {"places": ["home"], "where_online": "A forum", "how_home": "often", "told_other": "My aunt"}
    assert kept(every, "answers", answers, go="next:shown") == {"places": "home", "how_home": "often"}


def test_follow_up_that_was_shown_and_left_blank_is_passed_over(every: TestSite) -> None:
    browser = at(every, "answers")
    browser.press("next:shown", named("answers", {"places": ["online", "home"]}))
    assert browser.hidden("page").endswith("/data/grid")


def test_follow_up_that_no_style_sheet_showed_is_asked_on_a_page_of_its_own(every: TestSite) -> None:
    browser = at(every, "answers")
    assert [follow_up(browser, name) for name in ("where_online", "how_home", "told_other")] == [[""], [""], [""]]
    browser.press("next", named("answers", {"places": ["online", "home"]}))
    assert [name.rpartition("/")[2] for name in browser.asked] == ["where_online", "how_home"]
    browser.press("next")
    assert browser.hidden("page").endswith("/data/grid")


def test_grid_is_rows_with_names_and_its_heads_are_no_question(every: TestSite) -> None:
    browser = at(every, "grid")
    page = browser.shown.page
    rows = page.xpath("//div[@role='radiogroup']")
    names = [page.get_element_by_id(row.get("aria-labelledby")).text_content() for row in rows]
    assert names == ["calm", "tired, also after a long night of sleep", "hopeful"]
    labels = [" ".join(label.text_content().split()) for label in rows[0].iter("label")]
    assert labels == ["Never", "Sometimes", "Often", "I prefer not to say", "No answer"]
    assert {name.rpartition("/")[2] for name in browser.asked} == {"calm", "tired", "hopeful"}
    assert [heads.get("aria-hidden") for heads in page.find_class("heads")] == ["true"]


def test_grid_is_kept_and_its_heads_are_not(every: TestSite) -> None:
    browser = at(every, "grid")
    browser.press("finish", named("grid", {"calm": "often", "tired": "never"}))
    browser.press("send")
    (record,) = every.kept()
    assert {path: value for path, value in record.answers.items() if path.startswith("/data/grid")} == {
        "/data/grid/calm": "often",
        "/data/grid/tired": "never",
    }
    assert [path for path in record.missing if "reserved_name" in path] == []


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (["money", "money", "time"], "In more than one place: Money. Please give each answer one place."),
        (["money", "", "time"], "An earlier place is empty. Please fill it, or move your answers up."),
    ],
)
def test_ranking_that_does_not_fit_is_said_by_name_and_stays(every: TestSite, places: list[str], said: str) -> None:
    browser = at(every, "ordering")
    browser.press("next", named("ordering", {"first": places}))
    assert misfits(browser) == [said]
    assert standing(browser, "ordering", "first") == places


def test_ranking_is_kept_in_the_order_of_the_person(every: TestSite) -> None:
    assert kept(every, "ordering", {"first": ["time", "someone", "money"]}) == {"first": "time someone money"}


def test_ranking_of_some_is_an_answer_and_is_shown_as_it_was_given(every: TestSite) -> None:
    browser = at(every, "ordering")
    browser.press("help", named("ordering", {"first": ["time", "", ""]}))
    browser.press("return")
    assert standing(browser, "ordering", "first") == ["time", "", ""]
    assert kept(every, "ordering", {"first": ["time", "", ""]}) == {"first": "time"}


def test_repeat_is_added_numbered_answered_and_removed(every: TestSite) -> None:
    browser = at(every, "circle")
    for age in ("8", "30"):
        browser.press("add:/data/circle/person")
        last = [name for name in browser.asked if name.endswith("/age")][-1]
        browser.press("help", {last: age})
        browser.press("return")
    headings = [heading.text_content() for heading in browser.shown.page.xpath("//main//h2")]
    assert headings == ["Someone 1", "Someone 2", "Someone 3"]
    removing = [button.text_content() for button in browser.form.xpath(".//button[starts-with(@value, 'remove:')]")]
    assert removing == [f"Remove this one: {heading}" for heading in headings]
    browser.press("remove:/data/circle/person[1]")
    browser.press("finish")
    browser.press("send")
    (record,) = every.kept()
    ages = [value for path, value in record.answers.items() if path.endswith("/age")]
    assert ages == ["8", "30"]


def test_page_with_as_many_instances_as_there_can_be_is_taken(every: TestSite) -> None:
    browser = at(every, "circle")
    while "add:/data/circle/person" in browser.buttons:
        browser.press("add:/data/circle/person")
    people = [name for name in browser.asked if name.endswith("/met")]
    assert len(people) == 10
    browser.press("finish", {name: ["home", "school", "online", "elsewhere"] for name in people})
    browser.press("send")
    (record,) = every.kept()
    assert [value for path, value in record.answers.items() if path.endswith("/met")] == [
        "home school online elsewhere"
    ] * 10


def test_what_was_written_is_read_through_as_the_language_writes_it(every: TestSite) -> None:
    browser = at(every, "words")
    browser.press("next", named("words", {"many": "12345", "part": "7,5", "read": "OK"}))
    browser.press("next", named("scales", {"halves": "1.5"}))
    day: Answers = {"day~day": "5", "day~month": "9", "day~year": "2024", "month~month": "11", "month~year": "1999"}
    browser.press("finish", named("moments", {**day, "year": "1990", "clock~hour": "7", "clock~minute": "05"}))
    browser.press("review")
    read = [" ".join(line.text_content().split()) for line in browser.shown.page.xpath("//dd[not(@class)]")]
    assert read[1:] == [
        "12,345",
        "7.5",
        "I have read this",
        "1.5",
        "5 September 2024",
        "November 1999",
        "1990",
        "07:05",
    ]


def test_question_that_is_all_of_its_page_heads_it_also_with_its_follow_up(every: TestSite) -> None:
    browser = at(every, "single")
    before = browser.shown.heading
    browser.press("next", named("single", {"more": "yes"}))
    assert (before, browser.shown.heading) == ("Is there more to say?", "What is it?")
    assert browser.asked == ["/data/single/said"]
    browser.press("stay")
    assert browser.shown.heading == "Is there more to say?"
    assert browser.asked[-1] == "/data/single/said"


@pytest.mark.parametrize(
    ("tag", "said"), [("en", "People around you · Someone 1"), ("ar", "ar: People around you · ar: Someone 1")]
)
def test_what_was_written_says_in_which_instance(every: TestSite, tag: str, said: str) -> None:
    browser = at(every, "circle", tag)
    browser.press("finish", {"/data/circle/person[1]/age": "41"})
    browser.press("review")
    headings = [" ".join(one.text_content().split()) for one in browser.shown.page.xpath("//summary/h2")]
    assert headings[-1] == said


def test_rating_of_many_steps_is_a_list_in_which_the_ends_have_words() -> None:
    form = form_of("""
        | survey |
        | | type | name | label | parameters |
        | | range | pain | How strong? | start=0 end=100 step=5 tick_labelset=pain |
        | choices |
        | | list_name | name | label |
        | | pain | 0 | None |
        """)
    question = Scenario(form).question("pain")
    assert RatingDisplay().component(question, question.choices) == "list"
    assert RatingDisplay().component(question, question.choices[:11]) == "rating"
