"""Which files are pages, what they are called, and what of their text is a link."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from docs_site.source_pages import SourcePage, broken_links, links, plain, relinked, site_name, source_pages

from tests.docs_site.small_docs import ROOT, write_docs


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("docs/README.md", "index"),
        ("docs/how-to/serve.md", "how-to/serve"),
        ("docs/decisions/README.md", "decisions/index"),
        ("README.md", "kuule"),
        ("CONTRIBUTING.md", "contributing"),
        ("deploy/README.md", "deploy/index"),
    ],
)
def test_a_page_is_called_by_its_place(path: str, name: str) -> None:
    assert site_name(PurePosixPath(path)) == name


def test_no_two_pages_have_one_name() -> None:
    names = [page.name for page in source_pages(ROOT).values()]
    assert sorted(set(names)) == sorted(names)


def test_a_markdown_file_elsewhere_is_a_page_once_a_page_links_to_it(tmp_path: Path) -> None:
    write_docs(
        tmp_path, {"docs/a.md": "# A\n\n[it](../deploy/)", "deploy/README.md": "# It", "deploy/more.md": "# More"}
    )
    assert PurePosixPath("deploy/README.md") in source_pages(tmp_path)
    assert PurePosixPath("deploy/more.md") not in source_pages(tmp_path)


def page(text: str, path: str = "docs/how-to/a.md") -> SourcePage:
    return SourcePage(PurePosixPath(path), "how-to/a", text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[b](b.md)", ["docs/how-to/b.md"]),
        ("[`b`](../b.md#part)", ["docs/b.md"]),
        ("[here](#part)", ["docs/how-to/a.md"]),
        ("two\nlines [of\na text](b.md)", ["docs/how-to/b.md"]),
        ('<img src="../pictures/a.jpg" alt="">', ["docs/pictures/a.jpg"]),
        ("`[b](b.md)` and ``a ` [b](b.md)``", []),
        ("```\n[b](b.md)\n```", []),
        ("    ```figure\n    [b](b.md)\n    ```\n[c](c.md)", ["docs/how-to/c.md"]),
        ("[elsewhere](https://example.org/b.md), [post](mailto:a@example.org)", []),
    ],
)
def test_links_are_what_a_reader_can_press(text: str, found: list[str]) -> None:
    assert [str(link.path) for link in links(page(text))] == found


def test_links_are_changed_and_nothing_else() -> None:
    text = "a [b](b.md), `[b](b.md)`, [c](c.md)\n"
    changed = relinked(page(text), lambda written, link: "HERE" if link.path.stem == "b" else None)
    assert changed == "a HERE, `[b](b.md)`, [c](c.md)\n"


def test_a_link_to_what_is_not_there_is_told_with_its_page(tmp_path: Path) -> None:
    write_docs(tmp_path, {"docs/a.md": "# A\n\n[gone](b.md), [out](../../x.md)"})
    assert broken_links(tmp_path, source_pages(tmp_path)) == [
        "docs/a.md: docs/b.md is not there",
        "docs/a.md: ../x.md is not there",
    ]


def test_no_page_of_the_project_has_a_broken_link() -> None:
    assert broken_links(ROOT, source_pages(ROOT)) == []


def test_a_line_of_markdown_is_read_as_words() -> None:
    assert plain("the [`desk`](a.md) *may* be **closed** at 2*3*4 `a_b`") == "the desk may be closed at 2*3*4 a_b"


def test_a_title_is_the_first_heading() -> None:
    assert page("<!-- a -->\n# The `desk`\n\n## More\n").title == "The desk"
