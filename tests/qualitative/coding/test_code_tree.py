"""The codebook: a tree whatever two copies made of it, and no place for anybody's words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kuule.qualitative.coding.code_counts import CodeFrequency, code_frequencies
from kuule.qualitative.coding.code_tree import CodeTree, check_entry
from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project.project_merge import merge_copy
from kuule.qualitative.project_model.code_entries import CodeEntry
from kuule.qualitative.project_model.project_problems import ProjectError
from tests.qualitative.small_project import CODES, DAY, memory_project, with_texts

TOLD, SILENCE, HELP = CODES
ANSWER = "Nobody asked me how I was, not once in all those years."


def tree_of(*entries: CodeEntry) -> CodeTree:
    project = memory_project()
    project.save(entries, role="lead", day=DAY)
    return CodeTree.from_log(project.log)


def names(tree: CodeTree) -> list[tuple[int, str]]:
    return [(depth, entry.name) for depth, entry in tree.walk()]


def test_codes_stand_below_each_other_by_name() -> None:
    school = CodeEntry("s" * 32, "School", parent=HELP.code)
    tree = tree_of(*CODES, school, CodeEntry("f" * 32, "family", parent=HELP.code))
    assert names(tree) == [(0, "Help"), (1, "family"), (1, "School"), (0, "Silence"), (0, "Told")]
    assert tree.path(school.code) == ("Help", "School")
    assert tree.with_those_above(school.code) == {school.code, HELP.code}


def test_a_loop_that_two_copies_made_stands_at_the_top_until_somebody_moves_one() -> None:
    base = memory_project()
    base.save(CODES, role="lead", day=DAY)
    other = memory_project(base.rows())
    base.save([replace(TOLD, parent=HELP.code)], role="reader-1", day=DAY)
    other.save([replace(HELP, parent=TOLD.code)], role="reader-2", day=DAY)
    merge_copy(base, other)
    tree = CodeTree.from_log(base.log)
    assert (tree.in_loops, len(names(tree))) == ({TOLD.code, HELP.code}, 3)
    assert tree.path(TOLD.code) == ("Told",)
    base.save([HELP], role="lead", day=DAY)
    assert CodeTree.from_log(base.log).in_loops == frozenset()


def test_merged_codes_count_as_the_last_of_them() -> None:
    tree = tree_of(replace(TOLD, merged_into=SILENCE.code), replace(SILENCE, merged_into=HELP.code), HELP)
    assert [tree.counted_as(one.code) for one in CODES] == [HELP.code] * 3
    circle = tree_of(replace(TOLD, merged_into=SILENCE.code), replace(SILENCE, merged_into=TOLD.code))
    assert circle.counted_as(TOLD.code) == circle.counted_as(SILENCE.code)
    assert tree.counted_as("unknown") == "unknown"


@pytest.fixture
def project() -> OpenProject:
    project = with_texts(memory_project(), (ANSWER,))
    project.save([*CODES, CodeEntry("s" * 32, "School", parent=HELP.code)], role="lead", day=DAY)
    return project


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (CodeEntry("n", " "), "PROJECT_029"),
        (CodeEntry("n", "HELP"), "PROJECT_029"),
        (CodeEntry("n", "New", parent="nothing"), "PROJECT_030"),
        (replace(HELP, parent="s" * 32), "PROJECT_030"),
        (replace(HELP, parent=HELP.code), "PROJECT_030"),
        (CodeEntry("n", "New", example="not ONCE  in all those years"), "PROJECT_031"),
        (CodeEntry("n", "New", definition="as in: nobody asked me how I was, ever"), "PROJECT_031"),
        (replace(HELP, merged_into=HELP.code), "PROJECT_032"),
        (replace(HELP, merged_into="nothing"), "PROJECT_032"),
    ],
)
def test_an_entry_that_cannot_be_is_told(project: OpenProject, entry: CodeEntry, code: str) -> None:
    with pytest.raises(ProjectError, match=f"^{code} "):
        check_entry(CodeTree.from_log(project.log), entry, project.texts.values())


def test_entries_that_only_look_so_are_taken(project: OpenProject) -> None:
    tree = CodeTree.from_log(project.log)
    for entry in (
        CodeEntry("n", "Help", parent=HELP.code),
        replace(HELP, name="help"),
        CodeEntry("n", "New", example="Not once was she asked, she said."),
        replace(HELP, merged_into=TOLD.code),
    ):
        check_entry(tree, entry, project.texts.values())


def test_answers_are_counted_once_however_many_codes_below_they_have(project: OpenProject) -> None:
    tree = CodeTree.from_log(project.log)
    found = code_frequencies(tree, {"a": frozenset({"s" * 32, HELP.code}), "b": frozenset({"s" * 32})}, {"b": 3})
    assert found[:2] == (CodeFrequency(HELP.code, 0, 1, 4), CodeFrequency("s" * 32, 1, 4, 4))
