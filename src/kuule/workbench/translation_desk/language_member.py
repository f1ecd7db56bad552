"""A member at the desk of one language: the role name in its files, what the member may see, and which steps are
theirs.

Files contain a role and never a name. The two translators of a language have to be told apart, so they are numbered in
the order in which they first open it, and keep their number. Until a text is reviewed, a translator sees only their own
translation of it: that makes the two translations independent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.core.locks import exclusive_lock
from kuule.core.problems import Problem, WorkbenchError
from kuule.languages.workflow.entries import DraftTranslation, Entry, are_independent, text_hash
from kuule.languages.workflow.states import State, TextOrigin
from kuule.languages.workflow.workflow_steps import FIRST_TRANSLATOR, TakenStep, WorkflowStep, can_take_step
from kuule.workbench.roles import Member, Permission, Role, may

_FILE = "desk-seats.json"
_NUMBERED = ("", "second-", "third-", "fourth-", "fifth-", "sixth-")
STEP_PERMISSIONS: Mapping[WorkflowStep, Permission] = {
    WorkflowStep.DRAFT: Permission.WRITE_DRAFT,
    WorkflowStep.SECOND_DRAFT: Permission.WRITE_DRAFT,
    WorkflowStep.REVIEW: Permission.REVIEW,
    WorkflowStep.ADJUDICATE: Permission.ADJUDICATE,
    WorkflowStep.PRETEST: Permission.PRETEST,
    WorkflowStep.CONFIRM: Permission.CONFIRM,
}
"""The permission that each step requires."""
EXPECTED_STEPS: Mapping[Role, tuple[WorkflowStep, ...]] = {
    Role.LEAD: (WorkflowStep.ADJUDICATE,),
    Role.COORDINATOR: (WorkflowStep.PRETEST,),
    Role.TRANSLATOR: (WorkflowStep.DRAFT, WorkflowStep.SECOND_DRAFT),
    Role.REVIEWER: (WorkflowStep.REVIEW, WorkflowStep.CONFIRM),
    Role.VIEWER: (),
    Role.CODER: (),
    Role.SIGNATORY: (),
}
"""The steps that a text is waiting for, by the role that is to take them."""
_REACHED: Mapping[WorkflowStep, State] = {
    WorkflowStep.REVIEW: State.REVIEWED,
    WorkflowStep.ADJUDICATE: State.ADJUDICATED,
    WorkflowStep.PRETEST: State.PRETESTED,
}


@dataclass(frozen=True, slots=True)
class LanguageMember:
    """A member at one language. `role_name` is what its files say; `earlier_role_names` are what they said when the
    same person had other roles, because what they wrote then is still theirs."""

    member: Member
    tag: str
    role_name: str
    earlier_role_names: tuple[str, ...] = ()

    def may(self, action: Permission) -> bool:
        return may(self.member, action, self.tag)

    @property
    def is_translator(self) -> bool:
        """Whether the member is one of those who must not see each other's work."""
        return self.member.role is Role.TRANSLATOR

    def own_draft(self, entry: Entry) -> DraftTranslation | None:
        """The member's own translation of this source."""
        now = text_hash(entry.source)
        kept = next((one for one in entry.drafts if one.by == self.role_name and one.source_hash == now), None)
        unfinished = entry.text and not entry.stale and not entry.state.reaches(State.REVIEWED)
        if kept is not None or not unfinished or are_independent(entry.drafts, now):
            return kept
        first = entry.origin is TextOrigin.PERSON and (entry.by or FIRST_TRANSLATOR) == self.role_name
        return DraftTranslation(entry.text, entry.origin, self.role_name, entry.on, source_hash=now) if first else None

    def is_blind(self, entry: Entry) -> bool:
        """Whether the member must not see another person's translation of this text yet."""
        if not self.is_translator or entry.stale or entry.origin is not TextOrigin.PERSON or not entry.text:
            return False
        if entry.state.reaches(State.REVIEWED):
            return False
        if are_independent(entry.drafts, text_hash(entry.source)):
            return any(one.by == self.role_name for one in entry.drafts)
        return self.own_draft(entry) is None

    def visible_text(self, entry: Entry) -> str:
        """The wording that this member may see: if another's is hidden, their own, or "" if they have none."""
        if not self.is_blind(entry):
            return entry.text
        own = self.own_draft(entry)
        return own.text if own else ""

    def is_awaited(self, entry: Entry) -> bool:
        """Whether this text is waiting for a step that is this member's own work."""
        return any(self._is_next(entry, step) for step in EXPECTED_STEPS[self.member.role])

    def possible_steps(self, entry: Entry, day: str) -> tuple[WorkflowStep, ...]:
        """The steps that the member can take with this text now, the likeliest first."""
        order = (*EXPECTED_STEPS[self.member.role], *WorkflowStep)
        return tuple(step for step in dict.fromkeys(order) if self.may_take(entry, step, day))

    def may_take(self, entry: Entry, step: WorkflowStep, day: str) -> bool:
        """Whether the desk offers a step: only what the workflow allows, and never work on another translator's
        text."""
        if not self.may(STEP_PERMISSIONS[step]) or not all(
            can_take_step(entry, taken) for taken in self.steps_by_role_name(step, day)
        ):
            return False
        if step is WorkflowStep.DRAFT:
            return self._may_draft(entry)
        if step is WorkflowStep.SECOND_DRAFT:
            return self.is_translator and self._may_second(entry)
        # A single translation has its author in its record, who must not be replaced by whoever confirms the source.
        return step is not WorkflowStep.CONFIRM or entry.state.reaches(State.DRAFT_TWO)

    def steps_by_role_name(self, step: WorkflowStep, day: str) -> tuple[TakenStep, ...]:
        """The step under each role name of this person. If one of these names cannot take it, the person cannot."""
        return tuple(TakenStep(step, word, day) for word in (self.role_name, *self.earlier_role_names))

    def _may_draft(self, entry: Entry) -> bool:
        free = not entry.text or entry.stale or (entry.origin is TextOrigin.MACHINE and entry.state is State.DRAFT_ONE)
        own = self.own_draft(entry)
        first = own is not None and not entry.state.reaches(State.REVIEWED) and entry.text == own.text
        return free or first

    def _may_second(self, entry: Entry) -> bool:
        if entry.state is State.DRAFT_ONE:
            return self.own_draft(entry) is None
        own = self.own_draft(entry)
        return entry.state is State.DRAFT_TWO and own is not None and own.text != entry.text

    def _is_next(self, entry: Entry, step: WorkflowStep) -> bool:
        reached = _REACHED.get(step)
        if reached is not None and entry.effective_state.reaches(reached):
            return False
        if step in {WorkflowStep.DRAFT, WorkflowStep.SECOND_DRAFT} and self.own_draft(entry) is not None:
            return False
        return self.may_take(entry, step, "2000-01-01")


