"""Charts in a browser: in its own letters no text is cut, and none covers another.

Their places are worked out without fonts, so that only a browser can tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kuule.publishing.charts.chart_svg import PLOT_WIDTHS, drawing_svg, plot_svg
from kuule.publishing.charts.shapes import Drawing, TextLine
from tests.access.windows import ChromiumWindow
from tests.publishing.charts.plots import EVERYONE, plot

COVERED = Path(__file__).with_name("covered_texts.js").read_text("utf-8")
WORDS = {
    "en": ("Someone who looked after me, such as a teacher", "Nordic countries"),
    "fi": ("Vapaaehtoistyöntekijä, jonka tunsin", "Pohjoismaiden ulkopuolella"),
    "uk": ("Відшкодування: постраждалі отримують компенсацію", "Східна Європа, Кавказ і Центральна Азія"),
    "ar": ("شخص كان يعتني بي، مثل معلّم", "أوروبا الشرقية والقوقاز وآسيا الوسطى"),
}
"""An answer and a group, in words as long as the language has them."""


def charts(tag: str) -> Iterator[str]:
    """Each kind of chart at both widths, with shares from one end to the other and some that are withheld."""
    answer, group = WORDS[tag]
    shares: list[int | str | None] = [100, 62, 7, 0, "few", None]
    answers = {f"{answer} {number}": share for number, share in enumerate(shares)}
    turned = dict(zip(answers, reversed(shares), strict=True))
    few = {EVERYONE: answers, **{f"{group} {n}": turned if n % 2 else answers for n in range(4)}, "—": None}
    many = {EVERYONE: answers, **{f"{group} {n}": turned if n % 2 else answers for n in range(20)}}
    scale = dict(zip(answers, (1, 2, 3, 90, 2, "few"), strict=True))
    figures = (
        plot({EVERYONE: answers}),
        plot({name: values for name, values in few.items() if values}),
        plot(few, ordered=True),
        plot(few, scale=True),
        plot(many),
        plot({EVERYONE: scale, group: scale}, scale=True, asked="diverging"),
    )
    for figure in figures:
        for width in PLOT_WIDTHS:
            yield plot_svg(figure, width=width, rtl=tag == "ar", watermark="")


def found(page: Page, tag: str, *svgs: str) -> list[str]:
    page.set_content(f'<html lang="{tag}" dir="{"rtl" if tag == "ar" else "ltr"}"><body>{"".join(svgs)}')
    texts: list[str] = page.evaluate(COVERED)
    return texts


@pytest.fixture
def page(chromium: ChromiumWindow) -> Page:
    """With script off, which hinders nothing that is asked from outside."""
    return chromium.page


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("tag", WORDS)
def test_no_text_of_a_chart_is_cut_or_covers_another(page: Page, tag: str) -> None:
    assert found(page, tag, *charts(tag)) == []


@pytest.mark.browser
@pytest.mark.slow
def test_a_text_that_is_cut_and_one_that_covers_another_are_found(page: Page) -> None:
    drawing = Drawing(40, [TextLine(80, 20, "not shown"), TextLine(90, 21, "62%")])
    said = found(page, "en", drawing_svg(drawing, 100, rtl=False, text=""))
    assert [text.split()[0] for text in said] == ["cut:", "covered:", "cut:"]
