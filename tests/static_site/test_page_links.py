"""Where pages of each language are, seen from each other."""

from __future__ import annotations

import pytest

from kuule.static_site.page_links import LanguageFolders, is_web_address, shown_host

FOLDERS = LanguageFolders("fi")


def test_first_language_has_no_folder() -> None:
    assert [FOLDERS.folder(tag) for tag in ("fi", "ar")] == ["", "ar/"]


@pytest.mark.parametrize(
    ("own", "other", "address"),
    [("fi", "fi", "a.html"), ("fi", "ar", "ar/a.html"), ("ar", "fi", "../a.html"), ("ar", "sv", "../sv/a.html")],
)
def test_link_to_another_language_is_the_way_from_folder_to_folder(own: str, other: str, address: str) -> None:
    link = FOLDERS.link(own, other, "a.html")
    assert (link.address, link.direction) == (address, "rtl" if other == "ar" else "ltr")


def test_what_all_languages_share_is_beside_the_first() -> None:
    assert [FOLDERS.at_root(tag, "data/x.csv") for tag in ("fi", "ar")] == ["data/x.csv", "../data/x.csv"]


def test_only_the_web_is_linked() -> None:
    assert [is_web_address(one) for one in ("https://a.org", "http://a", "javascript:x", "//a")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert (shown_host("https://a.org/b"), shown_host("x")) == ("a.org", "x")