def language_member_of(member: Member, tag: str, data: Path) -> LanguageMember:
    """A member at a language. `data` is the folder of the workbench, where the numbers of translators are kept."""
    roles = (role for role in Role if role in member.earlier_roles and role is not member.role)
    earlier = tuple(word for role in roles if (word := _earlier_word(member.id, role, tag, data)))
    word = _translators_word(member.id, tag, data) if member.role is Role.TRANSLATOR else str(member.role)
    return LanguageMember(member, tag, word, earlier)


def _earlier_word(number: int, role: Role, tag: str, data: Path) -> str:
    """The role name of a role that a person had; "" for a translator who never opened this language."""
    if role is not Role.TRANSLATOR:
        return str(role)
    known = _seats(data / _FILE).get(tag, [])
    return _word(known.index(number)) if number in known else ""


def _translators_word(number: int, tag: str, data: Path) -> str:
    file = data / _FILE
    known = _seats(file).get(tag, [])
    if number in known:
        return _word(known.index(number))
    with exclusive_lock(file.with_name(f".{_FILE}.held"), lambda: None):
        seats = _seats(file)
        taken = seats.setdefault(tag, [])
        if number not in taken:
            taken.append(number)
            write_atomically(file, json.dumps(seats).encode(), mode=0o600)
        return _word(taken.index(number))


def _seats(file: Path) -> dict[str, list[int]]:
    """The numbers of the translators of each language, in the order in which they came. Raises WorkbenchError."""
    if not file.is_file():
        return {}
    try:
        return dict(json.loads(file.read_text("utf-8")))
    except ValueError:
        cause = "the list of who is which translator of a language is no JSON any more"
        remedy = "put it back from the backup: with a new one, two translators could change places"
        raise WorkbenchError(Problem("WORKBENCH_011", file.name, cause, remedy)) from None


def _word(place: int) -> str:
    if place < len(_NUMBERED):
        return f"{_NUMBERED[place]}{FIRST_TRANSLATOR}"
    return f"{FIRST_TRANSLATOR}-{place + 1}"
