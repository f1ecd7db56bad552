"""What a site says of its release, and the feed that says it to programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from kuule.publishing.release_site.release_page import release_feed, release_versions
from kuule.releases.publication_release import EarlyAccess, ReleaseChange
from kuule.releases.release_folder import ReleaseFolder, release_content_hash
from kuule.static_site.atom_xml import ATOM
from tests.publishing.release_site.site_release import drawn, html_of, in_language, site_release, words_of
from tests.releases.small_release import description

NS = {"a": ATOM}


def amended() -> tuple:
    first = site_release()
    content = release_content_hash(first)
    said = (ReleaseChange("en", "Two rows were swapped."), ReleaseChange("fi", "Kaksi riviä oli vaihtunut."))
    known = description(
        version="1.1", amends=content, changes=said, day=date(2027, 4, 1), address="https://example.org/v"
    )
    return replace(first, description=known), (ReleaseFolder(Path("first"), first, content),)


def test_amended_release_says_why_and_keeps_its_predecessor_in_sight() -> None:
    made, earlier = amended()
    page = html_of(drawn(made=made, earlier=earlier)["release.html"])
    versions = [words_of(section) for section in page.xpath("//section[h3]")]
    assert versions[0].startswith(
        "Version 1.1, 1 April 2027 A correction of the release before, which stays listed below."
    )
    assert "Two rows were swapped." in versions[0]
    assert versions[1].startswith("Version 1, 1 March 2027 This is the first release.")


def test_change_is_told_in_the_language_of_the_page_or_marked_as_anothers() -> None:
    made, earlier = amended()
    assert [one.change for one in release_versions(in_language("fi", made, earlier=earlier))] == [
        "Kaksi riviä oli vaihtunut.",
        "",
    ]
    only_english = replace(made, description=replace(made.description, changes=made.description.changes[:1]))
    first = release_versions(in_language("fi", only_english, earlier=earlier))[0]
    assert (first.change, first.language) == ("Two rows were swapped.", "en")


def test_feed_has_every_release_with_one_id_in_every_language() -> None:
    made, earlier = amended()
    feeds = {tag: etree.fromstring(release_feed(in_language(tag, made, earlier=earlier))) for tag in ("en", "fi")}
    ids = {tag: [one.text for one in feed.findall("a:entry/a:id", NS)] for tag, feed in feeds.items()}
    assert ids["en"] == ids["fi"]
    assert len(set(ids["en"])) == 2
    links = [one.get("href") for one in feeds["fi"].findall("a:link", NS)]
    assert links == ["https://example.org/v/fi/releases.atom", "https://example.org/v/fi/release.html"]
    titles = [one.text for one in feeds["en"].findall("a:entry/a:title", NS)]
    assert titles == ["Our Voice, version 1.1", "Our Voice, version 1"]


def test_who_saw_it_early_is_published() -> None:
    access = EarlyAccess("the press desk of the ministry", date(2027, 2, 20), "to prepare an answer")
    made = replace(site_release(), description=description(early_access=(access,)))
    said = words_of(html_of(drawn(made=made)["release.html"]).xpath("//main")[0])
    assert "the press desk of the ministry, from 20 February 2027: to prepare an answer" in said
    assert "Nobody outside the survey" in words_of(html_of(drawn()["release.html"]).xpath("//main")[0])


def test_page_says_first_that_the_release_may_be_used_and_how_to_cite_it() -> None:
    root = html_of(drawn()["release.html"])
    said = words_of(root.xpath("//main")[0])
    order = ("Cite and reuse", "Yes, you may copy, share and adapt", "Licence: CC BY 4.0", "How to cite", "Fingerprint")
    assert [said.index(one) for one in order] == sorted(said.index(one) for one in order)
    assert root.xpath("//main//a[text()='CC BY 4.0']/@href") == ["https://creativecommons.org/licenses/by/4.0/"]


@pytest.mark.parametrize("licence", ["CC BY-NC 4.0", "All rights reserved", "CC BY-SA 4.0"])
def test_page_of_another_licence_promises_nothing(licence: str) -> None:
    known = description(licence=licence, address="https://example.org/voice")
    said = words_of(html_of(drawn(made=site_release(description=known))["release.html"]).xpath("//main")[0])
    assert ("you may copy" in said, f"Licence: {licence}" in said) == (False, True)
