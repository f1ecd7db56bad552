"""The text that is left: what was marked is replaced by a category in brackets, and positions are found again in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory
from kuule.qualitative.redaction_log.passes import JoinedMark, joined_marks

CATEGORY_LABELS: Mapping[IdentifierCategory, str] = {
    IdentifierCategory.PERSON: "a name",
    IdentifierCategory.RELATIVE: "a relative's name",
    IdentifierCategory.PLACE: "a place",
    IdentifierCategory.ORGANISATION: "an organisation",
    IdentifierCategory.CONTACT: "a contact",
    IdentifierCategory.NUMBER: "a number",
    IdentifierCategory.DATE: "a date",
    IdentifierCategory.AGE: "an age",
    IdentifierCategory.OCCUPATION: "an occupation",
    IdentifierCategory.UNUSUAL: "a detail",
}
"""What stands in brackets, in English."""
UNSETTLED_LABEL = "left out"
"""While two readers see different things in one span."""
LabelWording = Callable[[str], str]
"""Gives one of these labels in a reader's language."""


@dataclass(frozen=True, slots=True)
class RedactedText:
    """A text without what was marked. `cuts` are (span in the original, span in `words`), in order."""

    words: str
    cuts: tuple[tuple[TextSpan, TextSpan], ...]

    def redacted_span(self, span: TextSpan) -> TextSpan:
        """Where a span of the original is in `words`. Of what begins or ends within a mark, the whole label is in
        it."""
        return TextSpan(self._position(span.start, to_end=False), self._position(span.end, to_end=True))

    def original_span(self, span: TextSpan) -> TextSpan:
        """Where a span of `words` is in the original. Of what begins or ends within a label, the whole mark is in
        it."""
        turned = RedactedText("", tuple((there, here) for here, there in self.cuts))
        return turned.redacted_span(span)

    def _position(self, position: int, *, to_end: bool) -> int:
        shift = 0
        for original, label in self.cuts:
            if position < original.start or (to_end and position == original.start):
                break
            if position < original.end or (to_end and position == original.end):
                return label.end if to_end else label.start
            shift = label.end - original.end
        return position + shift


def redacted_text(log: ActLog, text: AnswerText, wording: LabelWording = str) -> RedactedText:
    """A text with all that passes which are done have marked taken out. Whether that is enough to show it is
    `redaction_state`'s to say."""
    return replace_marks(text.words, joined_marks(log, text.id), wording)


def replace_marks(words: str, marks: Sequence[JoinedMark], wording: LabelWording = str) -> RedactedText:
    """The words with each mark replaced by its label in brackets. Marks are in order and do not overlap."""
    pieces, cuts = [], []
    read = written = 0
    for mark in marks:
        label = f"[{wording(UNSETTLED_LABEL if mark.category is None else CATEGORY_LABELS[mark.category])}]"
        kept = words[read : mark.span.start]
        start = written + len(kept)
        pieces += [kept, label]
        cuts.append((mark.span, TextSpan(start, start + len(label))))
        read, written = mark.span.end, start + len(label)
    return RedactedText("".join(pieces) + words[read:], tuple(cuts))
