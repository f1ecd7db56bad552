"""What somebody wrote, as a page may show it: every letter is a word of theirs and none is obeyed.

Positions are code points of the text. Letters that steer (bidirectional overrides, controls, NUL) are shown by their
number, and of a pile of marks above one letter the first few.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from kuule.qualitative.project_model.answer_text import TextSpan

PORTION = 6_000
"""Characters on one page. Hardly any answer is longer; one of a million is read in portions."""
_LONGEST_PIECE = 40
_MOST_MARKS = 4
_STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_PIECES = re.compile(
    "[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"  # each is a word or a part of one
    "|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{1,6}"  # Thai, Lao, Burmese and Khmer have no spaces between words
    "|[^\\s\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    f"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{{1,{_LONGEST_PIECE}}}"
)


@dataclass(frozen=True, slots=True)
class ShownRun:
    """Letters that belong together on a page. `number` is that of a piece that begins here; `label` is what marks say
    that begin here, and `marked` whether any is over it."""

    html: Markup
    number: int | None = None
    label: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Portion:
    """The part of a text that one page shows: `place` of `places`, both from 1."""

    place: int
    places: int
    span: TextSpan


def visible_html(words: str) -> Markup:
    """Letters as HTML."""
    made, at = [], 0
    for found in _signs(words):
        made += [escape(words[at : found.start]), found.html]
        at = found.end
    return Markup("").join([*made, escape(words[at:])])


def pieces_of(words: str) -> tuple[TextSpan, ...]:
    """The pieces by which a span is given without a mouse: words, or less where a script has no spaces. A piece never
    begins with a mark that belongs to the letter before."""
    found: list[TextSpan] = []
    for one in _PIECES.finditer(words):
        start, end = one.span()
        joins = bool(found) and found[-1].end == start
        if joins and unicodedata.category(words[start]).startswith("M"):
            found[-1] = TextSpan(found[-1].start, end)
        else:
            found.append(TextSpan(start, end))
    return tuple(found)


def portion_of(words: str, place: int) -> Portion:
    """The portion with this number, or the nearest that there is. It is never empty."""
    places = max(1, -(-len(words) // PORTION))
    place = min(max(place, 1), places)
    start, end = (place - 1) * PORTION, min(place * PORTION, len(words))
    return Portion(place, places, TextSpan(start, max(end, start + 1)))


def shown_runs(
    words: str, portion: TextSpan, marks: Sequence[tuple[TextSpan, str]], *, pieces: Sequence[TextSpan] = ()
) -> tuple[ShownRun, ...]:
    """A portion of a text in runs: a new one wherever a mark begins or ends and, where there are `pieces`, at each of
    them, with its number from 1."""
    numbers = {piece.start: place for place, piece in enumerate(pieces, 1)}
    inside = [(span, label) for span, label in marks if span.overlaps(portion)]
    edges = {portion.start, min(portion.end, len(words))}
    edges |= {at for span, _ in inside for at in (span.start, span.end)}
    edges |= {at for piece in pieces if piece.overlaps(portion) for at in (piece.start, piece.end)}
    ordered = sorted(at for at in edges if portion.start <= at <= min(portion.end, len(words)))
    runs = []
    for start, end in pairwise(ordered):
        over = [(span, said) for span, said in inside if span.start <= start < span.end]
        label = ", ".join(dict.fromkeys(said for span, said in over if start == max(span.start, portion.start)))
        runs.append(ShownRun(visible_html(words[start:end]), numbers.get(start), label, marked=bool(over)))
    return tuple(runs)


@dataclass(frozen=True, slots=True)
class _Sign:
    start: int
    end: int
    html: Markup


def _signs(words: str) -> Iterator[_Sign]:
    """What is not shown as it is, in order."""
    found = [_Sign(one.start(), one.end(), _sign(f"U+{ord(one[0]):04X}")) for one in _STEERING.finditer(words)]
    if not words.isascii():
        found = sorted([*found, *_piles(words)], key=lambda one: one.start)
    return iter(found)


def _piles(words: str) -> Iterator[_Sign]:
    run = 0
    for at, letter in enumerate(f"{words} "):
        if at < len(words) and unicodedata.category(letter) in {"Mn", "Me"}:
            run += 1
            continue
        if run > _MOST_MARKS:
            yield _Sign(at - run + _MOST_MARKS, at, _sign(f"and {run - _MOST_MARKS} more marks"))
        run = 0


def _sign(text: str) -> Markup:
    return Markup('<span class="sign">{}</span>').format(text)
