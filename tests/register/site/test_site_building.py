"""The pages as files: whole, small, without anything from elsewhere, and every link leads somewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import lxml.html
import pytest

from kuule.register.data_model.country_values import LegalStatus
from kuule.register.data_model.sources import SourceKind
from kuule.register.reading.register_folder import read_register
from kuule.register.reading.yaml_documents import RegisterError
from kuule.register.site.built_pages import LIST_FILE
from kuule.register.site.site_building import build_site
from tests.register.site.built import TODAY, build_small, html, read
from tests.register.site.conftest import BuiltSite
from tests.register.small_register import DAY, EE_AGE, PROVISIONS, REGISTER, small_register

FIXED = ("actions", "changes", "cite", "due", "help", "how", "index", "standards", "until")
LARGEST = 100_000


def elements(page: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    return [one for one in page.iter() if isinstance(one.tag, str)]


def test_every_page_is_there(small: Path) -> None:
    names = {path.stem for path in small.glob("*.html")}
    tables = {name for name in names if name.startswith("until-")}
    assert names - tables == {*FIXED, "FI", "SE", "EE", "GB", *PROVISIONS}
    assert (small / "changes.atom").is_file()


def test_build_returns_what_it_wrote(tmp_path: Path) -> None:
    built = build_site(small_register(tmp_path / "register"), tmp_path / "to", today=TODAY)
    there = {path for path in (tmp_path / "to").rglob("*") if path.is_file()}
    assert (sorted(built.written), built.removed) == (sorted(there - {tmp_path / "to" / LIST_FILE}), ())


def test_the_same_register_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (build_small(tmp_path / name) for name in ("one", "two"))
    files = sorted(path.relative_to(first) for path in first.rglob("*.*"))
    assert [name for name in files if (first / name).read_bytes() != (second / name).read_bytes()] == []


def test_no_page_is_heavy(site: BuiltSite) -> None:
    assert {path.name: size for path in site.every if (size := path.stat().st_size) >= LARGEST} == {}


def test_every_link_leads_somewhere(site: BuiltSite) -> None:
    ids = {path: {one.get("id") for one in elements(html(path)) if one.get("id")} for path in site.every}
    lost = []
    for path in ids:
        for link in html(path).xpath("//a/@href | //link/@href"):
            address, anchor = urldefrag(urljoin(path.as_uri(), link))
            if not address.startswith("file:"):
                continue
            target = Path(address.removeprefix("file://"))
            if not target.is_file() or (anchor and anchor not in ids[target]):
                lost.append((path.name, link))
    assert lost == []


def test_every_link_between_languages_leads_somewhere(translated: Path) -> None:
    test_every_link_leads_somewhere(BuiltSite(None, translated))


def test_links_are_of_the_web_or_a_telephone(site: BuiltSite) -> None:
    found = {re.match(r"[a-z]+:|", link)[0] for path in site.every for link in html(path).xpath("//@href")}  # type: ignore[index]
    assert found - {"", "https:", "http:", "tel:"} == set()


def test_nothing_is_loaded_and_nothing_runs(site: BuiltSite) -> None:
    """No script, no picture, no font, no form, no frame; and no style or script at an element."""
    for path in site.every:
        page = html(path)
        assert page.xpath("//script | //img | //iframe | //object | //form | //input | //base | //@src") == [], path
        assert page.xpath("//@style | //@*[starts-with(name(), 'on')]") == [], path
        assert {one.get("rel") for one in page.iter("link")} == {"alternate"}
        assert "url(" not in page.xpath("//style")[0].text
        assert "@import" not in page.xpath("//style")[0].text


def test_policy_of_a_page_allows_its_own_style_and_nothing_else(site: BuiltSite) -> None:
    for path in site.every:
        page = html(path)
        [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        digest = base64.b64encode(hashlib.sha256(page.xpath("//style")[0].text.encode()).digest()).decode()
        expected = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        assert policy == expected, path


def test_pages_are_built_for_who_hears_them(site: BuiltSite) -> None:
    """One main part, one heading of the first level, no level left out, no id twice, every list of links named."""
    for path in site.every:
        page = html(path)
        ids = [one.get("id") for one in elements(page) if one.get("id")]
        assert len(ids) == len(set(ids)), path
        assert len(page.xpath("//main")) == 1
        levels = [int(one.tag[1]) for one in elements(page) if re.fullmatch(r"h[1-6]", one.tag)]
        assert levels.count(1) == 1, path
        assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == [], path
        named = set(ids)
        for one in page.xpath("//nav | //section[@aria-labelledby] | //*[@role='region']"):
            label = one.get("aria-labelledby")
            assert one.get("aria-label") or label in named, (path, label)
        assert page.xpath("//title")[0].text.strip()


def test_every_page_has_a_way_to_help(site: BuiltSite) -> None:
    for path in site.every:
        assert page_links(path, "//footer") & {"help.html", f"help.html#{path.stem.removeprefix('until-')}"}, path


def page_links(path: Path, within: str) -> set[str]:
    return set(html(path).xpath(f"{within}//a/@href"))


def test_help_of_a_country_has_its_numbers(small: Path) -> None:
    page = html(small / "FI.html")
    assert page.xpath("//a[starts-with(@href, 'tel:')]/@href") == ["tel:112"]
    assert html(small / "help.html").xpath("//section[@id='FI']//a/@href") == ["tel:112"]


def test_the_law_says_only_what_was_read_in_a_statute_in_force(site: BuiltSite) -> None:
    """Whatever a press article says of a law stays according to the press."""
    for (country, provision), read_there in site.register.values.items():
        page = html(site.pages / f"{country}.html")
        for value in read_there.values:
            [shown] = page.xpath(f"//article[@id='{provision}--{value.id}']")
            voice = read(shown.find("h4"))
            statute = value.source.kind is SourceKind.STATUTE
            assert statute or voice.startswith("According to "), (country, provision, value.id)
            says = statute and value.status is LegalStatus.IN_FORCE and not site.register.provisions[provision].ranking
            assert (voice == "The law says") <= says, (country, provision, value.id)
            assert (voice == "The law says") == ("is-law" in shown.get("class"))


def test_country_page_says_where_a_value_is_from(small: Path) -> None:
    [value] = html(small / "FI.html").xpath("//article[@id='limitation--v1']")
    rows = dict(zip(map(read, value.iter("dt")), map(read, value.iter("dd")), strict=True))
    assert rows == {
        "Form of the rule": "a number of years",
        "Years": "20",
        "Counted": "from the age of 18",
        "Reaches back to earlier acts": "no",
        "Offences": "the gravest offences",
        "State": "in force",
        "In force from": "1 January 2023",
        "The law was last changed": "8 July 2022",
        "Source": "Criminal Code",
        "Article": "chapter 8, section 1",
        "Language": "Finnish",
        "The source is dated": "1 January 2026",
        "What was seen of it": "whole section",
        "SHA-256 of the copy": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "Confidence": "A: the text of the source itself was seen",
        "Age of this reading": (
            "read on 27 November 2026, checked again on 28 November 2026, look again by 27 November 2027"
        ),
        "Coded by": "draft",
        "Confirmed by": "coder FI",
    }
    assert [read(one) for one in value.iter("h4")] == ["The law says"]
    assert value.xpath(".//blockquote/text()") == ["20 years from the day on which the person turns 18."]
    assert value.xpath(".//a/@href") == ["https://law.example/fi/criminal-code"]


def test_what_a_decision_set_aside_is_still_shown(small: Path) -> None:
    page = html(small / "FI.html")
    [section] = page.xpath("//section[@id='limitation']")
    order = [one.get("id") for one in section.iter("article")]
    assert order == ["limitation--v1", "limitation--v3", "limitation--v2"]
    assert "The statute is the law, and the report does not cite it." in read(section)
    [aside] = section.xpath(".//article[@id='limitation--v2']/h4")
    assert read(aside) == "According to the press"


def test_who_read_a_source_otherwise_is_heard(tmp_path: Path) -> None:
    """Until somebody decides, and after that too."""
    text = EE_AGE + "  disagreements:\n  - {by: coder EE, on: 2026-11-27, why: The age is 14 in one case.}\n"
    page = html(build_small(tmp_path, {"countries/EE/age-of-consent.yaml": text}) / "EE.html")
    [note] = page.xpath("//article[@id='age-of-consent--v1']/p[@class='note']")
    assert read(note) == "Read differently by coder EE on 27 November 2026: The age is 14 in one case."
    [section] = page.xpath("//section[@id='age-of-consent']")
    assert "sources differ" in read(section)


def test_sources_that_differ_stand_side_by_side(small: Path) -> None:
    [section] = html(small / "SE.html").xpath("//section[@id='limitation']")
    assert read(section.find("h3")) == "Sources differ"
    [beside] = section.xpath("./div[@class='values beside'][1]")
    assert [one.get("id") for one in beside] == ["limitation--v1", "limitation--v2"]
    assert "The newspaper says that there is no limit" in read(section)
    assert [read(one) for one in section.xpath(".//article[@id='limitation--v3']/h4")] == [
        "According to a parliament's document"
    ]


def test_open_questions_of_a_country_are_listed(small: Path) -> None:
    links = html(small / "EE.html").xpath("//section[@aria-labelledby='open']//li/a/@href")
    read_there = {"age-of-consent", "duty-to-report"}
    assert {link.removesuffix(".html") for link in links} == set(PROVISIONS) - read_there


def test_neighbours_of_a_country_are_beside_its_value(small: Path) -> None:
    [section] = html(small / "FI.html").xpath("//section[@id='limitation']")
    said = read(section)
    assert "Neighbours: Sweden: the gravest offences: no time limit" in said


def test_provision_page_has_every_country_in_the_order_of_answers(small: Path) -> None:
    rows = html(small / "limitation.html").xpath("//table//tbody/tr")
    assert [[read(cell) for cell in row] for row in rows] == [
        [
            "Finland",
            "Y A number of years",
            "the gravest offences: 20 years from the age of 18; other offences: 5 years from the act",
            "lawdecided Confidence: A",
            "0 of 2 known standards met · 1 in part · 1 not known · 1 compared by people only",
            "0 × 4 + 1 × 2 = 2 of 8",
        ],
        [
            "Sweden",
            "D Sources differ",
            "the gravest offences: no time limit; the gravest offences: 30 years from the day of coming of age",
            "reportedsources differ Confidence: C",
            "no standard known to be met or not · 3 not known · 1 compared by people only",
            "Nothing is known, so nothing is counted.",
        ],
        [
            "Estonia",
            "– Nobody has read it yet",
            "not read yet",
            "–",
            "no standard known to be met or not · 3 not known · 1 compared by people only",
            "Nothing is known, so nothing is counted.",
        ],
    ]


def test_a_reading_that_is_due_says_so(small: Path) -> None:
    [value] = html(small / "EE.html").xpath("//article[@id='age-of-consent--v1']")
    assert "This reading is due" in read(value)
    [now] = html(small / "due.html").xpath("//section[@aria-labelledby='due_now']")
    assert [read(one) for one in now.iter("li")] == ["Estonia: Age of consent"]
    assert [read(one) for one in now.iter("h3")] == ["Look again by 27 November 2026"]


def test_actions_are_in_the_time_of_their_place(small: Path) -> None:
    [hearing] = html(small / "actions.html").xpath("//article[@id='hearing-fi']")
    assert read(hearing.find("p")).startswith(
        "10 December 2026, 09:00 (Europe/Helsinki) – 10 December 2026, 11:30 (Europe/Helsinki)"
    )


def test_a_cancelled_action_stays(tmp_path: Path) -> None:
    page = html(
        build_small(tmp_path, {"actions/european-day-2027.yaml": DAY.replace("tentative", "cancelled")})
        / "actions.html"
    )
    [day] = page.xpath("//article[@id='european-day-2027']")
    assert (read(day.find("h3/s")), "cancelled" in read(day)) == ("A European day", True)


def test_citation_invents_no_doi(small: Path) -> None:
    page = html(small / "cite.html")
    assert read(page.xpath("//blockquote")[0]) == (
        "Nobody: A small register. State of 27 November 2026. Available at https://register.example/small."
    )
    assert "doi" not in page.xpath("//pre")[0].text.lower()
    assert page.xpath("//pre")[0].text.splitlines()[:2] == ["@misc{small-2026,", "  author = {{Nobody}},"]


def test_nothing_confirmed_is_said_until_something_is(tmp_path: Path, small: Path) -> None:
    unconfirmed = {"countries/FI/limitation.yaml": None}
    warned = "Nothing here has been confirmed by a second person"
    assert warned in read(html(build_small(tmp_path, unconfirmed) / "index.html"))
    assert warned not in read(html(small / "index.html"))


@pytest.mark.parametrize("name", ["index", "due", "fi", "open", "calendars"])
def test_provision_with_the_name_of_another_page_is_refused(tmp_path: Path, name: str) -> None:
    text = PROVISIONS["virtual-material"].replace("id: virtual-material", f"id: {name}")
    folder = small_register(tmp_path / "register", {f"provisions/{name}.yaml": text})
    with pytest.raises(RegisterError) as raised:
        build_site(folder, tmp_path / "to", today=TODAY)
    [problem] = raised.value.problems
    assert (problem.code, problem.place) == ("REGISTER_030", f"provisions/{name}.yaml")
    assert not (tmp_path / "to").exists()


def test_language_without_words_for_pages_is_refused(tmp_path: Path) -> None:
    folder = small_register(tmp_path / "register", {"register.yaml": REGISTER.replace("[en]", "[en, cy]")})
    with pytest.raises(RegisterError) as raised:
        build_site(folder, tmp_path / "to", today=TODAY)
    [problem] = raised.value.problems
    assert (problem.code, problem.place) == ("REGISTER_031", "register.yaml, languages")


def test_register_without_anything_in_it_has_pages(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "register.yaml").write_text(REGISTER, "utf-8")
    build_site(read_register(folder), tmp_path / "to", today=date(2026, 11, 28))
    assert {path.stem for path in (tmp_path / "to").glob("*.html")} >= {*FIXED, "FI", "SE", "EE"}


def test_pages_in_other_languages_stand_beside_each_other(translated: Path) -> None:
    """In Chinese all but the tables of deadlines, whose words it lacks: their place has the list of them."""
    pages = translated
    tables = {path.name for path in pages.glob("until-*.html")}
    assert tables == {"until-EE.html", "until-FI.html", "until-SE.html"}
    english, arabic, chinese = ({path.name for path in at.glob("*.html")} for at in (pages, pages / "ar", pages / "zh"))
    assert (arabic, chinese) == (english, english - tables)
    for tag, instead, address in (
        ("ar", "ar/until-FI.html", "until-FI.html"),
        ("zh", "zh/until.html", "../until-FI.html"),
    ):
        assert html(pages / "until-FI.html").xpath(f"//link[@hreflang='{tag}']/@href") == [instead]
        assert html(pages / tag / "FI.html").xpath("//a[contains(@href, 'until-FI')]/@href") == [address]
    links = [html(at / "FI.html").xpath("//link[@hreflang]/@href")[:3] for at in (pages / "ar", pages)]
    assert links == [["../FI.html", "FI.html", "../el/FI.html"], ["FI.html", "ar/FI.html", "el/FI.html"]]
