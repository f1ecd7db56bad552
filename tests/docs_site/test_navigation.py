"""The order of the site is that of docs/README.md; each reader has a path."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import pytest
from docs_site.navigation import LISTS, READERS, first_sentence, listed_in, orphans, page_groups, summaries
from docs_site.source_pages import SourcePage, links, page_of, source_pages

from tests.docs_site.small_docs import ROOT, write_docs

PATHS = ("administrator", "analyst", "contributor", "partner", "research-lead")


def test_groups_are_the_headings_of_the_front_page_and_its_lists_for_somebody(tmp_path: Path) -> None:
    root = write_docs(tmp_path)
    assert [(group.title, [path.stem for path in group.pages]) for group in page_groups(root, source_pages(root))] == [
        ("Where to begin", ["reader"]),
        ("Reference", ["a", "glossary", "README", "README"]),
        ("Reference: for those who build", ["CONTRIBUTING", "README", "CHANGELOG", "SECURITY"]),
    ]


def test_a_page_beside_the_source_comes_last(tmp_path: Path) -> None:
    root = write_docs(tmp_path, {"docs/a.md": "# A\n\n[it](../deploy/README.md)\n", "deploy/README.md": "# It\n"})
    assert page_groups(root, source_pages(root))[-1].pages == (PurePosixPath("deploy/README.md"),)


def test_a_page_that_no_list_has_is_an_orphan(tmp_path: Path) -> None:
    root = write_docs(tmp_path, {"docs/alone.md": "# Alone\n", "docs/decisions/0002-two.md": "# Two\n"})
    assert orphans(root, source_pages(root)) == [
        PurePosixPath("docs/alone.md"),
        PurePosixPath("docs/decisions/0002-two.md"),
    ]


def test_no_page_of_the_project_is_an_orphan() -> None:
    pages = source_pages(ROOT)
    assert orphans(ROOT, pages) == []
    assert len(pages) > 150
    assert all(listed_in(ROOT, pages, listing) for listing in LISTS)


def test_summaries_are_what_lists_say_the_front_page_first(tmp_path: Path) -> None:
    root = write_docs(tmp_path)
    told = summaries(root, source_pages(root))
    assert told[PurePosixPath("docs/a.md")] == ["A: the first letter", "A: learn the first letter"]
    assert told[PurePosixPath("docs/reference/problems/FORM.md")] == ["FORM: a questionnaire"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("# T\n\nOne. Two.\n", "One."),
        ("# T\n\nChanged by [0001](a.md).\n\n**Found.** It was slow. So\n", "It was slow."),
        ("# T\n\nReading the files:\n\n| a |\n|---|\n\nMore is here.\n", "More is here."),
        ("# T\n\n| a |\n|---|\n", ""),
    ],
)
def test_the_first_sentence_is_that_of_the_first_paragraph(text: str, sentence: str) -> None:
    assert first_sentence(SourcePage(PurePosixPath("docs/t.md"), "t", text)) == sentence


@pytest.mark.parametrize("name", PATHS)
def test_a_path_is_a_list_in_order_with_a_sentence_for_each_page(name: str) -> None:
    text = (ROOT / READERS / f"{name}.md").read_text("utf-8")
    steps = re.findall(r"^(\d+)\. (.+)$", text, re.MULTILINE)
    assert [int(number) for number, _ in steps] == list(range(1, len(steps) + 1))
    assert [step for _, step in steps if not re.match(r"\[.+\)[:] .+\.$", step)] == []


def test_every_reader_has_a_path_and_every_guide_is_on_one() -> None:
    pages = source_pages(ROOT)
    paths = [page for page in pages.values() if page.path.parent == READERS]
    assert sorted(page.path.stem for page in paths) == list(PATHS)
    on_a_path = {page_of(ROOT, link.path) for page in paths for link in links(page)}
    guides = {path for path in pages if path.parent.name in ("tutorial", "how-to")}
    assert {path.stem for path in guides - on_a_path} == {"draft"}, "coordinators find it from translate"
