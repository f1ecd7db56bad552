"""The pages as Sphinx gets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docs_site.staging import StagingProblem, stage

from tests.core.test_palette import colours_in
from tests.docs_site.small_docs import FRONT, ROOT, write_docs


def staged(tmp_path: Path, more: dict[str, str] | None = None, source: str = "") -> Path:
    stage(write_docs(tmp_path / "project", more), tmp_path / "pages", source)
    return tmp_path / "pages"


def text_of(pages: Path, name: str) -> str:
    return (pages / f"{name}.md").read_text("utf-8")


def test_links_lead_to_where_the_pages_are_on_the_site(tmp_path: Path) -> None:
    pages = staged(tmp_path)
    assert "[How to help](contributing.md)" in text_of(pages, "index")
    assert "[problems](reference/problems/index.md)" in text_of(pages, "index")
    assert "[A](a.md#a)" in text_of(pages, "contributing")
    assert '<a href="a.html">a</a>' in text_of(pages, "kuule")


def test_a_link_into_the_code_names_the_file_or_leads_to_the_source(tmp_path: Path) -> None:
    more = {"docs/a.md": "# A\n\n[`x.py`](../src/x.py), [the list](../src/x.py)\n", "src/x.py": ""}
    assert "`x.py`, the list (`src/x.py`)" in text_of(staged(tmp_path / "1", more), "a")
    led = text_of(staged(tmp_path / "2", more, "https://example.org/main/"), "a")
    assert "[`x.py`](https://example.org/main/src/x.py), [the list](https://example.org/main/src/x.py)" in led


@pytest.mark.parametrize("ending", ["jpg", "png", "svg"])
def test_a_picture_is_shown_from_where_the_site_has_it(tmp_path: Path, ending: str) -> None:
    shown = f'<img src="../pictures/a.{ending}" alt="A">'
    more = {"docs/README.md": FRONT + "- [B](how-to/b.md)\n", "docs/how-to/b.md": f"# B\n\n{shown}\n"}
    pages = staged(tmp_path, {**more, f"docs/pictures/a.{ending}": ""}, "https://example.org/main/")
    assert shown in text_of(pages, "how-to/b")


def test_every_page_is_in_the_order_that_sphinx_checks(tmp_path: Path) -> None:
    pages = staged(tmp_path)
    order = "".join(text_of(pages, name) for name in ("index", "decisions/index", "reference/problems/index"))
    names = {path.relative_to(pages).with_suffix("").as_posix() for path in pages.rglob("*.md")} - {"index"}
    assert {name for name in names if f"\n/{name}\n" not in order and f"\n{Path(name).name}\n" not in order} == set()


def test_the_plain_index_has_every_page_and_every_term(tmp_path: Path) -> None:
    index = text_of(staged(tmp_path), "all-pages")
    assert "- [A](a.md): the first letter\n" in index
    assert "  - [One](decisions/0001-one.md)\n" in index
    assert '- <a href="glossary.html#term-gate-way-in">gate, way in</a>' in index
    assert index.index("term-act") < index.index("term-gate-way-in")


def test_the_search_is_told_what_lists_say_and_how_a_page_begins_where_none_does(tmp_path: Path) -> None:
    script = (staged(tmp_path) / "search_summaries.js").read_text("utf-8")
    words = json.loads(script.removeprefix("const SUMMARIES = ").removesuffix(";\n"))
    assert words["a"] == ["A: the first letter", "A: learn the first letter"]
    assert words["decisions/0001-one"] == ["Two are too many."]


def test_a_broken_link_and_an_orphan_are_told_together_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(StagingProblem) as told:
        staged(tmp_path, {"docs/a.md": "# A\n\n[b](b.md)\n", "docs/alone.md": "# Alone\n"})
    assert str(told.value).splitlines() == [
        "docs/a.md: docs/b.md is not there",
        "docs/alone.md: no list has this page; name it in docs/README.md",
    ]
    assert not (tmp_path / "pages").exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_are_those_of_the_palette(scheme: str) -> None:
    ours = colours_in((ROOT / "docs_site/theme/static/kuule.css").read_text("utf-8"))[scheme]
    web = colours_in((ROOT / "src/kuule/static_site/common.css").read_text("utf-8"))[scheme]
    assert {name: ours[name] for name in web} == web


def test_the_style_and_the_templates_ask_nobody_else() -> None:
    files = [path for path in (ROOT / "docs_site/theme").rglob("*") if path.is_file()]
    assert [path.name for path in files if "http" in path.read_text("utf-8").replace('a[href^="http"]', "")] == []
