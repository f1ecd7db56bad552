"""Whole visits over real requests: from the list of languages to "thank you", and every way out before it."""

from __future__ import annotations

from kuule.tables.missing import Missing
from tests.collector.site_for_tests import TestSite, field


def test_long_way_is_kept_as_it_was_answered(site: TestSite) -> None:
    browser = site.answer(
        {
            "age_band": "35_or_more",
            "residence": "FI",
            "years": "12",
            "way": "go_on",
            "place": ["home", "school"],
            "how_often": "once",
            "wish": "That someone\r\nlistens.",
        }
    )
    assert browser.shown.heading == "You’ve reached the end"
    browser.press("review")
    assert browser.shown.heading == "Your answers"
    assert "That someone listens." in browser.shown.words
    browser.press("send")
    assert browser.shown.heading == "Thank you"
    (record,) = site.kept()
    answers = {path.rsplit("/", 1)[-1]: value for path, value in record.answers.items()}
    assert answers == {
        "consent": "yes",
        "adult": "yes",
        "age_band": "35_or_more",
        "residence": "FI",
        "years": "12",
        "way": "go_on",
        "place": "home school",
        "how_often": "once",
        "wish": "That someone\nlistens.",
    }
    assert (record.language, record.week, record.link) == ("en", "2026-W48", "")


def test_hard_section_can_be_gone_round(site: TestSite) -> None:
    browser = site.answer({"way": "pass"})
    browser.press("send")
    (record,) = site.kept()
    missing = {path.rsplit("/", 1)[-1]: reason for path, reason in record.missing.items()}
    assert missing["place"] is Missing.NOT_ASKED
    assert missing["wish"] is Missing.PASSED_OVER


def test_arabic_is_read_from_the_right_and_kept_as_arabic(site: TestSite) -> None:
    browser = site.answer({"age_band": "18_to_34"}, "ar")
    assert [browser.shown.page.get(name) for name in ("lang", "dir")] == ["ar", "rtl"]
    browser.press("send")
    assert browser.shown.heading == "شكرًا لك"
    assert [record.language for record in site.kept()] == ["ar"]


def test_finish_here_leads_to_the_end_and_the_rest_is_not_reached(site: TestSite) -> None:
    browser = site.pass_gates()
    browser.press("finish", {field(browser, "age_band"): "18_to_34"})
    assert browser.shown.heading == "You can finish here"
    browser.press("send")
    (record,) = site.kept()
    missing = {path.rsplit("/", 1)[-1]: reason for path, reason in record.missing.items()}
    assert (missing["residence"], missing["wish"]) == (Missing.PASSED_OVER, Missing.NOT_REACHED)


def test_finishing_is_explained_on_the_first_page_that_has_the_button(site: TestSite) -> None:
    """Once, and again when somebody turns back to that page."""

    def said() -> tuple[bool, bool]:
        return "finish" in browser.buttons, "choose whether to send it" in browser.shown.words

    browser = site.begin()
    assert said() == (False, False)
    browser = site.pass_gates()
    assert said() == (True, True)
    for go in ("next", "next", "back"):
        browser.press(go)
        assert said() == (True, False)
    browser.press("back")
    assert said() == (True, True)


def test_link_to_the_promise_is_whole_where_somebody_decides_and_short_after_that(site: TestSite) -> None:
    heading = "Your privacy: what we keep and what we don’t"
    assert site.browser.get("/en").page.xpath("//footer/a/text()") == [heading]
    assert site.browser.get("/en/help").page.xpath("//footer/a/text()") == ["Your privacy"]
    assert site.begin().shown.page.xpath("//footer/button/text()") == ["Your privacy"]


def test_back_loses_nothing(site: TestSite) -> None:
    browser = site.pass_gates()
    age = field(browser, "age_band")
    browser.press("next", {age: "18_to_34"})
    browser.press("back", {field(browser, "years"): "7"})
    assert (age, "18_to_34") in browser.stands
    browser.press("next")
    assert (field(browser, "years"), "7") in browser.fields()


def test_passing_over_drops_what_was_typed_on_the_page(site: TestSite) -> None:
    browser = site.pass_gates()
    browser.press("pass", {field(browser, "age_band"): "18_to_34"})
    browser.press("finish")
    browser.press("send")
    (record,) = site.kept()
    assert [path for path in record.answers if path.endswith("/age_band")] == []


def test_review_changes_one_answer_and_comes_back(site: TestSite) -> None:
    browser = site.review({"age_band": "18_to_34", "wish": "Less waiting."})
    change = next(go for go in browser.buttons if go.startswith("page:") and "about" in go)
    browser.press(change)
    browser.press("review", {field(browser, "age_band"): "35_or_more"})
    assert browser.shown.heading == "Your answers"
    assert "Less waiting." in browser.shown.words
    browser.press("send")
    (record,) = site.kept()
    assert [value for path, value in record.answers.items() if path.endswith("/age_band")] == ["35_or_more"]


def test_back_from_the_end_and_from_review_leads_to_the_last_page(site: TestSite) -> None:
    for arrive in (site.answer, site.review):
        browser = arrive({"wish": "Less waiting."})
        browser.press("back")
        assert (field(browser, "wish"), "Less waiting.") in browser.fields()


def test_after_the_last_question_one_sends_without_walking_through_what_was_written(site: TestSite) -> None:
    browser = site.answer({"wish": "Less waiting."})
    assert browser.shown.heading == "You’ve reached the end"
    assert "Less waiting." not in browser.shown.words
    browser.press("send")
    assert browser.shown.heading == "Thank you"
    assert len(site.kept()) == 1


