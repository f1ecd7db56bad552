"""Publishing a release: what is refused and with which cure, what is written, and what stays."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from kuule.core.problems import PublishingError
from kuule.languages.workflow.states import State, TextOrigin
from kuule.releases.publication_release import ReleaseChange
from kuule.study.edition.report_languages import ReportLanguage
from kuule.usecases.releasing.publish_release import PublishOptions, publish_release
from tests.publishing.release_site.site_release import (
    TODAY,
    site_release,
    site_wording,
    words_in_english_alone,
    write_site_release,
)
from tests.releases.small_release import DAY, description

QUICK = PublishOptions(("en",), pdf=False)
PRACTICE = PublishOptions(pdf=False)
NAMES = ("told", "told-by-land", "age")
"""The anchors of its figures."""


def refused(release: Path, to: Path, today: date = TODAY, options: PublishOptions = QUICK) -> list[str]:
    with pytest.raises(PublishingError) as error:
        publish_release(release, to, today=today, options=options)
    assert not to.exists()
    assert all(problem.remedy for problem in error.value.problems)
    return [problem.code for problem in error.value.problems]


def test_release_that_two_people_did_not_approve_is_refused(tmp_path: Path) -> None:
    write_site_release(tmp_path / "r", is_approved=False)
    assert refused(tmp_path / "r", tmp_path / "site") == ["RELEASE_010"]


def test_embargo_holds_until_its_day(tmp_path: Path) -> None:
    write_site_release(tmp_path / "r")
    assert refused(tmp_path / "r", tmp_path / "site", DAY - timedelta(days=1)) == ["RELEASE_012"]
    publish_release(tmp_path / "r", tmp_path / "site", today=DAY, options=QUICK)


def test_language_that_is_half_translated_is_refused_by_name_and_left_out_by_default(tmp_path: Path) -> None:
    write_site_release(tmp_path / "r")
    (tmp_path / "words").mkdir()
    asked = PublishOptions(("en", "fi"), pdf=False)
    with words_in_english_alone(tmp_path / "words"):
        assert refused(tmp_path / "r", tmp_path / "site", options=asked) == ["PUBLISH_002"]
        made = publish_release(tmp_path / "r", tmp_path / "site", today=TODAY, options=PRACTICE)
    assert (made.languages, made.left_out) == (("en",), ("fi",))
    assert not (tmp_path / "site" / "fi").exists()


def test_draft_is_refused_and_said_on_every_page_where_it_is_allowed(tmp_path: Path) -> None:
    draft = ReportLanguage(State.DRAFT_ONE, TextOrigin.MACHINE)
    languages = {**site_release().languages, "en": draft}
    write_site_release(tmp_path / "r", languages=languages)
    assert refused(tmp_path / "r", tmp_path / "site") == ["PUBLISH_001"]
    options = PublishOptions(("en",), drafts=True, pdf=False)
    publish_release(tmp_path / "r", tmp_path / "site", today=TODAY, options=options)
    pages = list((tmp_path / "site").glob("*.html"))
    assert [page.name for page in pages if "no person has checked it yet" not in page.read_text("utf-8")] == []


def test_language_that_the_release_does_not_have_is_refused(tmp_path: Path) -> None:
    write_site_release(tmp_path / "r")
    assert refused(tmp_path / "r", tmp_path / "site", options=PublishOptions(("fy",))) == ["RELEASE_022"]


def test_amendment_without_its_predecessor_beside_it_is_refused(tmp_path: Path) -> None:
    said = (ReleaseChange("en", "Two rows were swapped."),)
    write_site_release(tmp_path / "r", description=description(version="1.1", amends="a" * 64, changes=said))
    assert refused(tmp_path / "r", tmp_path / "site") == ["RELEASE_021"]


def test_pages_cannot_be_where_the_release_is(tmp_path: Path) -> None:
    write_site_release(tmp_path / "r")
    assert refused(tmp_path / "r", tmp_path / "r" / "pages") == ["PUBLISH_006"]


def test_preview_of_a_release_says_on_every_page_that_it_is_one(tmp_path: Path) -> None:
    write_site_release(tmp_path / "r", is_approved=False)
    options = PublishOptions(("en",), preview=True, pdf=False)
    publish_release(tmp_path / "r", tmp_path / "site", today=TODAY, options=options)
    pages = list((tmp_path / "site").glob("*.html"))
    assert [page.name for page in pages if "aren&#39;t published yet" not in page.read_text("utf-8")] == []


def test_practice_is_published_in_every_language_and_says_what_it_is(tmp_path: Path) -> None:
    write_site_release(tmp_path / "r", is_approved=False, rehearsal=True)
    made = publish_release(tmp_path / "r", tmp_path / "site", today=TODAY, options=PRACTICE)
    assert made.languages == ("en", "fi")
    assert "Harjoitus" in (tmp_path / "site" / "fi" / "index.html").read_text("utf-8")


def test_site_is_whole_and_its_list_names_every_file(tmp_path: Path) -> None:
    write_site_release(tmp_path / "r")
    made = publish_release(tmp_path / "r", tmp_path / "site", today=TODAY, options=PublishOptions(("en",)))
    site = tmp_path / "site"
    found = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    listed = json.loads((site / "site.json").read_text("utf-8"))
    assert found == {*listed["files"], "site.json"}
    assert made.files == len(found)
    assert {"index.html", "report.html", "report.pdf", "data/tables.xlsx", "releases.atom"} <= found
    assert 'href="report.pdf"' in (site / "index.html").read_text("utf-8")
    pictures = {name for name in found if name.startswith("figures/")}
    assert pictures == {"figures/told.png", *(f"figures/{name}.svg" for name in NAMES)}
    assert 'href="figures/told.png"' in (site / "telling-someone.html").read_text("utf-8")
    assert made.heaviest[1] == (site / made.heaviest[0]).stat().st_size < 100_000


def test_without_pdf_every_figure_is_there_as_svg_and_no_page_links_to_a_png(tmp_path: Path) -> None:
    write_site_release(tmp_path / "r")
    publish_release(tmp_path / "r", tmp_path / "site", today=TODAY, options=QUICK)
    assert [path.suffix for path in (tmp_path / "site" / "figures").iterdir()] == [".svg"] * len(NAMES)
    assert [page.name for page in (tmp_path / "site").glob("*.html") if ".png" in page.read_text("utf-8")] == []


def test_same_release_is_published_the_same_to_the_byte_and_files_of_others_stay(tmp_path: Path) -> None:
    write_site_release(tmp_path / "r")
    site = tmp_path / "site"
    publish_release(tmp_path / "r", site, today=TODAY, options=QUICK)
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    (site / "CNAME").write_text("example.org", "utf-8")
    publish_release(tmp_path / "r", site, today=TODAY, options=QUICK)
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == {
        **before,
        site / "CNAME": b"example.org",
    }


def test_many_languages_are_made_in_two_processes_and_one_is_the_same_alone(tmp_path: Path) -> None:
    made = site_release()
    tags = ("en", "fi", "ar", "uk")
    known = {
        "languages": dict(zip(tags, (made.languages["en"], *[made.languages["fi"]] * 3), strict=True)),
        "wordings": {tag: site_wording(tag) for tag in tags},
    }
    write_site_release(tmp_path / "r", is_approved=False, rehearsal=True, **known)
    four = publish_release(tmp_path / "r", tmp_path / "four", today=TODAY, options=PRACTICE)
    assert four.languages == tags
    options = PublishOptions(("en",), pdf=False)
    publish_release(tmp_path / "r", tmp_path / "one", today=TODAY, options=options)
    for name in ("data/told.csv", "data/tables.xlsx", "report.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "four" / name).read_bytes()
