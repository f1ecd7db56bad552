"""Whose codings of a file are whose in the project, and which of them are new to it. Works on redacted texts alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from kuule.qualitative.coding.code_tree import CodeTree
from kuule.qualitative.project_model.answer_text import TextId, TextSpan
from kuule.qualitative.project_model.code_entries import CodedSegment, CodeEntry, CodeId
from kuule.qualitative.project_model.project_problems import ProjectError, project_error
from kuule.qualitative.redaction_log.redacted_text import RedactedText
from kuule.qualitative.refi_qda.exchange_guids import GuidMaker
from kuule.qualitative.refi_qda.exchanged_project import ExchangedCoding, ExchangedProject, ExchangedText, Guid
from kuule.qualitative.refi_qda.plain_text import PlainText, plain_text

DECIDED = "(decided)"
"""The user of codes that count after all was decided. No role is called so: a label has no brackets."""
_SHOWN = 10
WrittenSegment = tuple[int, int, CodeId]
"""Start and end of a segment in a text as it is written to a file, and its code."""


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A redacted text as it is written to a file, and the way of a span to there and back to the original."""

    redacted: RedactedText
    plain: PlainText

    @classmethod
    def from_redacted_text(cls, redacted: RedactedText) -> WrittenText:
        return cls(redacted, plain_text(redacted.words))

    @property
    def words(self) -> str:
        return self.plain.words

    def written_segment(self, segment: CodedSegment) -> WrittenSegment:
        """A segment of the original where it is in the file."""
        span = self.plain.written_span(self.redacted.redacted_span(segment.span))
        return (span.start, span.end, segment.code)

    def original_segment(self, written: WrittenSegment) -> CodedSegment:
        """A segment of the file where it is in the original."""
        span = self.plain.read_span(TextSpan(written[0], written[1]))
        return CodedSegment(written[2], self.redacted.original_span(span))


@dataclass(frozen=True, slots=True)
class TakenCodings:
    """What a role codes after a file was taken in, by text, where that is something else than before; and how many
    codings were left where they are, by reason."""

    segments: Mapping[TextId, tuple[CodedSegment, ...]]
    left_out: Mapping[str, int]


def chosen_users(
    project: ExchangedProject, guids: GuidMaker, *, role: str, roles: Set[str], user: str
) -> frozenset[Guid]:
    """The users of a file whose codings become those of a role: itself, or who is nobody the project knows. `roles` are
    the labels that it knows; `user` is the one that was asked for, "" if nobody was. "" among them are codings of
    nobody.

    Raises ProjectError PROJECT_060 (several could be meant), PROJECT_061 (nobody is called so), PROJECT_062 (it is
    another role).
    """
    coding = {one.user for text in project.texts for one in text.codings}
    names = {one.guid: one.name for one in project.users}
    labels = {guid: _label(guid, names.get(guid, ""), guids, roles | {DECIDED, role}) for guid in coding}
    if user:
        asked = frozenset(guid for guid, name in names.items() if name == user)
        if not asked:
            found = ", ".join(sorted({repr(name[:40]) for name in names.values()})[:_SHOWN]) or "nobody"
            raise project_error("PROJECT_061", f"user {user[:60]!r}", f"the file has {found}", "give one of them")
        if any(_label(guid, user, guids, roles - {role}) for guid in asked):
            cause = f"it is another role than {role}, and two blind codings have to be of two people"
            remedy = "take it in as that role; in the other program, code under the name of your own"
            raise project_error("PROJECT_062", f"user {user[:60]!r}", cause, remedy)
        return asked
    own = {guid for guid, label in labels.items() if label == role}
    unknown = {guid for guid, label in labels.items() if label is None}
    if len(unknown) + bool(own) > 1:
        told = ", ".join(sorted(repr(names.get(guid, "")[:40]) for guid in own | unknown)[:_SHOWN])
        cause = f"several people coded in it, and {role} is one person: {told}"
        raise project_error("PROJECT_060", "its users", cause, "say whose codings are meant (`--user`)")
    return frozenset(own or unknown)


def _label(guid: Guid, name: str, guids: GuidMaker, labels: Iterable[str]) -> str | None:
    """The role that a user is: by GUID, or by name where a program gave a new one."""
    return next((label for label in sorted(labels) if guid == guids.of_user(label) or name == label), None)


def check_unchanged(pairs: Iterable[tuple[TextId, ExchangedText, WrittenText]]) -> None:
    """Raise ProjectError PROJECT_059, for each text, where a file has other words than would be written now: positions
    in it would be somewhere else."""
    problems = [
        problem
        for text, returned, written in pairs
        if returned.words is not None and returned.words != written.words
        for problem in project_error(
            "PROJECT_059",
            f"text {text}",
            "its words are not those of the project: its redactions changed since, or the other program changed it",
            "export it again and code that; or leave such texts out (`--skip-changed`)",
        ).problems
    ]
    if problems:
        raise ProjectError(*problems[:_SHOWN])


def take_codings(
    tree: CodeTree,
    returned: Sequence[tuple[TextId, ExchangedText, WrittenText]],
    ids: Mapping[Guid, CodeId],
    users: frozenset[Guid],
    before: Mapping[TextId, Sequence[CodedSegment]],
    *,
    replace: bool = False,
) -> TakenCodings:
    """What a role codes now: what it coded before and what is new in the file; or, to `replace`, what is in the file.

    A coding that was there already stays exactly as it was, even where a mark widened it in the file.
    """
    left_out: Counter[str] = Counter()
    found: dict[TextId, tuple[CodedSegment, ...]] = {}
    for text, given, written in returned:
        own = [one for one in given.codings if one.user in users]
        left_out["codings of others"] += len(given.codings) - len(own)
        had = {written.written_segment(segment): segment for segment in before.get(text, ())}
        there = _with_codes(own, ids, len(written.words), left_out)
        kept = [segment for place, segment in had.items() if not replace or place in there]
        new = [written.original_segment(place) for place in _usable(tree, there - set(had), left_out)]
        if new or len(kept) < len(had):
            found[text] = (*kept, *new)
    return TakenCodings(found, {words: count for words, count in sorted(left_out.items()) if count})


def _with_codes(
    codings: Iterable[ExchangedCoding], ids: Mapping[Guid, CodeId], length: int, left_out: Counter[str]
) -> set[WrittenSegment]:
    found = set()
    for one in codings:
        if one.code not in ids:
            left_out["codings with a code that the file does not have"] += 1
        elif one.end > length:
            left_out["codings beyond the end of their text"] += 1
        else:
            found.add((one.start, one.end, ids[one.code]))
    return found


def _usable(tree: CodeTree, segments: Set[WrittenSegment], left_out: Counter[str]) -> list[WrittenSegment]:
    usable = [one for one in sorted(segments) if _codes(tree.entries[one[2]])]
    left_out["codings with a heading, or with a code that is not used any more"] += len(segments) - len(usable)
    return usable


def _codes(entry: CodeEntry) -> bool:
    return entry.codable and not entry.retired and entry.merged_into is None
