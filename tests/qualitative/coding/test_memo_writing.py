"""Memos stay on what they are on."""

from __future__ import annotations

import pytest

from kuule.qualitative.coding.code_tree import CodeTree
from kuule.qualitative.coding.memo_writing import check_memo, memos_on
from kuule.qualitative.project.row_codec import Tombstone
from kuule.qualitative.project_model.notes_and_translations import Memo
from kuule.qualitative.project_model.project_problems import ProjectError
from tests.qualitative.small_project import CODES, DAY, memory_project, text_of, with_texts


def test_memos_are_found_by_what_they_are_on_and_go_with_a_text() -> None:
    project = with_texts(memory_project())
    text = text_of(project, "I told nobody.")
    on_text, on_code, on_all = Memo("1", "a", text.id), Memo("2", "b", None, CODES[0].code), Memo("3", "c")
    project.save([CODES[0], on_text, on_code, on_all, Memo("4", "")], role="reader-1", day=DAY)
    log = project.log
    assert [memos_on(log, text=text.id), memos_on(log, code=CODES[0].code), memos_on(log)] == [
        (on_text,), (on_code,), (on_all,),
    ]  # fmt: skip
    project.apply([Tombstone(text.id)])
    assert memos_on(log, text=text.id) == ()


def test_a_memo_that_would_move_is_refused() -> None:
    project = with_texts(memory_project())
    text = text_of(project, "I told nobody.")
    project.save([CODES[0], Memo("1", "a", text.id)], role="reader-1", day=DAY)
    tree = CodeTree.from_log(project.log)
    check_memo(project.log, tree, Memo("1", "other words", text.id))
    for memo, code in (
        (Memo("1", "a"), "PROJECT_036"),
        (Memo("2", "a", text.id, CODES[0].code), "PROJECT_036"),
        (Memo("2", "a", None, "unknown"), "PROJECT_033"),
    ):
        with pytest.raises(ProjectError, match=f"^{code} "):
            check_memo(project.log, tree, memo)
