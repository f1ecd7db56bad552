"""Memos on a text, on a code, or on the whole project."""

from __future__ import annotations

from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.coding.code_tree import CodeTree
from kuule.qualitative.project_model.answer_text import TextId
from kuule.qualitative.project_model.code_entries import CodeId
from kuule.qualitative.project_model.notes_and_translations import Memo
from kuule.qualitative.project_model.project_problems import project_error


def memos_on(log: ActLog, *, text: TextId | None = None, code: CodeId | None = None) -> tuple[Memo, ...]:
    """The memos on a text or on a code; without either, those on the project. Where two copies changed one, both
    versions are there."""
    cells = log.cells("memo") if text is None else log.cells_about(text, "memo")
    found = [act.content for cell in cells for act in log.in_force(cell)]
    return tuple(one for one in found if isinstance(one, Memo) and (one.text, one.code) == (text, code) and one.words)


def check_memo(log: ActLog, tree: CodeTree, memo: Memo) -> None:
    """Check a memo before it is saved, a new one or a change. One that is to go has no words.

    Raises ProjectError PROJECT_033 (on a code that is not there), PROJECT_036 (it is on something else than before, or
    on two things).
    """
    if memo.code is not None and memo.code not in tree.entries:
        cause = "it is no code of the codebook"
        raise project_error("PROJECT_033", f"code {memo.code[:40]!r}", cause, "take one from the codebook")
    before = log.content(memo.cell)
    moved = isinstance(before, Memo) and (before.text, before.code) != (memo.text, memo.code)
    if moved or (memo.text is not None and memo.code is not None):
        cause = "a memo is on one thing, and stays there: it goes when its text is withdrawn"
        raise project_error("PROJECT_036", f"memo {memo.memo[:40]!r}", cause, "write a new memo")
