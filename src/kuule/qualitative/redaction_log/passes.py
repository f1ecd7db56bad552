"""Two passes over each text: what is marked follows from all passes that are done, and a text is redacted once two
roles are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.project_model.answer_text import AnswerText, TextId, TextSpan
from kuule.qualitative.project_model.project_problems import project_error
from kuule.qualitative.project_model.quote_acts import QuoteDecision, QuoteRuling
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory, RedactionMark, RedactionPass

PASSES_NEEDED = 2


class RedactionState(StrEnum):
    """How far the redaction of a text is. `disputed`: two are done, and see one span as different things."""

    UNREAD = "unread"
    STARTED = "started"
    READ_ONCE = "read-once"
    DISPUTED = "disputed"
    REDACTED = "redacted"


@dataclass(frozen=True, slots=True)
class JoinedMark:
    """What goes out of a text: marks of all passes that overlap, as one. `category` is None while they differ."""

    span: TextSpan
    category: IdentifierCategory | None
    roles: tuple[str, ...]


def passes_of(log: ActLog, text: TextId) -> Mapping[str, tuple[RedactionPass, ...]]:
    """What each role marked in a text, done or not. A role that worked on two copies at once has two until it saves
    again; all their marks count."""
    found: dict[str, tuple[RedactionPass, ...]] = {}
    for cell in log.cells_about(text, "redaction"):
        acts = [act.content for act in log.in_force(cell)]
        passes = tuple(one for one in acts if isinstance(one, RedactionPass))
        if passes:
            found[passes[0].role] = passes
    return found


def joined_marks(log: ActLog, text: TextId) -> tuple[JoinedMark, ...]:
    """What goes out of a text, in order, and never overlapping. What one of two readers marked is out."""
    return _joined(passes_of(log, text))


def redaction_state(log: ActLog, text: TextId) -> RedactionState:
    """How far the redaction of a text is."""
    passes = passes_of(log, text)
    done = [role for role, versions in passes.items() if all(one.done for one in versions)]
    if len(done) >= PASSES_NEEDED:
        disputed = any(mark.category is None for mark in _joined(passes))
        return RedactionState.DISPUTED if disputed else RedactionState.REDACTED
    if done:
        return RedactionState.READ_ONCE
    return RedactionState.STARTED if passes else RedactionState.UNREAD


def redaction_pass(
    log: ActLog, text: AnswerText, marks: Sequence[RedactionMark], *, role: str, done: bool
) -> RedactionPass:
    """What a role says of a text now: all its marks, in place of those before.

    Raises ProjectError PROJECT_026 (a mark outside the text), PROJECT_027 (two marks overlap), PROJECT_028 (a quote of
    the text is released).
    """
    place = f"text {text.id}"
    ordered = sorted(marks, key=lambda mark: (mark.span.start, mark.span.end))
    check_spans(text, [mark.span for mark in ordered])
    for one, other in pairwise(ordered):
        if one.span.overlaps(other.span):
            cause = f"the marks {_span_words(one.span)} and {_span_words(other.span)} overlap"
            raise project_error("PROJECT_027", place, cause, "make one mark of them, or shorten one")
    check_can_redact(log, text.id)
    return RedactionPass(text.id, role, tuple(ordered), done)


def check_spans(text: AnswerText, spans: Sequence[TextSpan]) -> None:
    """Raise ProjectError PROJECT_026 if one of them reaches beyond the text."""
    for span in spans:
        if span.end > len(text.words):
            cause = f"{_span_words(span)} is beyond its end, at {len(text.words)}"
            remedy = "count in characters (code points) from the beginning of the original"
            raise project_error("PROJECT_026", f"text {text.id}", cause, remedy)


def check_can_redact(log: ActLog, text: TextId) -> None:
    """Raise ProjectError PROJECT_028 if a quote of the text is released: what people read was looked at as it is."""
    if has_released_quote(log, text):
        cause = "a quote of it is released, and its redactions stay as they were when that was decided"
        raise project_error("PROJECT_028", f"text {text}", cause, "withdraw the quote first, then release it again")


def has_released_quote(log: ActLog, text: TextId) -> bool:
    """Whether a ruling in force releases a quote of the text."""
    return any(is_released(log, cell[1]) for cell in log.cells_about(text, "ruling"))


def is_released(log: ActLog, quote: str) -> bool:
    """Whether a ruling in force releases a quote, also where something changed since."""
    rulings = [act.content for act in log.in_force(("ruling", quote))]
    return any(isinstance(one, QuoteRuling) and one.decision is QuoteDecision.RELEASED for one in rulings)


def _joined(passes: Mapping[str, tuple[RedactionPass, ...]]) -> tuple[JoinedMark, ...]:
    marks = sorted(_marks_done(passes), key=lambda one: (one[1].span.start, -one[1].span.end))
    joined: list[list[tuple[str, RedactionMark]]] = []
    end = 0
    for role, mark in marks:
        if joined and mark.span.start < end:
            joined[-1].append((role, mark))
        else:
            joined.append([(role, mark)])
            end = 0
        end = max(end, mark.span.end)
    return tuple(_join(group) for group in joined)


def _marks_done(passes: Mapping[str, tuple[RedactionPass, ...]]) -> list[tuple[str, RedactionMark]]:
    return [(role, mark) for role, versions in passes.items() for one in versions if one.done for mark in one.marks]


def _join(group: list[tuple[str, RedactionMark]]) -> JoinedMark:
    categories = {mark.category for _, mark in group}
    span = TextSpan(min(mark.span.start for _, mark in group), max(mark.span.end for _, mark in group))
    roles = tuple(sorted({role for role, _ in group}))
    return JoinedMark(span, categories.pop() if len(categories) == 1 else None, roles)


def _span_words(span: TextSpan) -> str:
    return f"from {span.start} to {span.end}"
