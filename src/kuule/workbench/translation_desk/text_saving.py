"""Saving one text. Texts are read, merged and written under a lock, so that nobody overwrites the work of somebody
else.

The same rules apply as for `kuule translate import` (`translation.merge`, `languages.workflow`). In addition, a save
has to be based on what its author saw (`version_tag_of`), and a text that a check refuses does not advance.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from kuule.core.problems import Problem, Severity
from kuule.languages.checks.text_checks import entry_problems
from kuule.languages.gettext.catalogue_folder import lock_catalogues, replace_catalogues
from kuule.languages.gettext.po_comments import join_notes
from kuule.languages.gettext.shipped_words import is_own_word
from kuule.languages.workflow.entries import Catalogue, Entry, text_hash
from kuule.languages.workflow.states import State, TextOrigin
from kuule.languages.workflow.workflow_steps import StepRefused, TakenStep, WorkflowStep, check_can_take_step
from kuule.study.folder.interface_words import interface_words_folder, study_changes
from kuule.translation.formats.returned_texts import BLANK_HASH, ReturnedFile, ReturnedText
from kuule.translation.history import HistoryEntry, history_entries
from kuule.translation.language_files import language_files
from kuule.translation.merge import MergeOutcome, MergeResult, merge_file, set_aside_entry
from kuule.workbench.translation_desk.apart_limits import can_keep_apart
from kuule.workbench.translation_desk.current_study import (
    DESK_PATIENCE,
    CurrentLanguage,
    CurrentStudy,
    read_current_language,
    read_current_study,
    text_findings,
)
from kuule.workbench.translation_desk.language_member import LanguageMember
from kuule.workbench.translation_desk.text_markup import join_lines

LONGEST_TEXT = 10_000
"""Characters of a text that is accepted."""
LONGEST_COMMENT = 1_000
_CHECKED = frozenset({WorkflowStep.REVIEW, WorkflowStep.ADJUDICATE, WorkflowStep.PRETEST, WorkflowStep.CONFIRM})
_SOURCE_CHANGED = "its source changed while you were writing"
_NOTED: Mapping[WorkflowStep | None, str] = {
    WorkflowStep.REVIEW: "review",
    WorkflowStep.ADJUDICATE: "adjudication",
    WorkflowStep.PRETEST: "pretest",
}


class SaveOutcome(StrEnum):
    """What happened to a save."""

    SAVED = "saved"
    NOTED = "noted"
    NOTHING = "nothing"
    STALE = "stale"
    CONFLICT = "conflict"
    REFUSED = "refused"
    CHECKED = "checked"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class SaveRequest:
    """What somebody wants to save. `version_tag` is the version of the text that they saw (`version_tag_of`), `source`
    the source text that they saw. `step` is None for a comment alone."""

    key: str
    step: WorkflowStep | None
    text: str
    version_tag: str
    source: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class TextSaveResult:
    """`entry` is the text as it is now, None if the key is gone. `why` and `findings` explain what prevented the save;
    if it was not saved, `is_kept_apart` says whether what was typed is kept apart."""

    outcome: SaveOutcome
    entry: Entry | None = None
    why: str = ""
    findings: tuple[Problem, ...] = ()
    is_kept_apart: bool = True

    @property
    def is_kept(self) -> bool:
        """Whether everything that was asked for is in the file now."""
        return self.outcome in {SaveOutcome.SAVED, SaveOutcome.NOTED, SaveOutcome.NOTHING, SaveOutcome.STALE}


def visible_findings(
    study: CurrentStudy, language_member: LanguageMember, entry: Entry, found: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """The results of the checks that a member may know: while another's translation is hidden, only those about their
    own."""
    if not language_member.is_blind(entry):
        return found
    own = language_member.own_draft(entry)
    one = None if own is None else replace(entry, text=own.text)
    return (
        ()
        if one is None
        else tuple(entry_problems(one, "", study.check_context(language_member.tag, entry.key), place=one.key))
    )


def version_tag_of(entry: Entry, language_member: LanguageMember) -> str:
    """A short hash of what a member sees of a translation; a save based on a different one is a conflict.

    It leaves out comments, which are added and never replaced, everything that is hidden from the member, and the
    source (see `SaveRequest.source`).
    """
    own = language_member.own_draft(entry)
    if language_member.is_blind(entry):
        return _hashed([own.text if own else ""])
    return _hashed([entry.text, str(entry.state), *([one.by, one.text, one.source_hash] for one in entry.drafts)])


def save_text(path: Path, language_member: LanguageMember, save_request: SaveRequest, day: str) -> TextSaveResult:
    """Save one text of the study at `path`.

    Raises StudyError if the study or the language cannot be read, and LANG_056 if others write for longer than anyone
    waits; nothing has changed then.
    """
    folder = interface_words_folder(path) if is_own_word(save_request.key) else path / "languages"
    folder.parent.mkdir(exist_ok=True)
    with lock_catalogues(folder, DESK_PATIENCE):
        study = read_current_study(path)
        now = read_current_language(study, language_member.tag)
        entry = now.entries.get(save_request.key)
        if entry is None:
            return _gone(study, now, save_request)
        if save_request.step is None or _is_there_already(entry, language_member, save_request):
            return _noted(study, now, language_member, save_request, day)
        if save_request.source != entry.source and save_request.step is not WorkflowStep.DRAFT:
            return _left(study, now, entry, save_request, TextSaveResult(SaveOutcome.REFUSED, entry, _SOURCE_CHANGED))
        if version_tag_of(entry, language_member) != save_request.version_tag:
            return _left(study, now, entry, save_request, TextSaveResult(SaveOutcome.CONFLICT, entry))
        taken = TakenStep(save_request.step, language_member.role_name, day)
        if not language_member.may_take(entry, save_request.step, day):
            return _left(
                study,
                now,
                entry,
                save_request,
                TextSaveResult(SaveOutcome.REFUSED, entry, _why_not(entry, language_member, taken)),
            )
        return _stepped(study, now, language_member, save_request, taken)


def _stepped(
    study: CurrentStudy,
    now: CurrentLanguage,
    language_member: LanguageMember,
    save_request: SaveRequest,
    taken: TakenStep,
) -> TextSaveResult:
    entry = now.entries[save_request.key]
    given = ReturnedText(
        key=save_request.key,
        text=save_request.text if taken.step is not WorkflowStep.CONFIRM else entry.text,
        sent_hash=_base(entry, language_member, taken.step),
        seen_source_hash=text_hash(save_request.source),
        source=save_request.source,
        notes=_notes(save_request, language_member, taken.on),
        origin=entry.origin,
    )
    file = ReturnedFile("the desk", language_member.tag, (given,))
    result = merge_file(now.part(save_request.key), file, taken, theirs=False)
    wanted = result.set_aside
    folder = study.folder_of(save_request.key)
    result = replace(result, set_aside=tuple(one for one in wanted if can_keep_apart(folder, language_member.tag, one)))
    after = result.catalogue.entries[save_request.key]
    found = text_findings(study, result.catalogue, save_request.key)
    if taken.step in _CHECKED and any(one.severity is Severity.ERROR for one in found):
        return TextSaveResult(SaveOutcome.CHECKED, entry, findings=found)
    _write(study, save_request.key, now.part(save_request.key), result, taken)
    refusal = next(
        (one for one in result.changes if one.outcome in {MergeOutcome.REFUSED, MergeOutcome.CONFLICT}), None
    )
    if refusal is not None:
        return TextSaveResult(SaveOutcome.REFUSED, after, refusal.why, is_kept_apart=result.set_aside == wanted)
    seen = visible_findings(study, language_member, after, found)
    if not result.changes:
        return TextSaveResult(SaveOutcome.NOTED if save_request.comment else SaveOutcome.NOTHING, after, findings=seen)
    came = SaveOutcome.STALE if result.changes[0].outcome is MergeOutcome.STALE else SaveOutcome.SAVED
    return TextSaveResult(came, after, findings=seen)


def _base(entry: Entry, language_member: LanguageMember, step: WorkflowStep) -> str:
    """The wording that the author started from: none for a second translation, and none if a machine's was only a help,
    so that the same words count as theirs once they have typed them."""
    unseen = entry.origin is TextOrigin.MACHINE and entry.state is State.DRAFT_ONE and step is WorkflowStep.DRAFT
    return BLANK_HASH if step is WorkflowStep.SECOND_DRAFT or unseen or not entry.text else text_hash(entry.text)


def _gone(study: CurrentStudy, now: CurrentLanguage, save_request: SaveRequest) -> TextSaveResult:
    """The question was removed or renamed in the meantime. What was typed is kept apart."""
    return replace(
        TextSaveResult(SaveOutcome.GONE), is_kept_apart=not save_request.text or _kept_beside(study, now, save_request)
    )


def _left(
    study: CurrentStudy, now: CurrentLanguage, entry: Entry, save_request: SaveRequest, saved: TextSaveResult
) -> TextSaveResult:
    """The file stays as it is, and what was typed is kept apart. The page shows it too, but a page is soon closed."""
    is_new = save_request.text and save_request.text not in {entry.text, *(draft.text for draft in entry.drafts)}
    return replace(saved, is_kept_apart=not is_new or _kept_beside(study, now, save_request))


def _kept_beside(study: CurrentStudy, now: CurrentLanguage, save_request: SaveRequest) -> bool:
    """Whether there was room to keep apart what was typed."""
    lost = set_aside_entry(save_request.key, save_request.source, save_request.text)
    room = can_keep_apart(study.folder_of(save_request.key), now.catalogue.language, lost)
    if room:
        _replace(study, save_request.key, now.part(save_request.key), [lost])
    return room


def _noted(
    study: CurrentStudy, now: CurrentLanguage, language_member: LanguageMember, save_request: SaveRequest, day: str
) -> TextSaveResult:
    entry = now.entries[save_request.key]
    after = replace(entry, note=join_notes(entry.note, _notes(save_request, language_member, day)))
    if after == entry:
        return TextSaveResult(SaveOutcome.NOTHING, entry)
    part = now.part(save_request.key)
    _replace(study, save_request.key, replace(part, entries={**part.entries, save_request.key: after}))
    return TextSaveResult(SaveOutcome.NOTED, after)


def _notes(save_request: SaveRequest, language_member: LanguageMember, day: str) -> tuple[str, ...]:
    """A comment as the file has it: the text it belongs to, the role, and the day."""
    said = _NOTED.get(save_request.step, "comment")
    comment = join_lines(save_request.comment)
    return (f"{said} ({language_member.role_name}, {day}): {comment}",) if comment else ()


def _is_there_already(entry: Entry, language_member: LanguageMember, save_request: SaveRequest) -> bool:
    """Whether the same save arrives twice (a button pressed twice): the file has it from this member, for this
    source."""
    if save_request.source != entry.source or version_tag_of(entry, language_member) == save_request.version_tag:
        return False
    own = language_member.own_draft(entry)
    return save_request.text == (own.text if own else entry.text) and (
        own is not None or entry.by == language_member.role_name
    )


def _why_not(entry: Entry, language_member: LanguageMember, taken: TakenStep) -> str:
    try:
        for one in language_member.steps_by_role_name(taken.step, taken.on):
            check_can_take_step(entry, one)
    except StepRefused as refusal:
        return str(refusal)
    return "another step is next for this text, or it is another person's work"


def _write(study: CurrentStudy, key: str, before: Catalogue, result: MergeResult, taken: TakenStep) -> None:
    if result.catalogue.entries == before.entries and not result.set_aside:
        return
    lines = history_entries(before, result.catalogue, taken)
    _replace(study, key, result.catalogue, result.set_aside, lines)


def _replace(
    study: CurrentStudy,
    key: str,
    catalogue: Catalogue,
    apart: Sequence[Entry] = (),
    lines: tuple[HistoryEntry, ...] = (),
) -> None:
    """Write the files of the language that this key belongs to."""
    folder = study.folder_of(key)
    kept = study_changes(catalogue) if is_own_word(key) else catalogue
    replace_catalogues(folder, language_files(folder, kept, apart, lines))


def _hashed(seen: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:16]