def test_review_is_folded_by_section_with_what_was_answered_and_skipped_counted(site: TestSite) -> None:
    page = site.review({"age_band": "18_to_34", "wish": "Less waiting."}).shown.page
    folded = [" ".join(one.text_content().split()) for one in page.xpath("//details[@class='written']/summary")]
    assert (folded[0], folded[1]) == ("Before you begin Answered: 2", "About you Answered: 1 · Skipped: 2")
    assert page.xpath("//details[@class='written'][@open]") == []
    sending = [one.sourceline for one in page.xpath("//button[normalize-space(@value)='send']")]
    sections = [one.sourceline for one in page.xpath("//details[@class='written']")]
    assert (len(sending), sending[0] < sections[0], sending[1] > sections[-1]) == (2, True, True)


def test_help_from_the_review_leads_back_to_it(site: TestSite) -> None:
    browser = site.review({"wish": "Less waiting."})
    browser.press("help")
    browser.press("return")
    assert browser.shown.heading == "Your answers"


def test_help_from_the_end_leads_back_to_it(site: TestSite) -> None:
    browser = site.answer({"wish": "Less waiting."})
    browser.press("help")
    browser.press("return")
    assert browser.shown.heading == "You’ve reached the end"


def test_no_consent_stops_and_keeps_nothing(site: TestSite) -> None:
    browser = site.begin()
    browser.press("next", {field(browser, "consent"): "no"})
    assert browser.shown.heading == "That’s fine"
    assert browser.shown.page.forms == []
    assert site.kept() == []


def test_under_age_gets_a_page_of_their_own_and_nothing_is_kept(site: TestSite) -> None:
    browser = site.begin()
    browser.press("next", {field(browser, "consent"): "yes"})
    browser.press("next", {field(browser, "adult"): "no"})
    assert browser.shown.heading == "Thank you for telling us"
    assert "it’s not your fault" in browser.shown.words
    assert browser.shown.page.xpath("//input[@name='token']") == []
    assert site.kept() == []
    for _ in range(2):
        # Posted, as an address stays in the history of the device.
        (form,) = browser.shown.page.forms
        assert (form.method, form.action) == ("POST", "/en/help")
        young = browser.post(form.action, [("country", "SE"), ("y", "1")])
        assert "If you’re under 18" in young.words
        assert "If you’ve been through" not in young.words
    assert "If you’ve been through" in browser.get("/en/help?country=SE").words


def test_consent_cannot_be_passed_over(site: TestSite) -> None:
    browser = site.begin()
    assert "pass" not in browser.buttons
    page = browser.hidden("page")
    browser.press("next")
    assert browser.hidden("page") == page
    assert "Please answer this to go on." in browser.shown.words


def test_help_inside_a_visit_keeps_what_was_typed(site: TestSite) -> None:
    browser = site.pass_gates()
    browser.press("next")
    browser.press("help", {field(browser, "years"): "not a number"})
    assert browser.shown.heading == "Help, and someone to talk to"
    browser.press("help", {"country": "SE"})
    assert "Sweden" in [heading.text_content() for heading in browser.shown.page.xpath("//h2")]
    browser.press("return")
    assert (field(browser, "years"), "not a number") in browser.fields()


def test_promise_inside_a_visit_keeps_what_was_typed(site: TestSite) -> None:
    browser = site.pass_gates()
    browser.press("privacy", {field(browser, "age_band"): "35_or_more"})
    assert browser.shown.heading == "Your privacy: what we keep and what we don’t"
    browser.press("return")
    assert (field(browser, "age_band"), "35_or_more") in browser.stands


def test_answer_that_does_not_fit_is_named_and_stays(site: TestSite) -> None:
    browser = site.pass_gates()
    browser.press("next")
    years = field(browser, "years")
    browser.press("next", {years: "seven"})
    box = browser.shown.page.xpath("//div[@aria-labelledby='again']//a")
    asked = browser.shown.page.xpath(f"//input[@name='{years}']")[0]
    assert [link.get("href") for link in box] == [f"#{asked.get('id')}"]
    assert asked.get("value") == "seven"
    described = [
        browser.shown.page.get_element_by_id(one).text_content() for one in asked.get("aria-describedby").split()
    ]
    assert described == ["Please write this as a whole number, for example 7."]


def test_arabic_digits_are_a_number(site: TestSite) -> None:
    browser = site.answer({"years": "١٢"}, "ar")
    browser.press("send")
    (record,) = site.kept()
    assert [value for path, value in record.answers.items() if path.endswith("/years")] == ["12"]


def test_new_question_of_the_page_has_its_own(site: TestSite) -> None:
    browser = site.pass_gates()
    browser.press("next")
    browser.press("next")
    browser.press("next", {field(browser, "way"): "go_on"})
    browser.press("next", {field(browser, "place"): ["home"]})
    assert "One more question, about the answer you just gave" in browser.shown.words
    assert browser.asked == [field(browser, "how_often")]


def test_countries_are_in_the_order_of_the_language(site: TestSite) -> None:
    swedish = site.pass_gates("sv").shown.page.xpath("//select/option/@value")
    english = site.pass_gates("en").shown.page.xpath("//select/option/@value")
    assert [value.strip() for value in swedish] == ["", "FI", "SE", "AX", "AT", "prefer_not_to_say"]
    assert [value.strip() for value in english] == ["", "AX", "AT", "FI", "SE", "prefer_not_to_say"]
