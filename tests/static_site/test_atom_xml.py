"""A feed as readers of news read it."""

from __future__ import annotations

from datetime import date

from lxml import etree

from kuule.static_site.atom_xml import ATOM, AtomEntry, AtomFeed, atom_bytes

FEED = AtomFeed("fi", "release:x", "T", "Org", "CC BY 4.0", "https://a.org/", "f.atom", "r.html", date(2026, 12, 1))
ENTRY = AtomEntry("1", "An  entry", date(2026, 12, 1), "r.html#v1", "what\x07 changed", "en")
NS = {"a": ATOM}


def test_feed_names_its_language_and_each_entry_its_page() -> None:
    root = etree.fromstring(atom_bytes(FEED, [ENTRY]))
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "fi"
    assert [one.get("href") for one in root.findall("a:link", NS)] == ["https://a.org/f.atom", "https://a.org/r.html"]
    [entry] = root.findall("a:entry", NS)
    assert entry.findtext("a:title", namespaces=NS) == "An entry"
    assert entry.findtext("a:summary", namespaces=NS) == "what changed"
    assert entry.find("a:link", NS).get("href") == "https://a.org/r.html#v1"


def test_id_of_an_entry_is_the_same_in_every_language() -> None:
    ids = {
        etree.fromstring(atom_bytes(feed, [ENTRY])).findtext("a:entry/a:id", namespaces=NS)
        for feed in (FEED, AtomFeed("ar", "release:x", "U", "Org", "", "", "f.atom", "r.html", date(2027, 1, 1)))
    }
    assert len(ids) == 1
