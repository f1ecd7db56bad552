from __future__ import annotations

import re
from datetime import date

import pytest
from lxml import html

from kuule.limitation.country_deadlines import country_deadlines
from kuule.limitation.deadline_words import english_words
from kuule.limitation.report_question import ActKind, ReportQuestion
from kuule.register.data_model.whole_register import Register
from kuule.register.deadlines.offline_table import deadline_table
from kuule.register.deadlines.register_rules import rule_book
from kuule.register.deadlines.table_content import cell_in_words
from tests.register.deadlines.test_register_rules import limit, register_with
from tests.register.made_registers import TODAY, made_limit, made_source, made_value

HOSTILE = '<script>alert("x")</script>\u202e & "quotes"'
PLAIN = register_with(
    limit("gravest", "none-for-gravest"),
    limit("other", "fixed-years", "8:2", clock="majority", years=[10, 20]),
    made_value(
        "press",
        made_limit("not-before-age", clock="offence", years=[20], earliest_end_age=28),
        source=made_source("press", "https://press.org/?a=1&b=2"),
        says=HOSTILE,
        status="in-force",
    ),
)


def table(register: Register = PLAIN) -> html.HtmlElement:
    return html.fragment_fromstring(deadline_table(register, "FI", TODAY).html)


def rows(found: html.HtmlElement, number: int = 0) -> dict[str, list[str]]:
    """What is said of each year, whether it has a line of its own or stands with others in one."""
    body, said = found.findall(".//tbody")[number], {}
    for row in body:
        first, last = (row.findtext("th").split("–") * 2)[:2]
        cells = [cell.text_content() for cell in row.findall("td")]
        said |= {str(year): cells for year in range(int(first), int(last) + 1)}
    return said


def heads(found: html.HtmlElement) -> list[str]:
    return [one.text_content() for one in found.find(".//thead").iter("th")]


def test_what_is_not_known_comes_before_any_year() -> None:
    made = deadline_table(PLAIN, "FI", TODAY)

    for said in (made.html, made.text):
        assert said.index("First: what isn’t known") < said.index("Where you can turn") < said.index("Year of birth")


def test_table_says_what_the_calculation_says() -> None:
    found = rows(table())
    book = rule_book(PLAIN, TODAY)

    assert len(found) == 91
    columns = {ActKind.GRAVEST: 0, ActKind.OTHER: 1, ActKind.IMAGES: 1, ActKind.UNKNOWN: 2}
    for born in (1960, 1990, 2026):
        for kind, cell in ((kind, found[str(born)][place]) for kind, place in columns.items()):
            asked = ReportQuestion("FI", born, born, min(born + 17, TODAY.year), kind)
            answer = country_deadlines(book, asked, today=TODAY)
            assert cell == cell_in_words(answer.overview, english_words())


def test_rule_that_counts_from_the_act_has_a_table_by_the_act() -> None:
    only_act = register_with(limit("act", "fixed-years", clock="offence", years=[20]))
    only_birth = register_with(limit("birth", "fixed-years", clock="majority", years=[20]))

    assert rows(table(only_act), 1)["2000"] == ["2020"]
    assert rows(table(only_act))["2000"] == ["2020–2037"]
    assert len(table(only_birth).findall(".//table")) == 1


def test_years_of_which_the_same_is_said_stand_in_one_line() -> None:
    """And kinds of act of which the same is said in one column, whose head says so."""
    none = table(register_with(limit("never", "none")))

    assert [row.text_content() for row in none.xpath(".//tbody/tr")] == ["1936–2026no limit"]
    assert heads(none) == ["Year of birth", "All kinds"]
    assert len(table().xpath(".//table[1]/tbody/tr")) == 91


def test_column_that_holds_for_several_kinds_says_for_which() -> None:
    ten_years = made_limit("fixed-years", clock="majority", years=[10])
    found = table(
        register_with(
            made_value("g", made_limit("none"), offences="gravest"), made_value("o", ten_years, offences="other")
        )
    )

    assert heads(found) == [
        "Year of birth",
        "What the law calls the gravest sexual offences",
        "The same for: Other sexual offences and Pictures or recordings",
        "I don’t know",
    ]
    assert rows(found)["1990"] == ["no limit", "2018", "2018, or no limit"]


def test_court_that_decides_in_the_end_has_its_own_years() -> None:
    """As in Latvia: twenty years from 18 for some offences, thirty and then a court for the gravest."""
    twenty = made_limit("fixed-years", clock="majority", years=[20])
    thirty = made_limit("court-decides", clock="majority", years=[30])
    register = register_with(made_value("o", twenty, offences="other"), made_value("g", thirty, offences="gravest"))

    found = rows(table(register))["1990"]
    assert found == [
        "2038, then a court decides",
        "2028",
        "2028; or 2038, then a court decides",
    ]


def test_country_without_a_rule_says_so_and_gives_no_year() -> None:
    nothing = register_with(made_value("bill", made_limit("none"), status="proposed"))
    made = deadline_table(nothing, "FI", TODAY)

    assert "Finland: the register has no current rule for this." in made.text
    assert set(rows(table(nothing))["1990"]) == {"no rule read"}


def test_country_that_the_register_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError):
        deadline_table(PLAIN, "XX", TODAY)


def test_text_of_a_source_cannot_become_markup() -> None:
    made = deadline_table(PLAIN, "FI", TODAY)
    found = table()

    assert "<script" not in made.html
    assert found.findall(".//script") == []
    assert HOSTILE in [one.text_content() for one in found.findall(".//bdi")]
    assert "https://press.org/?a=1&b=2" in [one.get("href") for one in found.findall(".//a")]


def test_the_law_says_only_what_a_statute_says() -> None:
    said = [one.text_content() for one in table().xpath(".//div[@class='rule']/p[1]")]

    assert [one.split(",")[0].split(":")[0] for one in said] == [
        "The law says",
        "The law says",
        "According to the press",
    ]


def test_title_of_a_source_keeps_its_own_direction() -> None:
    """And where a source has no title, nothing stands for it."""
    law, press = (table(one).xpath(".//div[@class='rule']/p[1]") for one in (LAW_ONLY, PRESS_ONLY))

    assert [one.text_content() for one in law[0].findall("bdi")] == ["Penal Code, 8:1", "what the source says"]
    assert len(press[0].findall("bdi")) == 1


LAW_ONLY = register_with(limit("l", "none"))
PRESS_ONLY = register_with(
    made_value("p", made_limit("none"), source=made_source("press", "https://press.org/", article=None))
)


def test_table_is_marked_for_who_reads_it_without_sight() -> None:
    found = table()

    assert {one.get("scope") for one in found.xpath(".//thead//th")} == {"col"}
    assert {one.get("scope") for one in found.xpath(".//tbody//th")} == {"row"}
    assert found.get("lang") == "en"


def test_page_is_small_and_text_fits_a_terminal() -> None:
    made = deadline_table(PLAIN, "FI", TODAY)

    assert len(made.html.encode()) < 60_000
    lines = [line for line in made.text.splitlines() if "http" not in line]
    assert max(map(len, lines)) <= 80


def test_nothing_says_that_it_is_too_late() -> None:
    made = deadline_table(PLAIN, "FI", date(2090, 1, 1))

    assert not re.search(r"too late|expired", made.html + made.text, re.IGNORECASE)
    assert "No rule here is the last word." in made.text
