"""The report in a browser, from a small phone to a desktop: no digit is cut off.

32 people that read as 3 would be a small cell that nobody published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page

from kuule.disclosure.release import release
from kuule.publishing.render.report_html import report_html
from kuule.publishing.render.report_looks import FIRST_LOOK, LOOKS, NEWEST_LOOK
from kuule.publishing.template.template_reader import read_template
from kuule.publishing.view.report import report_view
from kuule.tables.wording import ItemWording
from tests.access import axe
from tests.journeys.chromium import Chromium
from tests.publishing.released import RULES, released_origin, result, wording
from tests.sampling import matrix

CLIPPED = Path(__file__).with_name("clipped_digits.js").read_text("utf-8")
WIDTHS = (320, 360, 430, 600, 768, 1280)
NARROW = {
    "en": ("Someone who looked after me, such as a teacher", "Strongly disagree"),
    "fi": ("Vapaaehtoistyöntekijä", "Pohjoismaiden ulkopuolella"),
    "de": ("Kindeswohlgefährdungsverdachtsmeldung", "Außerhalb Nordrhein-Westfalens"),
    "ar": ("شخص كان يعتني بي", "الدول الإسكندنافية"),
}
"""An answer and a group, in words as long as the language has them."""
FEW, MANY = 2_345, 11


@pytest.fixture(scope="module")
def _page(one_chromium: Chromium) -> Iterator[Page]:
    with one_chromium.awake():
        context = one_chromium.new_context(bypass_csp=True)  # so that axe-core can run in it
        page = context.new_page()
    yield page
    with one_chromium.awake():
        context.close()


@pytest.fixture
def page(_page: Page, one_chromium: Chromium) -> Iterator[Page]:
    with one_chromium.awake():
        yield _page


@cache
def report(tag: str, number: int = NEWEST_LOOK.number, size: int = FEW) -> str:
    """Figures without groups, and by 2, 3, 4, 5, 8 and 14 of them."""
    look = next(each for each in LOOKS if each.number == number)
    answer, group = NARROW[tag]
    answers = {"a": answer, "b": f"{answer} 2", "c": "?"}
    cuts = {f"by{number}": [f"g{each}" for each in range(number)] for number in (2, 3, 4, 5, 8, 14)}
    counts = {"a": size, "b": size + 987, "c": MANY, "!passed_over": size}
    made = [result("told", {"": counts}, responses=99_999)]
    made += [result("told", dict.fromkeys(groups, counts), cut, responses=99_999) for cut, groups in cuts.items()]
    said = replace(
        wording(tag),
        items={"told": ItemWording("told", f"{answer}?", answers)},
        cuts={cut: (group, {code: f"{group} {code}" for code in groups}) for cut, groups in cuts.items()},
    )
    text = "# T\n\n```figure\nquestion: told\n```\n" + "".join(
        f"\n```figure\nquestion: told\nby: {cut}\n```\n" for cut in cuts
    )
    return report_html(report_view(read_template(text), release(made, RULES), said, released_origin()), look)


def show(page: Page, html: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto("about:blank")
    page.set_content(html)


def clipped(page: Page, html: str, width: int) -> list[str]:
    show(page, html, width)
    found: list[str] = page.evaluate(CLIPPED)
    return found


@pytest.mark.browser
@pytest.mark.slow
def test_a_digit_that_is_cut_is_found(page: Page) -> None:
    """The first look had some, which is why there is a second."""
    assert clipped(page, report("en", FIRST_LOOK.number), 360) != []


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("width", "tag"), matrix(product(WIDTHS, NARROW), [(320, "ar"), (360, "de"), (768, "en")]))
def test_no_digit_of_a_report_is_cut(page: Page, width: int, tag: str) -> None:
    assert clipped(page, report(tag), width) == []


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("tag", matrix(NARROW, ["de"]))
def test_no_digit_is_cut_in_letters_of_twice_the_size(page: Page, tag: str) -> None:
    html = report(tag).replace("html { font: 100%/", "html { font: 200%/")
    assert "font: 200%/" in html
    for width in (360, 768, 1280):
        assert clipped(page, html, width) == []


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1280])
def test_every_number_of_groups_below_each_other_has_its_group(page: Page, width: int) -> None:
    """Beside it where the groups stand below each other, above it where they stand side by side."""
    show(page, report("en"), width)
    labels = (
        page.locator("table.stacked")
        .nth(0)
        .locator("tbody tr")
        .nth(0)
        .locator("td")
        .evaluate_all("cells => cells.map(cell => getComputedStyle(cell, '::before').content.split(' / ')[0])")
    )
    beside = ['"Everyone"', '"Strongly disagree g0"', '"Strongly disagree g1"']
    assert labels == (beside if width == 360 else ["none"] * len(beside))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1280])
def test_tables_stay_tables_for_who_does_not_see_them(page: Page, width: int) -> None:
    show(page, report("en"), width)
    table = page.get_by_role("table").nth(1)
    found = [table.get_by_role(role).count() for role in ("columnheader", "rowheader", "cell")]
    answers, groups = 3, 3
    assert found == [1 + groups, answers + 1, (answers + 1) * groups]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "scheme"), matrix(product((360, 1280), ("light", "dark")), [(360, "dark"), (1280, "light")])
)
def test_report_keeps_every_rule_of_axe_core(page: Page, width: int, scheme: Literal["light", "dark"]) -> None:
    """Those of WCAG up to AAA, and what axe-core calls best practice."""
    page.emulate_media(color_scheme=scheme)
    show(page, report("ar"), width)
    rules = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21aa", "wcag22aa", "best-practice"]
    found = axe.violations(page, rules)
    page.emulate_media(color_scheme="light")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
