"""The text that is left: what was marked is replaced by a label in brackets, in the language of the text, and positions
are found again in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.redaction_log.passes import JoinedMark, joined_marks
from kuule.qualitative.redaction_log.redaction_labels import redaction_labels


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


def redacted_text(log: ActLog, text: AnswerText) -> RedactedText:
    """A text with all that passes which are done have marked taken out. Whether that is enough to show it is
    `redaction_state`'s to say."""
    return replace_marks(text.words, joined_marks(log, text.id), text.language)


def replace_marks(words: str, marks: Sequence[JoinedMark], language: str) -> RedactedText:
    """The words with each mark replaced by its label in a language. Marks are in order and do not overlap."""
    labels = redaction_labels(language)
    pieces, cuts = [], []
    read = written = 0
    for mark in marks:
        label = labels.in_brackets(mark.category)
        kept = words[read : mark.span.start]
        start = written + len(kept)
        pieces += [kept, label]
        cuts.append((mark.span, TextSpan(start, start + len(label))))
        read, written = mark.span.end, start + len(label)
    return RedactedText("".join(pieces) + words[read:], tuple(cuts))
