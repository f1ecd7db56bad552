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
    body = found.findall(".//tbody")[number]
    return {row.findtext("th"): [cell.text_content() for cell in row.findall("td")] for row in body}


def test_what_is_not_known_comes_before_any_year() -> None:
    made = deadline_table(PLAIN, "FI", TODAY)

    for said in (made.html, made.text):
        assert said.index("First: what isn’t known") < said.index("Where you can turn") < said.index("Year of birth")


def test_table_says_what_the_calculation_says() -> None:
    found = rows(table())
    book = rule_book(PLAIN, TODAY)

    assert len(found) == 91
    for born in (1960, 1990, 2026):
        for kind, cell in zip((ActKind.GRAVEST, ActKind.OTHER, ActKind.IMAGES), found[str(born)], strict=False):
            asked = ReportQuestion("FI", born, born, min(born + 17, TODAY.year), kind)
            answer = country_deadlines(book, asked, today=TODAY)
            assert cell == cell_in_words(answer.overview, english_words())


def test_rule_that_counts_from_the_act_has_a_table_by_the_act() -> None:
    only_act = register_with(limit("act", "fixed-years", clock="offence", years=[20]))
    only_birth = register_with(limit("birth", "fixed-years", clock="majority", years=[20]))

    assert rows(table(only_act), 1)["2000"] == ["2020"] * 4
    assert rows(table(only_act))["2000"] == ["2020–2037"] * 4
    assert len(table(only_birth).findall(".//table")) == 1


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


def test_table_is_marked_for_who_reads_it_without_sight() -> None:
    found = table()

    assert [one.get("scope") for one in found.xpath(".//thead//th")] == ["col"] * 10
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
