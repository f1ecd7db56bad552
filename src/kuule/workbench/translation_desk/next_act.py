"""What a member does next for a language: their own next text or, where somebody is missing, an invitation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from kuule.languages.workflow.states import State
from kuule.languages.workflow.workflow_steps import WorkflowStep
from kuule.workbench.member_words.saying import say
from kuule.workbench.roles import Member, Permission, Role, may
from kuule.workbench.translation_desk.language_member import EXPECTED_STEPS
from kuule.workbench.translation_desk.language_progress import LanguageProgress
from kuule.workbench.translation_desk.request_context import DeskContext

_TRANSLATORS = 2
"""How many translate a text without seeing each other's work, before it can be reviewed."""
_WORDS: Mapping[WorkflowStep, str] = {
    WorkflowStep.DRAFT: "next_translate",
    WorkflowStep.SECOND_DRAFT: "next_translate",
    WorkflowStep.REVIEW: "next_review",
    WorkflowStep.CONFIRM: "next_confirm",
    WorkflowStep.ADJUDICATE: "next_adjudicate",
    WorkflowStep.PRETEST: "next_pretest",
}


@dataclass(frozen=True, slots=True)
class NextAct:
    """What comes next. Without an address it is nothing for this member to press: `words` then say who or what the
    language waits for."""

    words: Markup
    address: str = ""


def next_act(
    member: Member, desk: DeskContext, progress: LanguageProgress, people: Mapping[Role, Sequence[str]]
) -> NextAct:
    """The next act of this member for a language. Who is missing comes before what a lead or coordinator decides text
    by text: without them nothing moves."""
    missing = _missing_role(progress, people)
    if missing is not None and may(member, Permission.INVITE):
        place = urlencode({"role": str(missing), "language": desk.language_member.tag})
        return NextAct(say(f"next_invite_{missing}"), f"/people?{place}#invite")
    if progress.awaited is not None:
        entry = progress.awaited.entry
        steps = desk.language_member.possible_steps(entry, "2000-01-01")
        expected = EXPECTED_STEPS[member.role]
        words = say(next((_WORDS[step] for step in steps if step in expected), "next_open"))
        address = desk.text_address(progress.awaited.key)
        return NextAct(words, f"{address}&show=mine")
    return NextAct(_waits_for(progress, missing))


def source_act(progress: LanguageProgress) -> NextAct:
    """The source language has no texts at the desk: its author changes them."""
    return NextAct(say("next_ready") if progress.answer.may_open else _of_author(progress))


def _of_author(progress: LanguageProgress) -> Markup:
    return say("next_author") if progress.steps else say("next_services")


def _missing_role(progress: LanguageProgress, people: Mapping[Role, Sequence[str]]) -> Role | None:
    """The role that the language lacks somebody in, for the texts that it has."""
    counts = {part.state: part.count for part in progress.parts}
    undrafted = sum(counts.get(state, 0) for state in (State.UNTRANSLATED, State.DRAFT_ONE, "stale"))
    if undrafted and len(people.get(Role.TRANSLATOR, ())) < _TRANSLATORS:
        return Role.TRANSLATOR
    return Role.REVIEWER if progress.steps and not people.get(Role.REVIEWER) else None


def _waits_for(progress: LanguageProgress, missing: Role | None) -> Markup:
    if progress.answer.may_open:
        return say("next_ready")
    if missing is not None:
        return say(f"next_waits_{missing}")
    counts = {part.state: part.count for part in progress.parts}
    if any(counts.get(state, 0) for state in (State.UNTRANSLATED, State.DRAFT_ONE, "stale")):
        return say("next_translators")
    return say("next_reviewer") if progress.steps else say("next_services")
