"""Spans as somebody gives them in a form without a script: by words that stand in the text, or by numbers of pieces."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from kuule.desk.desk_problems import desk_error
from kuule.qualitative.project_model.answer_text import TextSpan

_MOST = 500


def spans_of_words(words: str, typed: str) -> tuple[TextSpan, ...]:
    """Every place where what was typed stands in a text, letter by letter; if it does so nowhere, whatever the case.
    Raises DeskError DESK_010 (it is not there), DESK_011 (nothing was typed, or it is in too many places)."""
    sought = typed.strip()
    if not sought:
        raise desk_error("DESK_011", "words to replace", "nothing was typed", "type the words as they are in the text")
    found = _places(words, sought)
    if not found and len(words.lower()) == len(words):
        found = _places(words.lower(), sought.lower())
    if not found:
        remedy = "copy them from the text, or give the numbers of the words"
        raise desk_error("DESK_010", "words to replace", "they are not in this text", remedy)
    if len(found) > _MOST:
        remedy = "type more of the words, so that fewer places are meant"
        raise desk_error("DESK_011", "words to replace", f"they are in more than {_MOST} places", remedy)
    return found


def span_of_numbers(words: str, pieces: Sequence[TextSpan], first: str, last: str) -> TextSpan:
    """The span from one numbered piece to another; the first alone if only it is given. Commas and brackets at its two
    ends are left out. Raises DeskError DESK_012."""
    numbers = [_number(one) for one in (first, last or first)]
    if not all(1 <= one <= len(pieces) for one in numbers) or numbers[0] > numbers[1]:
        cause = "they are no two numbers of this text, the smaller first"
        remedy = f"give numbers from 1 to {len(pieces):,}, as they are shown before the words"
        raise desk_error("DESK_012", "from and to", cause, remedy)
    start, end = pieces[numbers[0] - 1].start, pieces[numbers[1] - 1].end
    said = [at for at in range(start, end) if not unicodedata.category(words[at]).startswith("P")]
    return TextSpan(said[0], said[-1] + 1) if said else TextSpan(start, end)


def _number(typed: str) -> int:
    text = typed.strip()
    return int(text) if text.isdecimal() and len(text) <= 7 else 0


def _places(words: str, sought: str) -> tuple[TextSpan, ...]:
    found: list[TextSpan] = []
    at = words.find(sought)
    while at >= 0 and len(found) <= _MOST:
        found.append(TextSpan(at, at + len(sought)))
        at = words.find(sought, at + len(sought))
    return tuple(found)
