"""The pages: no script, nothing from elsewhere, every blank found from the list at the end, and no markup of others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kuule.ethics.paper_html import paper_html
from kuule.ethics.paper_templates import PAPERS
from tests.access import axe
from tests.access.windows import ChromiumWindow
from tests.ethics.described_study import ethics_facts, papers_by_name
from tests.register.site.shown_pages import served
from tests.sampling import matrix

ANSWERED = {"payments.given": "Nothing.\n\n# Why\n\n<script>alert(1)</script>", "key.split": "2of3"}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {name: paper_html(paper) for name, paper in papers_by_name(ethics_facts(ANSWERED)).items()}


@pytest.mark.parametrize("name", PAPERS)
def test_page_runs_nothing_and_asks_nobody(pages: dict[str, str], name: str) -> None:
    page = pages[name]
    assert "default-src 'none'; style-src 'sha256-" in page
    assert re.findall(r"<(?:script|link|img|iframe|form)\b|\bon\w+=|url\(", page) == []


@pytest.mark.parametrize("name", PAPERS)
def test_every_blank_is_listed_at_the_end_and_found_from_there(pages: dict[str, str], name: str) -> None:
    page, blanks = pages[name], papers_by_name(ethics_facts(ANSWERED))[name].blanks
    listed = re.findall(r'<li><a href="#(blank-\d+)">', page)
    assert listed == [f"blank-{number}" for number in range(1, len(blanks) + 1)]
    assert [page.count(f'id="{one}"') for one in listed] == [1] * len(listed)
    assert f"{len(blanks)} questions are still to be answered by the organisation" in page
    assert [one.key for one in blanks if f"<code>{one.key}</code>" not in page] == []


def test_answer_is_words_below_its_question(pages: dict[str, str]) -> None:
    [answer] = re.findall(r'<div class="answer">.*?</div>', pages["application"], re.DOTALL)
    assert "Does anybody get anything for answering" in answer
    assert "<p><strong>Why</strong></p>" in answer
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer


def test_paper_without_blanks_has_no_list_of_them() -> None:
    blanks = papers_by_name(ethics_facts())["information-sheet"].blanks
    said = {one.key: "2of3" if one.key == "key.split" else "Said." for one in blanks}
    page = paper_html(papers_by_name(ethics_facts(said))["information-sheet"])
    assert "blank" not in page.split("</style>")[1]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "scheme"), matrix([(1280, "light"), (1280, "dark"), (320, "light")], [(320, "light")])
)
def test_axe_finds_nothing_and_no_page_is_moved_sideways(
    chromium: ChromiumWindow, pages: dict[str, str], tmp_path: Path, width: int, scheme: str
) -> None:
    chromium.as_if(prefers_color_scheme=scheme)
    chromium.page.set_viewport_size({"width": width, "height": 800})
    found = {}
    for name, page in pages.items():
        (tmp_path / f"{name}.html").write_text(page, "utf-8")
        with served(tmp_path) as address:
            chromium.open(f"{address}/{name}.html")
            wide = chromium.ask("document.documentElement.scrollWidth > innerWidth")
            found[name] = [*axe.findings(chromium), *(["moved sideways"] if wide else [])]
    assert {name: said for name, said in found.items() if said} == {}
