"""Marks of a conflict are found where they stand, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from kuule.core.conflict_marks import conflict_cause, conflict_line

CONFLICT = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> 1a2b3c4 (Mend the text)\n"


@pytest.mark.parametrize(
    ("text", "ruled", "line"),
    [
        (CONFLICT, True, 2),
        (CONFLICT.replace("\n", "\r\n"), True, 2),
        ("a\n>>>>>>> theirs", True, 2),
        ("Title\n=======\n", True, 0),
        ("a\n=======\n", False, 2),
        ("<<<<<<<\n", True, 1),
        ("<<<<<<<< eight\n <<<<<<< not at the beginning\n<<<<<<<a\n>>> a quotation\n", False, 0),
        ("", False, 0),
    ],
)
def test_line_of_the_first_mark(text: str, ruled: bool, line: int) -> None:
    assert conflict_line(text, ruled=ruled) == line


def test_mark_is_said_with_its_line() -> None:
    said = "line 2 is a mark of a conflict: two people changed the same lines, and nobody has chosen yet"
    assert conflict_cause(2) == said
