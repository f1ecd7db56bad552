"""A link that leads nowhere keeps a site from being built."""

from __future__ import annotations

import pytest

from kuule.core.problems import PublishingError
from kuule.publishing.release_site.internal_links import check_links, page_links


def site(**pages: str) -> dict:
    return {f"{name.replace('__', '/')}.html": page_links(html) for name, html in pages.items()}


def test_links_to_pages_anchors_and_files_are_followed_from_the_page_that_has_them() -> None:
    pages = site(
        index='<a id="x" href="fi/a.html#y"></a><a href="data/t.csv"></a><a href="#x"></a><a href="tel:112"></a>',
        fi__a='<p id="y"><a href="../index.html"></a><a href="https://example.org/none"></a>',
    )
    check_links(pages, ["data/t.csv"])


@pytest.mark.parametrize("link", ["gone.html", "index.html#gone", "#gone", "data/gone.csv", "../index.html"])
def test_link_that_leads_nowhere_is_named_with_its_page(link: str) -> None:
    with pytest.raises(PublishingError) as error:
        check_links(site(index=f'<a href="{link}"></a>'), ["data/t.csv"])
    assert [(problem.code, problem.place) for problem in error.value.problems] == [("PUBLISH_005", "index.html")]
    assert link in error.value.problems[0].cause
