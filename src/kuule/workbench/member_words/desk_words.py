"""What the translation desk calls the places of texts, the roles in the files of a study and the reasons of a refusal,
in the language of the page. Where files have a word that the catalogue lacks, it is shown as it is in the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from markupsafe import Markup

from kuule.languages.workflow.workflow_steps import WorkflowStep
from kuule.workbench.member_words.act_objects import say_act_object
from kuule.workbench.member_words.saying import has_words, in_their_language, say, say_day, say_english
from kuule.workbench.translation_desk.text_locations import (
    KUULE_WORDS_SECTION,
    OTHER_SECTION,
    REPORT_HEADINGS_SECTION,
    REPORT_TEXT_SECTION,
    STUDY_SECTION,
)

_SECTIONS = {
    STUDY_SECTION: "section_study",
    KUULE_WORDS_SECTION: "section_words",
    REPORT_HEADINGS_SECTION: "section_headings",
    REPORT_TEXT_SECTION: "section_report",
    OTHER_SECTION: "section_other",
}
_NOT_OF_A_NAME = re.compile(r"[^a-z]+")
_BUTTONS = {
    WorkflowStep.DRAFT: "button_save",
    WorkflowStep.SECOND_DRAFT: "button_save",
    WorkflowStep.REVIEW: "button_reviewed",
    WorkflowStep.ADJUDICATE: "button_adjudicated",
    WorkflowStep.PRETEST: "button_pretested",
    WorkflowStep.CONFIRM: "button_holds",
}
_REASONS = {
    "its source changed while you were writing": "reason_source_now",
    "another step is next for this text, or it is another person's work": "reason_other",
    "a machine makes first drafts alone: every other step is a person's": "reason_machine",
    "its source did not change": "reason_same_source",
    "its source has changed: translate it anew, or confirm that it still holds": "reason_source",
    "it cannot be translated as it is": "reason_early_draft",
    "it has no first translation by a person yet": "reason_early_second",
    "it does not have two translations that two people made apart from each other": "reason_early_review",
    "it was not reviewed yet": "reason_early_adjudicate",
    "it was not adjudicated yet": "reason_early_pretest",
    "it has no translation yet": "reason_early_confirm",
    "its first translation was made by a machine, which never counts as one of the two": "reason_machine_first",
}
"""The sentences of `languages.workflow.workflow_steps` and of `text_saving`."""
_OF_A_ROLE = {
    "made one of its two translations: another looks at them": "reason_own_two",
    "made the first translation: the second is another person's": "reason_own_first",
}
_ROLE_MADE = re.compile(r"the role '(?P<role>[^']+)' (?P<did>.+)")


def say_kind(kind: str) -> Markup:
    """What a text is: a question, a hint, an answer (`TextLocation.kind`)."""
    return _named("kind", kind) or say_english(kind)


def say_section(title: str, source_language: str) -> Markup:
    """The section that a text is in: one of ours, or a title of the study in its source language."""
    return say(_SECTIONS[title]) if title in _SECTIONS else in_their_language(title, source_language)


def say_role_name(role: str) -> Markup:
    """A role as files have it: `second-translator`. A study may have roles of its own, such as `agency`."""
    return _named("role", role) or say_english(role)


def say_written_day(text: str) -> str:
    """A day in words, from files that have it as 2026-11-24; anything else as it is."""
    try:
        return say_day(date.fromisoformat(text))
    except ValueError:
        return text


def say_button(step: WorkflowStep, *, onward: bool = False) -> Markup:
    """The words of the button that takes a step; `onward` where the next text comes after it."""
    words = say(_BUTTONS[step])
    return say("button_onward", button=words) if onward else words


def say_reason(why: str) -> Markup:
    """Why a step was refused, as a sentence."""
    if why in _REASONS:
        return say(_REASONS[why])
    of_role = _ROLE_MADE.fullmatch(why)
    if of_role is not None and of_role["did"] in _OF_A_ROLE:
        return say(_OF_A_ROLE[of_role["did"]], role=say_role_name(of_role["role"]))
    return say_english(f"{why[:1].upper()}{why[1:]}.")


def say_step(step: str) -> Markup:
    """What was done with a text, as its history has it: `second-draft`."""
    return _named("step", step) or say_english(step)


def say_act(what: str) -> Markup:
    """What somebody did, as the audit trail has it: `signed in`."""
    return _named("act", what) or say_english(what)


def say_change(title: str, number: int) -> Markup:
    """A heading of what changed in a questionnaire, as the booklet of changes has it: `Reworded`."""
    name = f"study_changes_{_NOT_OF_A_NAME.sub('_', title.lower())}"
    return say(name, number=number) if has_words(name) else say_english(f"{title}: {number}")


def say_actor(who: str) -> Markup | str:
    """Who did something: a name, or a word of ours in its place."""
    return _named("actor", who) or who


DESK_WORDS: dict[str, Callable[..., Markup | str]] = {
    "say_act": say_act,
    "say_act_object": say_act_object,
    "say_actor": say_actor,
    "say_button": say_button,
    "say_change": say_change,
    "say_kind": say_kind,
    "say_reason": say_reason,
    "say_role_name": say_role_name,
    "say_section": say_section,
    "say_step": say_step,
    "say_written_day": say_written_day,
}
"""For templates, by name."""


def _named(group: str, text: str) -> Markup | None:
    name = f"{group}_{_NOT_OF_A_NAME.sub('_', text.lower()).strip('_')}"
    return say(name) if has_words(name) else None
