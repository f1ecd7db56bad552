"""The decisions: an index in step with the pages, relations said on both pages, and citations that lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, project_files, script, text_of

FOUNDING = ROOT / "docs" / "decisions" / "0000-founding-decisions.md"
SECTION = re.compile(r"\b[Dd]ecision\s+0000, sections? (\d+)(?:(?:, | and )(\d+))*")
CITED = re.compile(r"\b[Dd]ecisions? (?:\[)?(\d{4})\b")
LOST = "DESIGN" + ".md"
"""What the code cited before there was decision 0000: a file that is not here."""


def texts(word: str) -> Iterator[tuple[str, str]]:
    """Every text file of the project that has the word in it, by its path."""
    for path in project_files():
        if word in text_of(path):
            yield path.relative_to(ROOT).as_posix(), text_of(path)


def sections() -> set[str]:
    return set(re.findall(r"^## (\d+)\. ", FOUNDING.read_text("utf-8"), flags=re.MULTILINE))


def test_nothing_cites_a_design_that_is_not_here() -> None:
    assert [name for name, _ in texts(LOST)] == []


def test_decisions_that_are_cited_are_there() -> None:
    there = {each.number for each in script("decision_index").decisions(ROOT)}
    found = {(name, number) for name, text in texts("ecision") for number in CITED.findall(text) if number not in there}
    assert found == set()


def test_sections_of_the_founding_decisions_that_are_cited_are_there() -> None:
    cited = {
        (name, number)
        for name, text in texts("ecision")
        for match in SECTION.finditer(text)
        for number in match.groups()
        if number
    }
    assert len(cited) > 10
    there = sections()
    assert {(name, number) for name, number in cited if number not in there} == set()


def test_what_a_decision_says_of_another_is_said_there_too() -> None:
    index = script("decision_index")
    back = {**index.RELATIONS, **{later: earlier for earlier, later in index.RELATIONS.items()}}
    said = {(each.number, word, other) for each in index.decisions(ROOT) for word, other in each.relations}
    assert {one for one in said if (one[2], back[one[1]], one[0]) not in said} == set()
    assert len(said) > 20


def test_a_later_decision_acts_on_an_earlier_one() -> None:
    index = script("decision_index")
    acts = [
        (each.number, other)
        for each in index.decisions(ROOT)
        for word, other in each.relations
        if word in index.RELATIONS
    ]
    assert [pair for pair in acts if pair[0] <= pair[1]] == []


def test_numbers_are_used_once_and_titles_are_one_line() -> None:
    found = script("decision_index").decisions(ROOT)
    assert len({each.number for each in found}) == len(found)
    assert [each.file for each in found if not each.title] == []


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("", "in force"),
        ("Replaced by [0002](0002-b.md): all of it.\n\n", "replaced by 0002"),
        (
            "Changed by [0002](0002-b.md). Added to by [0003](0003-c.md).\n\n",
            "in force; changed by 0002, added to by 0003",
        ),
    ],
)
def test_status_is_read_below_the_title(tmp_path: Path, head: str, status: str) -> None:
    folder = tmp_path / "docs" / "decisions"
    folder.mkdir(parents=True)
    (folder / "0001-a.md").write_text(
        f"# A\n\n{head}**Found.** Replaced by [0009](0009-x.md) in the text is no status.\n", "utf-8"
    )
    (folder / "README.md").write_text("no decision\n", "utf-8")
    row = script("decision_index").lines(tmp_path)[2]
    assert row == f"| [0001](0001-a.md) | A | {status} |  |"


def test_unused_numbers_are_named() -> None:
    assert script("decision_index").unused(["0000", "0003", "0001"]) == ["0002"]
