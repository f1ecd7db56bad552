"""Merging a returned file into a language, text by text, so that nothing is lost and every change is reported.

A text that nobody changed after it was sent out changes nothing, however old the file is. If a text was changed on both
sides, ours stays and theirs is set aside. Wordings that are replaced, and texts that the study does not have, are set
aside too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from kuule.languages.gettext.po_comments import join_notes
from kuule.languages.workflow.content_keys import edited_keys
from kuule.languages.workflow.entries import (
    FUZZY,
    Catalogue,
    Entry,
    SourceText,
    are_independent,
    text_hash,
    with_translation,
)
from kuule.languages.workflow.states import State, TextOrigin
from kuule.languages.workflow.workflow_steps import TRANSITIONS, StepRefused, TakenStep, WorkflowStep, take_step
from kuule.translation.formats.returned_texts import BLANK_HASH, ReturnedFile, ReturnedText


class MergeOutcome(StrEnum):
    """What happened to one text of a file."""

    ADDED = "added"
    CHANGED = "changed"
    BACK_TO_DRAFT = "back to a draft"
    ADVANCED = "moved on"
    STALE = "made for an older source"
    CONFLICT = "changed here too"
    REFUSED = "not taken"
    UNKNOWN = "of no text of the study"


@dataclass(frozen=True, slots=True)
class TextChange:
    """One text, and what to report about it."""

    key: str
    outcome: MergeOutcome
    why: str = ""


@dataclass(frozen=True, slots=True)
class MergeResult:
    """`apart` are texts that have no place in the catalogue: replaced, unknown, or changed on both sides."""

    catalogue: Catalogue
    changes: tuple[TextChange, ...]
    set_aside: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Result:
    entry: Entry | None = None
    change: TextChange | None = None
    apart: Entry | None = None


def merge_file(catalogue: Catalogue, file: ReturnedFile, taken: TakenStep, *, theirs: bool) -> MergeResult:
    """Merge a file into the catalogue as one step. `theirs`: if both sides changed a text, the file wins."""
    entries = dict(catalogue.entries)
    changes: list[TextChange] = []
    apart: list[Entry] = []
    for given in _where_they_stand_now(catalogue, file):
        ours = entries.get(given.key)
        result = _unknown(catalogue, given) if ours is None else _taken(ours, given, taken, theirs=theirs)
        if ours is not None:
            after = result.entry or ours
            entries[given.key] = replace(after, note=join_notes(after.note, given.notes))
        changes += [] if result.change is None else [result.change]
        apart += [] if result.apart is None else [result.apart]
    return MergeResult(replace(catalogue, entries=entries), tuple(changes), tuple(apart))


def _where_they_stand_now(catalogue: Catalogue, file: ReturnedFile) -> Iterator[ReturnedText]:
    """The texts of a file, with current keys: when a source was edited in place, its key changed too."""
    went_out = [SourceText(given.key, given.source) for given in file.texts]
    now = [SourceText(entry.key, entry.source) for entry in catalogue.entries.values()]
    moved = {old: new for new, old in edited_keys(went_out, now).items()}
    for given in file.texts:
        yield replace(given, key=moved.get(given.key, given.key))


def _unknown(catalogue: Catalogue, given: ReturnedText) -> _Result:
    known = any(one.key == given.key and one.text == given.text for one in catalogue.obsolete)
    if known or not given.text:
        return _Result()
    return _Result(
        change=TextChange(given.key, MergeOutcome.UNKNOWN), apart=set_aside_entry(given.key, given.source, given.text)
    )


def _taken(ours: Entry, given: ReturnedText, taken: TakenStep, *, theirs: bool) -> _Result:
    if not given.text:
        return _Result()
    touched = given.text != ours.text if given.was_edited is None else given.was_edited
    if taken.step in {WorkflowStep.DRAFT, WorkflowStep.SECOND_DRAFT} and not touched:
        return _flagged(ours, given) if ours.text else _as_it_went_out(ours, given)
    if _was_taken_before(ours, given, taken):
        return _Result()
    if given.is_fuzzy and taken.step is not WorkflowStep.DRAFT:
        return _refused(ours, given, "it is marked there as needing work")
    if stays := _stays(ours, given, taken, touched=touched, theirs=theirs):
        return stays
    if not touched and _is_there(ours, taken):
        return _Result()
    return _step(ours, given, taken)


def _was_taken_before(ours: Entry, given: ReturnedText, taken: TakenStep) -> bool:
    """Whether a translator's file is a later version of one that was imported: what that one brought is not new."""
    if ours.stale:
        return False
    if taken.step is WorkflowStep.DRAFT:
        return given.text == ours.text and ours.origin is taken.origin
    now = text_hash(ours.source)
    return taken.step is WorkflowStep.SECOND_DRAFT and any(
        (draft.by, draft.text, draft.source_hash) == (taken.by, given.text, now) for draft in ours.drafts
    )


def _as_it_went_out(ours: Entry, given: ReturnedText) -> _Result:
    """A text that nobody changed and that is not here (any more) returns with its original author."""
    made = with_translation(ours, given.text, state=State.DRAFT_ONE, origin=given.origin, by=given.by, on=given.on)
    after = _for_its_source(made, ours, given, given.translated_source_hash)
    return _Result(
        after, TextChange(ours.key, MergeOutcome.STALE if after.stale else MergeOutcome.ADDED, "as it went out")
    )


