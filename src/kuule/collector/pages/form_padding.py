"""How much is filled into a page's form, so that what is posted from any page has one of few lengths.

Counted is what a page sends with one answer to each single choice and nothing ticked or typed: this is as long as with
none. What is ticked and typed comes on top of it and is seen (decision 0020).
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.collector.pages.question_views import PageView, QuestionView
from kuule.collector.session.posted import WAITING_FIELD
from kuule.web.length_hiding.field_padding import BUTTON_WIDTH, encoded_length, field_length, filler

PADDING_FIELD = "even"
"""The name of the hidden field that is filled."""
FORM_STEP = 512
"""Bytes: a form without its token has a multiple of this. Most pages of a study then have the same."""
_TICKED = frozenset({"select_many", "acknowledge"})


def question_fields_length(view: PageView) -> int:
    """Bytes of the fields of a page of questions."""
    return sum(length for question in view.questions for length in _lengths(question))


def form_filler(page: str, fields: int) -> str:
    """What the hidden field of a form holds: `page` is what its form names, `fields` the bytes of its other fields."""
    own = (("page", encoded_length(page)), ("go", BUTTON_WIDTH), (PADDING_FIELD, 0))
    return filler(-(sum(field_length(name, value) for name, value in own) + fields) % FORM_STEP)


def _lengths(view: QuestionView) -> Iterator[int]:
    name = view.question.field
    if view.waiting:
        yield field_length(WAITING_FIELD, encoded_length(name))
    if view.component in _TICKED:
        return
    if view.component == "rank":
        yield len(view.choices) * field_length(name, view.width)
    elif view.pieces:
        yield from (field_length(piece.field, 0) for piece in view.pieces)
    else:
        # A text has no width: what is typed comes on top.
        yield field_length(name, view.width)
