"""The feed as RFC 4287 wants it, clause by clause, and ids that stay."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from lxml import etree

from kuule.register.site.atom_feed import MOST_ENTRIES
from kuule.static_site.atom_xml import ATOM
from tests.register.site.built import build_small
from tests.register.site.conftest import BuiltSite
from tests.register.small_register import REGISTER

NS = {"a": ATOM}
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
OF_FEED = {
    "author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights", "subtitle", "title",
    "updated", "entry",
}  # fmt: skip
OF_ENTRY = {
    "author", "category", "content", "contributor", "id", "link", "published", "rights", "source", "summary", "title",
    "updated",
}  # fmt: skip
ONCE_OF_FEED = {"id", "title", "updated", "rights"}
ONCE_OF_ENTRY = {"id", "title", "updated", "summary"}


def feed_of(pages: Path) -> etree._Element:
    return etree.parse(pages / "changes.atom").getroot()


def names(element: etree._Element) -> list[str]:
    return [etree.QName(one).localname for one in element]


def test_feed_has_what_it_must_have_and_nothing_unknown(site: BuiltSite) -> None:
    """Sections 4.1.1 (feed), 4.1.2 (entry), 4.2 (metadata), 3.3 (dates)."""
    feed = feed_of(site.pages)
    assert feed.tag == f"{{{ATOM}}}feed"
    assert {etree.QName(one).namespace for one in feed.iter()} == {ATOM}
    assert set(names(feed)) <= OF_FEED
    assert [name for name in ONCE_OF_FEED if names(feed).count(name) != 1] == []
    assert names(feed).index("entry") > max(names(feed).index(name) for name in ("id", "title", "updated", "author"))
    assert feed.xpath("count(a:author/a:name)", namespaces=NS) == 1
    for entry in feed.findall("a:entry", NS):
        assert set(names(entry)) <= OF_ENTRY
        assert [name for name in ONCE_OF_ENTRY if names(entry).count(name) != 1] == []
        # 4.1.2: an entry without content has an alternate link
        assert [link.get("rel") for link in entry.findall("a:link", NS)] == ["alternate"]
        assert entry.findtext("a:title", namespaces=NS)
    for one in feed.iterfind(".//a:updated", NS):
        assert MOMENT.fullmatch(one.text or "")
    for link in feed.iterfind(".//a:link", NS):
        assert link.get("href")


def test_every_id_is_an_iri_of_its_own(site: BuiltSite) -> None:
    ids = [one.text for one in feed_of(site.pages).iterfind(".//a:id", NS)]
    assert [one for one in ids if not re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one or "")] == []
    assert len(ids) == len(set(ids))


def test_links_of_entries_lead_to_a_page(site: BuiltSite) -> None:
    feed = feed_of(site.pages)
    [own] = [one for one in feed.findall("a:link", NS) if one.get("rel") == "self"]
    base = own.get("href").removesuffix("changes.atom")
    links = {one.get("href").removeprefix(base).partition("#")[0] for one in feed.iterfind("a:entry/a:link", NS)}
    assert [name for name in links if not (site.pages / name).is_file()] == []


def test_newest_comes_first_and_the_feed_is_as_new_as_it(site: BuiltSite) -> None:
    feed = feed_of(site.pages)
    updated = [one.text or "" for one in feed.iterfind("a:entry/a:updated", NS)]
    assert updated == sorted(updated, reverse=True)
    assert feed.findtext("a:updated", namespaces=NS) == updated[0]
    assert len(updated) <= MOST_ENTRIES


def test_ids_stay_when_pages_are_built_again_later(tmp_path: Path, small: Path) -> None:
    later = feed_of(build_small(tmp_path, today=date(2027, 1, 1)))
    ids = {one.text for one in feed_of(small).iterfind(".//a:id", NS)}
    assert ids <= {one.text for one in later.iterfind(".//a:id", NS)}


def test_a_change_has_one_id_in_every_language(translated: Path) -> None:
    folders = (translated, translated / "ar")
    english, arabic = ([one.text for one in feed_of(at).iterfind("a:entry/a:id", NS)] for at in folders)
    assert english == arabic
    assert feed_of(translated / "ar").get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"


def test_nothing_that_is_still_to_come_is_in_the_feed(small: Path) -> None:
    assert [one.text for one in feed_of(small).iterfind(".//a:updated", NS) if (one.text or "") > "2026-11-29"] == []


def test_register_without_an_address_has_links_within_its_folder(tmp_path: Path) -> None:
    text = REGISTER.replace("address: https://register.example/small\n", "")
    pages = build_small(tmp_path, {"register.yaml": text})
    links = [one.get("href") for one in feed_of(pages).findall("a:link", NS)]
    assert links == ["changes.atom", "changes.html"]
