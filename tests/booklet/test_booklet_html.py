"""The pages: no script, nothing from elsewhere, and read by everybody at any width."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kuule.booklet.booklet_html import booklet_html
from kuule.booklet.changes_booklet import changes_booklet
from kuule.booklet.questionnaire_booklet import questionnaire_booklet
from kuule.booklet.translations_booklet import translations_booklet
from tests.access import axe
from tests.access.windows import ChromiumWindow
from tests.booklet.printed_study import printed_source
from tests.register.site.shown_pages import served
from tests.study.small_study import FORM

HOSTILE = FORM.replace("How old are you?", "<script>alert(1)</script> **old** [x](javascript:alert(1))").replace(
    "Your own words", "</style><img src=x>"
)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    now = printed_source(HOSTILE)
    documents = (
        questionnaire_booklet(now, room=True),
        questionnaire_booklet(printed_source(tag="ar")),
        changes_booklet(printed_source(), now),
        translations_booklet(now, printed_source(HOSTILE, "ar")),
    )
    return {one.name: booklet_html(one) for one in documents}


def test_pages_run_nothing_and_ask_nobody(pages: dict[str, str]) -> None:
    for page in pages.values():
        assert "default-src 'none'; style-src 'sha256-" in page
        assert re.findall(r"<(?:script|link|img|iframe|form)\b|\bon\w+=\"|url\(|href=\"javascript", page) == []


def test_markup_of_others_is_words(pages: dict[str, str]) -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <strong>old</strong>" in pages["questionnaire-en"]


def test_arabic_words_have_their_language_and_direction(pages: dict[str, str]) -> None:
    assert '<bdi lang="ar" dir="rtl">ar: How old are you?</bdi>' in pages["questionnaire-ar"]
    assert '“<bdi lang="ar" dir="rtl">ar: Yes</bdi>” goes on' in pages["questionnaire-ar"]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (320, "light")])
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
