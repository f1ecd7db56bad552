"""Blind double coding: what each coder said of a text, who may see it, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.coding.code_tree import CodeTree
from kuule.qualitative.project_model.answer_text import AnswerText, TextId
from kuule.qualitative.project_model.code_entries import Adjudication, CodedSegment, TextCoding
from kuule.qualitative.project_model.project_problems import project_error

CODERS_NEEDED = 2
CodeSets = Mapping[str, frozenset[str]]
"""The codes that each role gave a text, as they count."""


class CodingState(StrEnum):
    """How far the coding of a text is. `single`: one coder is done. `differs`: two are, and it is not decided."""

    UNCODED = "uncoded"
    STARTED = "started"
    SINGLE = "single"
    AGREED = "agreed"
    DIFFERS = "differs"
    ADJUDICATED = "adjudicated"


@dataclass(frozen=True, slots=True)
class CodingOutcome:
    """What the codings of a text come to. `segments` are those that count, none while coders differ."""

    state: CodingState
    segments: tuple[CodedSegment, ...]


def codings_of(log: ActLog, text: TextId) -> Mapping[str, tuple[TextCoding, ...]]:
    """What each role coded, done or not; a role that worked on two copies at once has two until it saves again."""
    found: dict[str, tuple[TextCoding, ...]] = {}
    for cell in log.cells_about(text, "coding"):
        acts = [act.content for act in log.in_force(cell)]
        codings = tuple(one for one in acts if isinstance(one, TextCoding))
        if codings:
            found[codings[0].role] = codings
    return found


def adjudications_of(log: ActLog, text: TextId) -> tuple[Adjudication, ...]:
    """Every adjudication of a text that is in force."""
    found = [act.content for cell in log.cells_about(text, "adjudication") for act in log.in_force(cell)]
    return tuple(one for one in found if isinstance(one, Adjudication))


def blind_codings(log: ActLog, text: TextId) -> Mapping[str, TextCoding]:
    """What coders are done with, by role. A role with two versions is not done."""
    found = codings_of(log, text)
    return {role: versions[0] for role, versions in found.items() if len(versions) == 1 and versions[0].done}


def is_compared(log: ActLog, text: TextId) -> bool:
    """Whether so many are done with a text that their codings are laid beside each other, and stay as they are."""
    return len(blind_codings(log, text)) >= CODERS_NEEDED


def visible_codings(log: ActLog, text: TextId, *, role: str) -> Mapping[str, tuple[TextCoding, ...]]:
    """The codings that a role may see: its own, and everybody's once the blind coding of the text is over."""
    found = codings_of(log, text)
    return found if is_compared(log, text) else {one: found[one] for one in found if one == role}


def text_coding(
    log: ActLog, tree: CodeTree, text: AnswerText, segments: Sequence[CodedSegment], *, role: str, done: bool
) -> TextCoding:
    """What a role codes in a text now, in place of what it coded before.

    Raises ProjectError PROJECT_026 (a segment beyond the text), PROJECT_033 (no such code, or one that does not code),
    PROJECT_034 (the codings of the text were compared already).
    """
    check_segments(tree, text, segments)
    if is_compared(log, text.id):
        cause = "its blind codings were compared, and stay as they were: agreement is worked out from them"
        remedy = "decide together (`kuule answers decide`)"
        raise project_error("PROJECT_034", f"text {text.id}", cause, remedy)
    return TextCoding(text.id, role, _sorted(segments), done)


def adjudication(
    log: ActLog, tree: CodeTree, text: AnswerText, segments: Sequence[CodedSegment], *, role: str, reason: str
) -> Adjudication:
    """What a text is to count as, after its codings were compared.

    Raises ProjectError PROJECT_026, PROJECT_033; PROJECT_035 (there is nothing to decide yet).
    """
    check_segments(tree, text, segments)
    if not is_compared(log, text.id):
        cause = f"fewer than {CODERS_NEEDED} coders are done with it"
        raise project_error(
            "PROJECT_035", f"text {text.id}", cause, "wait until they are: a decision would not be blind"
        )
    return Adjudication(text.id, role, _sorted(segments), reason)


def coding_outcome(log: ActLog, tree: CodeTree, text: TextId) -> CodingOutcome:
    """What the codings of a text come to.

    Somebody who did not code it decides alone; of those who coded it, two have to say the same. If two who did not code
    it say different things, it is open.
    """
    blind = blind_codings(log, text)
    if not blind:
        return CodingOutcome(CodingState.STARTED if codings_of(log, text) else CodingState.UNCODED, ())
    if len(blind) < CODERS_NEEDED:
        return CodingOutcome(CodingState.SINGLE, next(iter(blind.values())).segments)
    decided = _decided(log, tree, text, frozenset(blind))
    if decided is not None:
        return CodingOutcome(CodingState.ADJUDICATED, decided)
    one, *others = (frozenset(counted_codes(tree, coding.segments)) for coding in blind.values())
    if all(other == one for other in others):
        return CodingOutcome(CodingState.AGREED, _union(coding.segments for coding in blind.values()))
    return CodingOutcome(CodingState.DIFFERS, ())


def counted_codes(tree: CodeTree, segments: Sequence[CodedSegment]) -> frozenset[str]:
    """The codes of some segments, each as it counts now."""
    return frozenset(tree.counted_as(segment.code) for segment in segments)


def check_segments(tree: CodeTree, text: AnswerText, segments: Sequence[CodedSegment]) -> None:
    """Raise ProjectError PROJECT_026 or PROJECT_033 if segments are not of this text, or of no code that codes."""
    for segment in segments:
        if segment.span.end > len(text.words):
            cause = f"a segment ends at {segment.span.end}, and the text at {len(text.words)}"
            remedy = "count in characters (code points) from the beginning of the original"
            raise project_error("PROJECT_026", f"text {text.id}", cause, remedy)
        entry = tree.entries.get(segment.code)
        if entry is None or not entry.codable or entry.retired or entry.merged_into is not None:
            cause = "it is no code of the codebook" if entry is None else f"{entry.name!r} is not used for coding"
            remedy = "take one from the codebook that is neither a heading nor retired"
            raise project_error("PROJECT_033", f"code {segment.code[:40]!r}", cause, remedy)


def _decided(log: ActLog, tree: CodeTree, text: TextId, coders: frozenset[str]) -> tuple[CodedSegment, ...] | None:
    said = adjudications_of(log, text)
    outside = [one for one in said if one.role not in coders]
    inside = [one for one in said if one.role in coders]
    for judges, needed in ((outside, 1), (inside, CODERS_NEEDED)):
        if len({one.role for one in judges}) >= needed:
            sets = {counted_codes(tree, one.segments) for one in judges}
            return _union(one.segments for one in judges) if len(sets) == 1 else None
    return None


def _union(several: Iterable[Sequence[CodedSegment]]) -> tuple[CodedSegment, ...]:
    return _sorted([segment for segments in several for segment in segments])


def _sorted(segments: Sequence[CodedSegment]) -> tuple[CodedSegment, ...]:
    return tuple(sorted(set(segments), key=lambda one: (one.span.start, one.span.end, one.code)))
