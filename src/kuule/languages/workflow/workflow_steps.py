"""How a text advances from one state to the next (TRAPD): the table of transitions, who may take a step, and what it
does.

Two people translate independently of each other, a third person reviews, one decides between them (adjudicates), and
the text is tried out with people (pretest). A step that is not allowed is refused with a sentence; `can_take_step`
asks, `check_can_take_step` raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kuule.languages.workflow.entries import DraftTranslation, Entry, are_independent, text_hash, with_translation
from kuule.languages.workflow.states import State, TextOrigin


class WorkflowStep(StrEnum):
    """What a person (or, for a draft only, a machine) does to a text."""

    DRAFT = "draft"
    SECOND_DRAFT = "second-draft"
    REVIEW = "review"
    ADJUDICATE = "adjudicate"
    PRETEST = "pretest"
    CONFIRM = "confirm"
    """The translation still fits although its source has changed."""


TRANSITIONS: Mapping[State, Mapping[WorkflowStep, State]] = {
    State.UNTRANSLATED: {WorkflowStep.DRAFT: State.DRAFT_ONE},
    State.DRAFT_ONE: {
        WorkflowStep.DRAFT: State.DRAFT_ONE,
        WorkflowStep.SECOND_DRAFT: State.DRAFT_TWO,
        WorkflowStep.CONFIRM: State.DRAFT_ONE,
    },
    State.DRAFT_TWO: {
        WorkflowStep.DRAFT: State.DRAFT_TWO,
        WorkflowStep.SECOND_DRAFT: State.DRAFT_TWO,
        WorkflowStep.REVIEW: State.REVIEWED,
        WorkflowStep.CONFIRM: State.DRAFT_TWO,
    },
    State.REVIEWED: {
        WorkflowStep.DRAFT: State.DRAFT_TWO,
        WorkflowStep.SECOND_DRAFT: State.DRAFT_TWO,
        WorkflowStep.REVIEW: State.REVIEWED,
        WorkflowStep.ADJUDICATE: State.ADJUDICATED,
        WorkflowStep.CONFIRM: State.REVIEWED,
    },
    State.ADJUDICATED: {
        WorkflowStep.DRAFT: State.DRAFT_TWO,
        WorkflowStep.SECOND_DRAFT: State.DRAFT_TWO,
        WorkflowStep.REVIEW: State.REVIEWED,
        WorkflowStep.ADJUDICATE: State.ADJUDICATED,
        WorkflowStep.PRETEST: State.PRETESTED,
        WorkflowStep.CONFIRM: State.REVIEWED,
    },
    State.PRETESTED: {
        WorkflowStep.DRAFT: State.DRAFT_TWO,
        WorkflowStep.SECOND_DRAFT: State.DRAFT_TWO,
        WorkflowStep.REVIEW: State.REVIEWED,
        WorkflowStep.ADJUDICATE: State.ADJUDICATED,
        WorkflowStep.PRETEST: State.PRETESTED,
        WorkflowStep.CONFIRM: State.REVIEWED,
    },
}
"""A step that is not listed for a state cannot be taken there. A new wording returns a text to draft. Looking again at
a text whose source changed is a review, and what was done for the older source (adjudication, pretest) is not carried
over."""

_TOO_EARLY = {
    WorkflowStep.DRAFT: "it cannot be translated as it is",
    WorkflowStep.SECOND_DRAFT: "it has no first translation by a person yet",
    WorkflowStep.REVIEW: "it does not have two translations that two people made apart from each other",
    WorkflowStep.ADJUDICATE: "it was not reviewed yet",
    WorkflowStep.PRETEST: "it was not adjudicated yet",
    WorkflowStep.CONFIRM: "it has no translation yet",
}
_ROLE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST_ROLE = 40
FIRST_TRANSLATOR = "translator"
"""The role of somebody who wrote a text without giving one."""


class StepRefused(Exception):
    """A step that cannot be taken. The message says why, in a sentence without its full stop."""


@dataclass(frozen=True, slots=True)
class TakenStep:
    """A step, who takes it (a role, never a name) and on which day."""

    step: WorkflowStep
    by: str
    on: str
    origin: TextOrigin = TextOrigin.PERSON


def is_role_name(word: str) -> bool:
    """Whether a word can be used as a role in the file: `reviewer`, `second-translator`."""
    return len(word) <= _LONGEST_ROLE and _ROLE.fullmatch(word) is not None


def can_take_step(entry: Entry, taken: TakenStep) -> bool:
    """Whether `check_can_take_step` would allow it."""
    try:
        check_can_take_step(entry, taken)
    except StepRefused:
        return False
    return True


def check_can_take_step(entry: Entry, taken: TakenStep) -> None:
    """Raise StepRefused if this role cannot take this step with this text as it is."""
    step = taken.step
    if taken.origin is TextOrigin.MACHINE and step is not WorkflowStep.DRAFT:
        raise StepRefused("a machine makes first drafts alone: every other step is a person's")
    if step is WorkflowStep.CONFIRM and entry.text and not entry.stale:
        raise StepRefused("its source did not change")
    if entry.stale and step not in {WorkflowStep.DRAFT, WorkflowStep.CONFIRM}:
        raise StepRefused("its source has changed: translate it anew, or confirm that it still holds")
    if step not in TRANSITIONS[_from(entry, step)]:
        raise StepRefused(_TOO_EARLY[step])
    if step is WorkflowStep.SECOND_DRAFT:
        _check_second(entry, taken)
    if step in {WorkflowStep.REVIEW, WorkflowStep.CONFIRM} and taken.by in {draft.by for draft in entry.drafts}:
        raise StepRefused(f"the role {taken.by!r} made one of its two translations: another looks at them")


def _from(entry: Entry, step: WorkflowStep) -> State:
    return entry.state if step is WorkflowStep.CONFIRM else entry.effective_state


def _check_second(entry: Entry, taken: TakenStep) -> None:
    if not are_independent(entry.drafts, text_hash(entry.source)) and entry.origin is not TextOrigin.PERSON:
        raise StepRefused("its first translation was made by a machine, which never counts as one of the two")
    if taken.by == _first(entry).by:
        raise StepRefused(f"the role {taken.by!r} made the first translation: the second is another person's")


def take_step(entry: Entry, taken: TakenStep, text: str = "") -> Entry:
    """The entry after a step; `text` is the new wording, if the step brings one. Raises StepRefused."""
    check_can_take_step(entry, taken)
    state = TRANSITIONS[_from(entry, taken.step)][taken.step]
    if taken.step is WorkflowStep.CONFIRM:
        return _confirmed(entry, taken, state)
    if taken.step is WorkflowStep.SECOND_DRAFT:
        second = _draft(entry, taken, text)
        return replace(entry, state=state, by=taken.by, on=taken.on, drafts=(_first(entry), second))
    origin = taken.origin if text and text != entry.text else entry.origin
    if taken.step is WorkflowStep.DRAFT:
        origin = taken.origin
    made = with_translation(entry, text or entry.text, state=state, origin=origin, by=taken.by, on=taken.on)
    if taken.step is WorkflowStep.DRAFT:
        own = _draft(entry, taken, made.text)
        made = replace(made, drafts=tuple(own if draft.by == taken.by else draft for draft in entry.drafts))
    return made


def _first(entry: Entry) -> DraftTranslation:
    if are_independent(entry.drafts, text_hash(entry.source)):
        return entry.drafts[0]
    return DraftTranslation(
        entry.text, entry.origin, entry.by or FIRST_TRANSLATOR, entry.on, source_hash=text_hash(entry.source)
    )


def _draft(entry: Entry, taken: TakenStep, text: str) -> DraftTranslation:
    return DraftTranslation(text or entry.text, taken.origin, taken.by, taken.on, source_hash=text_hash(entry.source))


def _confirmed(entry: Entry, taken: TakenStep, state: State) -> Entry:
    now = text_hash(entry.source)
    drafts = tuple(
        replace(draft, source_hash=now) if draft.source_hash == entry.source_hash else draft for draft in entry.drafts
    )
    made = with_translation(entry, entry.text, state=state, origin=entry.origin, by=taken.by, on=taken.on)
    return replace(made, drafts=drafts)
