"""Texts that fit where they are shown, show what they are, and stay in the file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from kuule.core.problems import Excerpt, Problem, Severity
from kuule.register.check_rules.checked_register import CheckedRegister
from kuule.register.reading.comments import lines_of_other_comments

TOO_LONG = "REGISTER_021"
UNSEEN = "REGISTER_022"
COMMENTED = "REGISTER_023"

LONGEST_LABEL = 80
"""Characters of a choice's label: it stands in a cell of the matrix."""
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def check_lengths(checked: CheckedRegister) -> Iterator[Problem]:
    """A warning for each label of a choice that is too long for a cell."""
    for provision in checked.register.provisions.values():
        for number, choice in enumerate(provision.choices):
            if len(choice.label) > LONGEST_LABEL:
                cause = f"the label has {len(choice.label)} characters, and a cell has room for {LONGEST_LABEL}"
                remedy = "say it shorter; coding: has room for more"
                yield checked.warning_problem(TOO_LONG, provision, ("choices", number, "label"), cause, remedy)


def check_unseen(checked: CheckedRegister) -> Iterator[Problem]:
    """A problem for each character that a reader does not see, and that makes a text read as something else."""
    for name, document in checked.folder.documents.items():
        for path, text in _texts(document.content, ()):
            if found := next(filter(_is_unseen, text), None):
                cause = f"it has the character U+{ord(found):04X}, which nobody sees and which can turn what follows"
                yield checked.folder.documents[name].problem(UNSEEN, path, cause, "take it out")


def check_comments(checked: CheckedRegister) -> Iterator[Problem]:
    """A warning for each file with comments that are lost when the workbench writes it."""
    for name, document in checked.folder.documents.items():
        lines = lines_of_other_comments(document.lines)
        if lines:
            text = document.lines[lines[0]]
            more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
            yield Problem(
                COMMENTED,
                f"{name}, line {lines[0] + 1}{more}",
                "a comment that is not at the top of the file is lost when the file is written by the workbench",
                "put it into notes:, or at the top",
                Severity.WARNING,
                file=name,
                excerpt=Excerpt(text, lines[0] + 1, text.index("#"), len(text)),
            )


def _texts(content: Any, path: Sequence[str | int]) -> Iterator[tuple[Sequence[str | int], str]]:
    if isinstance(content, str):
        yield path, content
    elif isinstance(content, dict | list):
        for key, value in content.items() if isinstance(content, dict) else enumerate(content):
            yield from _texts(value, (*path, key))


def _is_unseen(letter: str) -> bool:
    if letter in _TURNING:
        return True
    return (
        not letter.isprintable() and letter != "\n" and unicodedata.category(letter) in ("Cc", "Co", "Cn", "Zl", "Zp")
    )
