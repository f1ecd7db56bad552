"""Whatever somebody writes into a register, its pages stay pages: no element, no link, no order of theirs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from lxml import etree

from kuule.languages.gettext.catalogue import po_bytes
from kuule.languages.workflow.entries import Catalogue, untranslated_entry, with_translation
from kuule.languages.workflow.states import State, TextOrigin
from kuule.register.reading.register_folder import read_register
from kuule.register.site.site_building import build_site
from kuule.register.texts.register_texts import text_sources
from kuule.static_site.page_links import is_web_address
from kuule.static_site.readable_text import remove_reordering
from tests.register.site.built import TODAY, build_small, html
from tests.register.small_register import FI_LIMITATION, REGISTER, small_files, write_small_register

HTML = (
    "</style></title></pre>'\"><script>alert(1)</script><img src=x onerror=alert(1)><a href=javascript:x>{{7*7}}{% x %}"
)
REORDERED = "safe \u202egnihtemos\u202c \u2066text \u200e\u0007end"
LONG = "x" * 250
HOSTILE = {"html": HTML, "reordering": REORDERED, "long": LONG}
FREE = {
    "title", "summary", "publisher", "licence", "short", "question", "unit", "coding", "notes", "label", "demands",
    "body", "article", "procedure", "celex", "says", "seen", "copy_of", "dated_note", "in_force_note", "coded_by",
    "confirmed_by", "by", "why", "dispute", "covers",
}  # fmt: skip
"""Keys at which a register takes any words."""
SHORT = {"short"}


def poisoned(content: object, text: str, key: str = "") -> object:
    """A file with hostile words wherever words may be."""
    if isinstance(content, dict):
        return {name: poisoned(one, text, name) for name, one in content.items()}
    if isinstance(content, list):
        return [poisoned(one, text, key) for one in content]
    if key in FREE and isinstance(content, str):
        return text[:28] if key in SHORT else f"{content} {text}"
    return content


def hostile_files(text: str) -> dict[str, str | None]:
    read = {name: yaml.load(one, Loader=yaml.BaseLoader) for name, one in small_files().items()}
    return {name: yaml.safe_dump(poisoned(one, text), allow_unicode=True) for name, one in read.items()}


@pytest.fixture(params=HOSTILE)
def pages(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    files = hostile_files(HOSTILE[request.param])
    build_site(read_register(write_small_register(tmp_path / "register", files)), tmp_path / "to", today=TODAY)
    return tmp_path / "to"


def test_hostile_words_make_no_element(pages: Path, small: Path) -> None:
    """The same elements as in a register without them, and no attribute more."""
    for path in pages.glob("*.html"):
        page, calm = html(path), html(small / path.name)
        assert [one.tag for one in page.iter() if isinstance(one.tag, str)] == [
            one.tag for one in calm.iter() if isinstance(one.tag, str)
        ], path
        assert page.xpath("//script | //img | //@onerror | //@style | //a[starts-with(@href, 'javascript')]") == []
        assert "49" not in page.xpath("//title")[0].text


def test_language_of_a_source_that_is_none_is_only_a_word(tmp_path: Path) -> None:
    text = FI_LIMITATION.replace("language: fi", f"language: {json.dumps(HTML)}")
    assert text != FI_LIMITATION
    page = html(build_small(tmp_path, {"countries/FI/limitation.yaml": text}) / "FI.html")
    assert page.xpath("//script | //@onerror | //*[@lang and not(contains('en fi', @lang))]") == []
    assert HTML in [one.text for one in page.iter("dd")]


def test_hostile_words_change_no_order(pages: Path) -> None:
    for path in (*pages.glob("*.html"), *pages.glob("*.atom")):
        text = path.read_text("utf-8")
        assert [one for one in text if one in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u200f"] == [], path


def test_feed_stays_well_formed(pages: Path) -> None:
    root = etree.parse(pages / "changes.atom").getroot()
    assert {etree.QName(one).localname for one in root.iter()} == {
        "feed", "title", "id", "updated", "author", "name", "rights", "link", "entry", "category", "summary",
    }  # fmt: skip


def test_hostile_translation_makes_no_element(tmp_path: Path, standing_in: Path, small: Path) -> None:
    """A translator of the register's texts reaches no further than a text."""
    register = write_small_register(tmp_path / "register", {"register.yaml": REGISTER.replace("[en]", "[en, ar]")})
    entries = {
        one.key: with_translation(untranslated_entry(one), HTML, state=State.REVIEWED, origin=TextOrigin.PERSON)
        for one in text_sources(read_register(register).register)
    }
    (register / "languages").mkdir()
    (register / "languages" / "ar.po").write_bytes(po_bytes(Catalogue("ar", entries)))
    build_site(read_register(register), tmp_path / "to", today=TODAY)
    for path in (tmp_path / "to" / "ar").glob("*.html"):
        page = html(path)
        assert page.xpath("//script | //img | //@onerror | //@style | //a[starts-with(@href, 'javascript')]") == []
        assert len(page.xpath("//style")) == 1
        assert len(page.xpath("//main")) == 1


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//example.org", "HTTPS:x", " https://x"]
)
def test_only_the_web_is_linked(address: str) -> None:
    assert not is_web_address(address)


def test_text_in_its_own_script_is_not_touched() -> None:
    text = "حق الطفل — право, 法律\nline"
    assert remove_reordering(text) == text


def test_a_day_without_any_known_law_has_pages(tmp_path: Path) -> None:
    """Before everything in it: nothing is in force yet, and nothing breaks."""
    folder = read_register(write_small_register(tmp_path / "register"))
    build_site(folder, tmp_path / "to", today=date(1999, 1, 1))
    assert (tmp_path / "to" / "index.html").is_file()
