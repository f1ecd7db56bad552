"""The site of an ended survey is files: whole in every language, with help behind each country, and nothing to send."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import lxml.html
import pytest

from kuule.core.problems import KuuleError
from kuule.usecases.collecting.ended_site import EndedSite, write_ended_site
from tests.access import axe
from tests.access.measuring import source
from tests.access.windows import ChromiumWindow
from tests.frozen import our_voice_in
from tests.register.site.shown_pages import served
from tests.study.small_study import checked_help

TODAY = date(2028, 3, 1)
RESULTS = "https://example.org/results"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> EndedSite:
    """In English, Swedish and Arabic; services in Sweden were checked again after the end."""
    folder = tmp_path_factory.mktemp("ended")
    our_voice_in(folder / "edition", "sv", "ar")
    (folder / "study").mkdir()
    (folder / "study" / "support.csv").write_text(checked_help(TODAY), "utf-8")
    return write_ended_site(
        folder / "edition", folder / "site", today=TODAY, study=folder / "study", results_at=RESULTS
    )


def page(made: EndedSite, address: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring((made.folder / address / "index.html").read_bytes())


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().replace("\u00ad", "").split())


def test_every_language_says_that_it_has_ended_who_helps_and_where_results_are(made: EndedSite) -> None:
    assert made.languages == ("en", "sv", "ar")
    assert [link.get("href") for link in page(made, "").xpath("//main//a")] == ["/en", "/sv", "/ar"]
    for tag in made.languages:
        first = page(made, tag)
        assert f"/{tag}/help" in first.xpath("//main//a/@href")
        helping = page(made, f"{tag}/help")
        assert "tel:112" in helping.xpath("//a/@href")
        assert len(helping.xpath("//details")) > 80
    assert words(page(made, "en").xpath("//h1")[0]) == "This survey has ended"
    sweden = [one for one in page(made, "en/help").xpath("//details") if words(one).startswith("Sweden ")]
    assert "A survivor line" in words(sweden[0])


def test_long_name_of_a_country_may_go_on_in_the_next_line(made: EndedSite) -> None:
    lines = page(made, "sv/help").xpath("//summary")
    names = [one.text_content().strip() for one in lines]
    assert {words(one) for one in lines} >= {"Nederländerna", "Sverige"}
    assert "Nederländerna" not in names
    assert "Sverige" in names


def test_nothing_on_it_asks_sends_runs_or_comes_from_elsewhere(made: EndedSite) -> None:
    sizes: dict[bool, set[int]] = {True: set(), False: set()}
    for file in made.folder.rglob("*.html"):
        read = lxml.html.document_fromstring(file.read_bytes())
        assert read.xpath("//form | //script | //img | //iframe | //input | //button") == []
        assert read.xpath("//link/@href") == [f"/{next(made.folder.glob('style-*.css')).name}"]
        assert not {"/en/resume", "/en/withdraw", "/en/privacy"} & set(read.xpath("//a/@href"))
        sizes[file.parent.name == "help"].add(file.stat().st_size)
    assert {helping: len(found) for helping, found in sizes.items()} == {True: 1, False: 1}


def test_site_is_renewed_whole_and_nothing_else_is_written_over(made: EndedSite, tmp_path: Path) -> None:
    edition, site = made.folder.parent / "edition", tmp_path / "ended" / "site"
    shutil.copytree(made.folder, site)
    (site / "old.html").write_text("old")
    again = write_ended_site(edition, site, today=TODAY, results_at=RESULTS)
    assert (again.pages, (site / "old.html").exists()) == (made.pages, False)
    assert sorted(path.name for path in site.parent.iterdir()) == ["site"]
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "index.html").write_text("another site")
    with pytest.raises(KuuleError, match="END_018"):
        write_ended_site(edition, tmp_path / "else", today=TODAY)
    assert (tmp_path / "else" / "index.html").read_text() == "another site"


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "https://example.org/?who=1", "http://example.org", "https://example.org/\u202ea"],
)
def test_address_of_results_that_people_should_not_be_given_is_refused(
    made: EndedSite, tmp_path: Path, address: str
) -> None:
    with pytest.raises(KuuleError, match="END_020 --results-at"):
        write_ended_site(made.folder.parent / "edition", tmp_path / "site", today=TODAY, results_at=address)
    assert not (tmp_path / "site").exists()


def test_site_is_renewed_through_a_link_and_after_a_run_that_was_killed(
    made: EndedSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before the old site was removed, once, and then in the folder itself."""
    edition = made.folder.parent / "edition"
    real = tmp_path / "real"
    shutil.copytree(made.folder, real)
    shutil.copytree(made.folder, tmp_path / "real.next")
    (tmp_path / "shown").symlink_to(real)
    (real / "old.html").write_text("old")
    write_ended_site(edition, tmp_path / "shown", today=TODAY)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["real", "shown"]
    assert not (real / "old.html").exists()
    assert (tmp_path / "shown").is_symlink()
    monkeypatch.chdir(real)
    write_ended_site(edition, Path(), today=TODAY)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "real.next").mkdir()
    with pytest.raises(KuuleError, match=r"END_018 .*real\.next"):
        write_ended_site(edition, real, today=TODAY)


@pytest.mark.browser
@pytest.mark.slow
def test_person_finds_help_with_script_off(chromium: ChromiumWindow, made: EndedSite) -> None:
    """From the list of languages to a service of a country; axe finds nothing, and nothing has to be moved sideways."""
    with served(made.folder) as address:
        chromium.open(f"{address}/")
        chromium.page.set_viewport_size({"width": 320, "height": 800})
        for name in ("svenska", "Hjälp, och någon att prata med"):
            with chromium.page.expect_navigation():
                chromium.page.get_by_role("link", name=name, exact=True).click()
            chromium.open(chromium.page.url)  # where it is now, to be measured
            assert [*axe.findings(chromium), *chromium.ask("measures.sideways()", source())] == []
        line = chromium.page.locator("summary", has_text="Sverige")
        number = chromium.page.locator("details", has=line).locator("a[href^='tel:']").first
        assert not number.is_visible()
        line.click()
        number.wait_for(state="visible")
        # The bar at the top lies over what was scrolled: of its colours axe cannot tell.
        assert [one for one in axe.findings(chromium) if not one.startswith("undecided: color-contrast")] == []
