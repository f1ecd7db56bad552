"""Blind double coding: who sees what, what stays as it was, and what two codings come to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kuule.qualitative.coding.code_tree import CodeTree
from kuule.qualitative.coding.text_codings import (
    CodingOutcome,
    CodingState,
    adjudication,
    coding_outcome,
    text_coding,
    visible_codings,
)
from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project.project_merge import merge_copy
from kuule.qualitative.project_model.code_entries import CodedSegment, CodeEntry
from kuule.qualitative.project_model.project_problems import ProjectError
from tests.qualitative.small_project import CODES, DAY, memory_project, segment, text_of, with_texts

TOLD, SILENCE, HELP = CODES
WORDS = "I told nobody."


@pytest.fixture
def project() -> OpenProject:
    project = with_texts(memory_project(), (WORDS,))
    project.save(CODES, role="lead", day=DAY)
    return project


def code(project: OpenProject, role: str, *segments: CodedSegment, done: bool = True) -> None:
    tree, text = CodeTree.from_log(project.log), text_of(project, WORDS)
    project.save([text_coding(project.log, tree, text, segments, role=role, done=done)], role=role, day=DAY)


def decide(project: OpenProject, role: str, *segments: CodedSegment) -> None:
    tree, text = CodeTree.from_log(project.log), text_of(project, WORDS)
    said = adjudication(project.log, tree, text, segments, role=role, reason="it says so")
    project.save([said], role=role, day=DAY)


def outcome(project: OpenProject) -> CodingOutcome:
    return coding_outcome(project.log, CodeTree.from_log(project.log), text_of(project, WORDS).id)


def sees(project: OpenProject, role: str) -> list[str]:
    return sorted(visible_codings(project.log, text_of(project, WORDS).id, role=role))


def refused(problem: str):
    return pytest.raises(ProjectError, match=f"^{problem} ")


def test_nobody_sees_another_coding_before_two_are_done(project: OpenProject) -> None:
    code(project, "coder-1", segment(SILENCE))
    code(project, "coder-2", segment(TOLD), done=False)
    assert [sees(project, role) for role in ("coder-1", "coder-2", "lead")] == [["coder-1"], ["coder-2"], []]
    code(project, "coder-2", segment(TOLD))
    assert [sees(project, role) for role in ("coder-1", "lead")] == [["coder-1", "coder-2"]] * 2


def test_a_blind_coding_stays_as_it_was_once_it_was_compared(project: OpenProject) -> None:
    code(project, "coder-1", segment(SILENCE))
    code(project, "coder-1", segment(SILENCE, 2, 6))
    code(project, "coder-2", segment(TOLD))
    for role in ("coder-1", "coder-2", "coder-3"):
        with refused("PROJECT_034"):
            code(project, role, segment(SILENCE))


def test_two_who_agree_on_the_codes_agree_whatever_the_spans(project: OpenProject) -> None:
    assert outcome(project) == CodingOutcome(CodingState.UNCODED, ())
    code(project, "coder-1", segment(SILENCE, 0, 6), done=False)
    assert outcome(project) == CodingOutcome(CodingState.STARTED, ())
    code(project, "coder-1", segment(SILENCE, 0, 6))
    assert outcome(project) == CodingOutcome(CodingState.SINGLE, (segment(SILENCE, 0, 6),))
    code(project, "coder-2", segment(SILENCE, 7, 13))
    assert outcome(project) == CodingOutcome(CodingState.AGREED, (segment(SILENCE, 0, 6), segment(SILENCE, 7, 13)))


def test_somebody_else_decides_alone(project: OpenProject) -> None:
    code(project, "coder-1", segment(SILENCE))
    with refused("PROJECT_035"):
        decide(project, "lead", segment(SILENCE))
    code(project, "coder-2", segment(TOLD))
    assert outcome(project) == CodingOutcome(CodingState.DIFFERS, ())
    decide(project, "lead", segment(SILENCE))
    assert outcome(project) == CodingOutcome(CodingState.ADJUDICATED, (segment(SILENCE),))


def test_coders_decide_only_together(project: OpenProject) -> None:
    code(project, "coder-1", segment(SILENCE))
    code(project, "coder-2", segment(TOLD))
    decide(project, "coder-1", segment(SILENCE))
    assert outcome(project).state is CodingState.DIFFERS
    decide(project, "coder-2", segment(SILENCE))
    assert outcome(project).state is CodingState.ADJUDICATED


def test_two_judges_who_differ_leave_it_open(project: OpenProject) -> None:
    code(project, "coder-1", segment(SILENCE))
    code(project, "coder-2", segment(TOLD))
    other = memory_project(project.rows())
    decide(project, "lead", segment(SILENCE))
    decide(other, "judge", segment(TOLD))
    merge_copy(project, other)
    assert outcome(project).state is CodingState.DIFFERS
    decide(project, "judge", segment(SILENCE))
    assert outcome(project).state is CodingState.ADJUDICATED


def test_codes_that_do_not_code_are_told(project: OpenProject) -> None:
    project.save([replace(HELP, codable=False), replace(TOLD, retired=True)], role="lead", day=DAY)
    for one in (HELP, TOLD, CodeEntry("unknown", "Unknown")):
        with refused("PROJECT_033"):
            code(project, "coder-1", segment(one))
    with refused("PROJECT_026"):
        code(project, "coder-1", segment(SILENCE, 0, 99))


def test_a_merged_code_counts_as_the_one_that_stays_and_its_codings_stay(project: OpenProject) -> None:
    code(project, "coder-1", segment(SILENCE))
    code(project, "coder-2", segment(TOLD))
    project.save([replace(TOLD, retired=True, merged_into=SILENCE.code)], role="lead", day=DAY)
    assert outcome(project).state is CodingState.AGREED
