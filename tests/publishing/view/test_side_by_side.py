"""The key findings side by side: the numbers of the table by groups, a caution, and nothing of few people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from kuule.core.problems import PublishingError
from kuule.disclosure.release import release
from kuule.publishing.render.pdf_content import pdf_content
from kuule.publishing.render.report_html import report_html
from kuule.publishing.template.template_reader import check_template, read_template
from kuule.publishing.view.report import ReportView, report_view
from kuule.publishing.view.side_by_side import ComparisonView
from kuule.tables.request import LANGUAGE, Subpopulation, TableRequest
from kuule.tables.wording import ItemWording
from tests.publishing.released import RULES, released_origin, result, wording

FINDINGS = "".join(
    f"```finding\ntitle: {title}\nfigure: {{{{ share {item} yes }}}}\nreading: Of those who answered.\n```\n\n"
    for title, item in (("Want to stop", "stop"), ("Looked for help", "sought"), ("Were afraid", "afraid"))
)
TEXT = f"# Told\n\n{FINDINGS}## By language\n\n```comparison\nby: @language\n```\n"
ITEMS = ("stop", "sought", "afraid")
SHARES = {"en": (60, 40), "ru": (30, 70), "fi": (12, 8)}


def view(by: Mapping[str, tuple[int, int]] = SHARES, **of_items: Mapping[str, tuple[int, int]]) -> ReportView:
    """The report where all findings have the same numbers, but for those `of_items`."""
    made = []
    for item in ITEMS:
        groups = {tag: {"yes": yes, "no": no} for tag, (yes, no) in of_items.get(item, by).items()}
        whole = {code: sum(group[code] for group in groups.values()) for code in ("yes", "no")}
        made += [result(item, {"": whole}), result(item, groups, LANGUAGE)]
    items = {name: ItemWording(name, f"{name}?", {"yes": "Yes", "no": "No"}) for name in ITEMS}
    return report_view(read_template(TEXT), release(made, RULES), replace(wording(), items=items), released_origin())


def compared(made: ReportView) -> ComparisonView:
    [found] = [section.comparison for section in made.sections if section.comparison is not None]
    return found


def test_findings_stand_side_by_side_for_languages_with_enough_people() -> None:
    table = compared(view())
    assert table.head == ("Finding", "Everyone", "English", "Russian")
    assert [row.label for row in table.rows] == ["Want to stop", "Looked for help", "Were afraid"]
    assert [(cell.share, cell.count) for cell in table.rows[0].cells] == [
        ("46%", "of about 220"),
        ("60%", "of about 100"),
        ("30%", "of about 100"),
    ]


def test_caution_stands_above_it_and_the_languages_that_are_not_shown_below() -> None:
    table = compared(view())
    assert table.caution.startswith("Languages are not countries:")
    assert table.withheld == "Groups not shown: Finnish."
    assert "12" not in str(table.rows), "nothing of twenty people"


@pytest.mark.parametrize("by", [{"en": (60, 40), "fi": (12, 8)}, {"en": (6, 4), "fi": (12, 8)}])
def test_one_language_alone_is_beside_nothing(by: Mapping[str, tuple[int, int]]) -> None:
    table = compared(view(by))
    assert (table.head, table.rows) == ((), ())
    assert table.instead == "This table is not shown: it takes two groups with enough people."
    assert table.caution.startswith("Languages are not countries")


def test_number_that_is_not_shown_in_a_language_says_so() -> None:
    table = compared(view(afraid={"en": (60, 40), "ru": (95, 5), "fi": (12, 8)}))
    assert table.head == ("Finding", "Everyone", "English", "Russian")
    assert [(cell.share, cell.shown) for cell in table.rows[2].cells] == [
        ("76%", True),
        ("60%", True),
        ("not shown", False),
    ]


def test_page_and_pdf_have_the_table_and_no_chart() -> None:
    made = view()
    html = report_html(made)
    assert '<td role="cell" data-label="English"><b>60%</b> <span>of about 100</span></td>' in html
    assert "Languages are not countries" in html
    sections = pdf_content(made, ["Noto Sans"])["sections"]
    assert isinstance(sections, list)
    [part] = next(one["tables"] for one in sections if one["kind"] == "comparison")
    assert part["head"] == ["Finding", "Everyone", "English", "Russian"]
    assert part["bases"] == ()


def test_comparison_asks_for_the_table_of_each_finding_by_the_group() -> None:
    template = read_template(TEXT.replace("by: @language", ""))
    assert template.requests == (*map(TableRequest, ITEMS), *(TableRequest(item, LANGUAGE) for item in ITEMS))
    inside = template.with_subpopulation(Subpopulation(LANGUAGE, "en"))
    assert inside.comparisons == (), "in a report on one language there is nothing beside it"


def test_comparison_without_findings_is_refused() -> None:
    with pytest.raises(PublishingError, match=r"REPORT_018 report\.md, line 3: it sets key findings side by side"):
        read_template("# Told\n\n```comparison\n```\n")


def test_comparison_by_what_the_study_does_not_have_is_refused() -> None:
    template = read_template(TEXT.replace("@language", "lands"))
    items = {name: ItemWording(name, f"{name}?", {"yes": "Yes", "no": "No"}) for name in ITEMS}
    [problem] = check_template(template, replace(wording(), items=items))
    assert (problem.code, problem.cause) == ("REPORT_006", "there is no group or question to cut by named 'lands'")
