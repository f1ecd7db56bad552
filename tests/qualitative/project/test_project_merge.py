"""Merging copies: nothing is lost, contradictions stay to be settled, and order and repetition make no difference."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.qualitative.act_log.act_making import make_undoing
from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project.project_merge import CopyMerge, merge_copy
from kuule.qualitative.project.row_codec import Tombstone
from kuule.qualitative.project_model.answer_text import AnswerText
from kuule.qualitative.project_model.code_entries import CodeEntry
from kuule.qualitative.project_model.notes_and_translations import Memo
from kuule.qualitative.project_model.project_problems import ProjectError
from tests.qualitative.small_project import CODES, DAY, coding, mark, marks, memory_project, text_of, with_texts

WORDS = ("My aunt Maija knew it.", "I told nobody.", "It was in the choir.")


def copy_of(project: OpenProject) -> OpenProject:
    return memory_project(project.rows())


def merged(*copies: OpenProject) -> OpenProject:
    project = memory_project()
    for one in copies:
        merge_copy(project, copy_of(one))
    return project


def everything(project: OpenProject) -> tuple:
    """All that can be seen of a project."""
    cells = {act.content.cell: project.log.in_force(act.content.cell) for act in project.log}
    return project.texts, project.tombstones, list(project.log), cells, project.log.contested_cells()


def work(project: OpenProject, steps: list[int], chance: random.Random) -> None:
    """What a team may do with a copy: acts of all kinds, undoing, and texts that are withdrawn or come."""
    for step in steps:
        role = f"reader-{step % 3}"
        text = chance.choice([*project.texts.values()]) if project.texts else None
        match step % 8:
            case 0 if text is not None:
                project.save([marks(text, role, mark(0, 1 + step % 3))], role=role, day=DAY)
            case 1 if text is not None:
                project.save([coding(text, role, CODES[step % 2])], role=role, day=DAY)
            case 2:
                project.save([CodeEntry(CODES[step % 3].code, f"name {step}")], role=role, day=DAY)
            case 3 if text is not None:
                project.save([Memo(f"{step % 4:032x}", f"memo {step}", text.id)], role=role, day=DAY)
            case 4 | 5:
                take_back(project, chance)
            case 6 if text is not None and step % 3 == 0:
                project.apply([Tombstone(text.id)])
            case 7:
                words = f"new {step % 5}"
                project.apply([AnswerText(project.text_id("wish", "en", words), "wish", "en", words)])


def take_back(project: OpenProject, chance: random.Random) -> None:
    acts = list(project.log)
    if acts:
        act = chance.choice(acts)
        try:
            undoing = make_undoing(project.log, act.id, role=act.role)
        except ProjectError:
            return
        project.save([undoing], role=act.role, day=DAY)


STEPS = st.lists(st.integers(0, 63), max_size=14)


@settings(deadline=None)
@given(STEPS, STEPS, STEPS, st.randoms(use_true_random=False))
def test_merging_is_a_union(first: list[int], second: list[int], third: list[int], chance: random.Random) -> None:
    base = with_texts(memory_project(), WORDS)
    work(base, first[:5], chance)
    a, b, c = copy_of(base), copy_of(base), copy_of(base)
    for copy, steps in ((a, first), (b, second), (c, third)):
        work(copy, steps, chance)
    ab, abc = merged(a, b), merged(a, b, c)
    assert everything(ab) == everything(merged(b, a)), "commutative"
    assert everything(abc) == everything(merged(a, merged(b, c))), "associative"
    assert everything(abc) == everything(merged(c, abc, b, abc)), "idempotent"
    lost = {act.id for copy in (a, b, c) for act in copy.log if act.content.about_text not in abc.tombstones}
    assert {act.id for act in abc.log} == lost, "nothing is lost but what is about withdrawn texts"
    assert not set(abc.texts) & abc.tombstones
    assert {act.content.about_text for act in abc.log}.isdisjoint(abc.tombstones)
    assert everything(copy_of(abc)) == everything(abc), "what is read again is what was saved"


def test_one_code_changed_in_two_copies_is_a_disagreement_until_somebody_settles_it() -> None:
    base = with_texts(memory_project())
    base.save([CODES[0]], role="lead", day=DAY)
    other = copy_of(base)
    base.save([CodeEntry(CODES[0].code, "Told somebody")], role="reader-1", day=DAY)
    other.save([CodeEntry(CODES[0].code, "Disclosure")], role="reader-2", day=DAY)
    assert merge_copy(base, other) == CopyMerge(acts=1, texts=0, withdrawn=0, disagreements=1)
    assert {act.content.name for act in base.log.in_force(("code", CODES[0].code))} == {"Told somebody", "Disclosure"}
    base.save([CodeEntry(CODES[0].code, "Told somebody")], role="lead", day=DAY)
    assert merge_copy(base, other) == CopyMerge(acts=0, texts=0, withdrawn=0, disagreements=0)


def test_blind_codings_of_two_copies_do_not_contradict() -> None:
    base = with_texts(memory_project())
    base.save(CODES, role="lead", day=DAY)
    other = copy_of(base)
    text = text_of(base, "I told nobody.")
    base.save([coding(text, "reader-1", CODES[0])], role="reader-1", day=DAY)
    other.save([coding(text, "reader-2", CODES[1])], role="reader-2", day=DAY)
    merge_copy(base, other)
    assert base.log.contested_cells() == {}
    assert len(base.log.cells_about(text.id, "coding")) == 2


def test_a_copy_that_still_has_a_withdrawn_text_does_not_bring_it_back() -> None:
    base = with_texts(memory_project())
    other = copy_of(base)
    text = text_of(base, "I told nobody.")
    base.apply([Tombstone(text.id)])
    other.save([marks(text, "reader-2", mark(0, 1)), Memo("m", "strong", text.id)], role="reader-2", day=DAY)
    assert merge_copy(base, other) == CopyMerge(acts=0, texts=0, withdrawn=0, disagreements=0)
    assert text.id not in base.texts
    assert list(base.log) == []
    assert merge_copy(other, base) == CopyMerge(acts=0, texts=0, withdrawn=1, disagreements=0)
    assert (text.id in other.texts, list(other.log)) == (False, [])


def test_another_project_is_refused() -> None:
    class Foreign(OpenProject):
        id = b"another project."

    stranger = memory_project()
    stranger.__class__ = Foreign
    with pytest.raises(ProjectError, match=r"^PROJECT_014 "):
        merge_copy(memory_project(), stranger)