def _flagged(ours: Entry, given: ReturnedText) -> _Result:
    """Somebody kept the wording but marked it as needing work: it becomes a draft, whatever it was."""
    same = given.text == ours.text
    if not (given.is_fuzzy and same and ours.state.reaches(State.REVIEWED) and not ours.stale):
        return _Result()
    state = State.DRAFT_TWO if are_independent(ours.drafts, text_hash(ours.source)) else State.DRAFT_ONE
    after = replace(ours, state=state, flags=tuple(dict.fromkeys((*ours.flags, FUZZY))))
    return _Result(after, TextChange(ours.key, MergeOutcome.BACK_TO_DRAFT, "it is marked there as needing work"))


def _stays(ours: Entry, given: ReturnedText, taken: TakenStep, *, touched: bool, theirs: bool) -> _Result | None:
    """Why a text cannot be accepted as it is, whatever its state; None if nothing speaks against it."""
    if taken.step is WorkflowStep.SECOND_DRAFT:
        if given.sent_hash not in {"", BLANK_HASH}:
            return _refused(ours, given, "its file showed the first translation; export with --blank for the second")
        return None
    if taken.origin is TextOrigin.MACHINE and ours.text and ours.origin is TextOrigin.PERSON:
        return _refused(ours, given, "a person has translated it")
    since = bool(given.sent_hash) and given.sent_hash != text_hash(ours.text) and given.text != ours.text
    if since and ours.text and not (theirs or _is_over_own(ours, given, taken)):
        kept = set_aside_entry(ours.key, given.source or ours.source, given.text) if touched else None
        return _Result(change=TextChange(ours.key, MergeOutcome.CONFLICT, "the text here stays"), apart=kept)
    older = bool(given.seen_source_hash) and given.seen_source_hash != text_hash(ours.source)
    if older and taken.step is not WorkflowStep.DRAFT:
        return _refused(ours, given, "it was made for an older source")
    return None


def _is_over_own(ours: Entry, given: ReturnedText, taken: TakenStep) -> bool:
    """Whether a first draft made without seeing others replaces a machine's, or this translator's own earlier one."""
    unseen = given.sent_hash == BLANK_HASH and taken.step is WorkflowStep.DRAFT and ours.state is State.DRAFT_ONE
    return unseen and (ours.origin is TextOrigin.MACHINE or ours.by == taken.by)


def _is_there(ours: Entry, taken: TakenStep) -> bool:
    """Whether a step would change nothing, because the text is already in that state or further."""
    if taken.step is WorkflowStep.CONFIRM:
        return not ours.stale
    reached = {row[taken.step] for row in TRANSITIONS.values() if taken.step in row}
    return not ours.stale and any(ours.state.reaches(state) for state in reached)


def _step(ours: Entry, given: ReturnedText, taken: TakenStep) -> _Result:
    try:
        after = take_step(ours, taken, given.text)
    except StepRefused as refusal:
        return _refused(ours, given, str(refusal))
    if taken.step is WorkflowStep.DRAFT:
        after = _for_its_source(after, ours, given, given.seen_source_hash)
    if given.is_fuzzy:
        after = replace(after, flags=tuple(dict.fromkeys((*after.flags, FUZZY))))
    gone = ours.text and ours.text != after.text and ours.text not in {draft.text for draft in after.drafts}
    apart = set_aside_entry(ours.key, ours.previous or ours.source, ours.text, like=ours) if gone else None
    return _Result(after, TextChange(ours.key, _outcome(ours, after)), apart)


def _for_its_source(after: Entry, ours: Entry, given: ReturnedText, held_for: str) -> Entry:
    """Stale if it was made for another source than the current one."""
    if not held_for or held_for == text_hash(ours.source):
        return after
    previous = given.source if text_hash(given.source) == held_for else ""
    return replace(after, stale=True, source_hash=held_for, previous=previous)


def _outcome(before: Entry, after: Entry) -> MergeOutcome:
    if after.stale:
        return MergeOutcome.STALE
    if not before.text:
        return MergeOutcome.ADDED
    if after.effective_state.rank < before.effective_state.rank:
        return MergeOutcome.BACK_TO_DRAFT
    return MergeOutcome.CHANGED if after.text != before.text else MergeOutcome.ADVANCED


def _refused(ours: Entry, given: ReturnedText, why: str) -> _Result:
    apart = set_aside_entry(ours.key, given.source or ours.source, given.text) if given.text != ours.text else None
    return _Result(change=TextChange(ours.key, MergeOutcome.REFUSED, why), apart=apart)


def set_aside_entry(key: str, source: str, text: str, like: Entry | None = None) -> Entry:
    """An entry for a text that is set aside. Its key is made from key and words, so that the same text is kept once."""
    entry = Entry(key, source, text, State.DRAFT_ONE, TextOrigin.PERSON, source_hash=text_hash(source))
    return replace(
        replace(like, stale=False, previous="", source_hash=text_hash(source), source=source) if like else entry,
        key=f"{key}#{text_hash(text)}",
    )


def changes_by_outcome(changes: tuple[TextChange, ...]) -> Iterator[tuple[MergeOutcome, str, tuple[str, ...]]]:
    """(outcome, reason, keys) in the order of the outcomes, for the report about an import."""
    for outcome in MergeOutcome:
        whys = dict.fromkeys(change.why for change in changes if change.outcome is outcome)
        for why in whys:
            yield outcome, why, tuple(one.key for one in changes if (one.outcome, one.why) == (outcome, why))
