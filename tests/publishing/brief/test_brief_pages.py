"""A brief as it is set: banners, no script, two tagged pages, and texts of other languages that say so."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import lxml.html
import pytest
from pypdf import PdfReader

from kuule.core.problems import PublishingError
from kuule.publishing.brief.brief_html import brief_html
from kuule.publishing.brief.brief_pdf import brief_pdf
from tests.publishing.brief.small_brief import WHOLE, in_brief, made_brief
from tests.publishing.release_site.published_files import numbers_in, table_numbers
from tests.publishing.released import released_origin, tables
from tests.register.small_register import small_files
from tests.releases.small_release import description, small_release

DAY = date(2027, 3, 1)


def test_page_is_whole_without_script_and_network(tmp_path: Path) -> None:
    page = brief_html(made_brief(WHOLE, tmp_path))
    assert len(page.encode()) < 100_000
    assert "default-src 'none'" in page
    assert re.findall(r"<(?:script|img|link|iframe|object|form)\b|\bstyle=|\bon\w+=|src=", page) == []
    anchors = re.findall(r'href="#(source-\d+)"', page)
    assert anchors
    assert set(anchors) <= set(re.findall(r'id="(source-\d+)"', page))
    assert re.findall(r"[\ue000-\uf8ff]", page) == []


def test_page_says_the_language_of_what_is_english(tmp_path: Path) -> None:
    page = brief_html(made_brief(WHOLE, tmp_path, tag="sv"))
    assert '<html lang="sv" dir="ltr">' in page
    assert '<span lang="en" dir="ltr">20 years from the day on which the person turns 18.</span>' in page
    assert "<strong>Lagen säger:</strong>" in page


def test_answers_and_titles_mean_nothing_in_html(tmp_path: Path) -> None:
    assert "No, &lt;never&gt;" in brief_html(made_brief(WHOLE, tmp_path))


def test_banners(tmp_path: Path) -> None:
    draft = WHOLE.replace("state: reviewed\norigin: person", "state: draft-one\norigin: machine")
    made = tables(rehearsal=True)
    practice = small_release(tables=made, origin=made[0].origin, description=description(day=date(2027, 4, 1)))
    view = made_brief(draft, tmp_path / "a", release=practice)
    assert [one.text for one in view.banners] == [
        "Practice, not real answers. A computer made up these answers, to try the study out; no person gave them.",
        "Not for publication before 1 April 2027.",
        "A machine wrote this text, and no person has checked it yet.",
    ]
    assert made_brief(WHOLE, tmp_path / "b").banners == ()


def test_document_of_two_tagged_pages(tmp_path: Path) -> None:
    reader = PdfReader(io.BytesIO(brief_pdf(made_brief(WHOLE, tmp_path))))
    root = reader.trailer["/Root"]
    words = " ".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) <= 2
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], reader.metadata.title) == (True, "en", "Time to tell")
    for said in ("57%", "The law says:", "Sweden", "Is it met?"):
        assert said in words


@pytest.mark.parametrize("lines", [25, 26, 27])
def test_row_of_a_table_stands_on_one_page(tmp_path: Path, lines: int) -> None:
    """So many lines above the table that a row of it begins in the last lines of the first page."""
    asked = "No time limit, or thirty years from the age of majority."
    longer = " ".join([asked] * 4)
    changes = {name: text.replace(asked, longer) for name, text in small_files().items() if asked in text}
    text = WHOLE.replace("## ", "Nobody asked a child anything.\n\n" * lines + "## ", 1)
    reader = PdfReader(io.BytesIO(brief_pdf(made_brief(text, tmp_path, changes=changes))))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert len(pages) == 2
    assert sum(page.count(longer) for page in pages) == 2


def test_same_document_to_the_byte(tmp_path: Path) -> None:
    assert brief_pdf(made_brief(WHOLE, tmp_path / "a")) == brief_pdf(made_brief(WHOLE, tmp_path / "b"))


def test_brief_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PublishingError) as raised:
        brief_pdf(made_brief(in_brief("Nobody asked a child anything.\n\n" * 450), tmp_path))
    [problem] = raised.value.problems
    assert problem.code == "BRIEF_030"
    assert problem.cause.endswith("at the smallest type, and a brief has 2")


def test_arabic_runs_from_right_to_left(tmp_path: Path) -> None:
    release = small_release()
    arabic = replace(release.wordings["en"], language="ar")
    release = replace(
        release,
        wordings={**release.wordings, "ar": arabic},
        languages={**release.languages, "ar": release.languages["en"]},
        origin=released_origin(),
    )
    text = "# عنوان\n\n{{ chart told }}\n\n{{ law }}\n\n{{ sources }}"
    view = made_brief(text, tmp_path, tag="ar", release=release)
    page = brief_html(view)
    assert '<html lang="ar" dir="rtl">' in page
    assert '<rect x="43" width="57" height="6" class="share"/>' in page
    assert len(PdfReader(io.BytesIO(brief_pdf(view))).pages) == 1


def test_every_number_is_in_a_released_table_or_in_the_register(tmp_path: Path) -> None:
    """What an outsider has: the page, the published tables and the register's folder. No other number is in the
    page."""
    page = lxml.html.document_fromstring(brief_html(made_brief(WHOLE, tmp_path)))
    main = page.xpath("//main")[0]
    said = numbers_in(" ".join(main.itertext()))
    tables_of_release = small_release().tables
    released = set().union(*map(table_numbers, tables_of_release))
    register = set().union(*(numbers_in(path.read_text("utf-8")) for path in tmp_path.rglob("*.y*ml")))
    smallest = {one.smallest_count for one in tables_of_release}
    places = set(range(1, len(main.xpath(".//*[starts-with(@id, 'source-')]")) + 1))
    assert said - register - places <= released | smallest | {DAY.year, 1, 112}
    assert said & released
