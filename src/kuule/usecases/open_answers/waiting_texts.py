"""Which texts wait for whoever is at the project: to be redacted, coded or decided by them."""

from __future__ import annotations

from enum import StrEnum

from kuule.qualitative.coding.text_codings import CodingState, codings_of
from kuule.qualitative.project_model.answer_text import TextId
from kuule.qualitative.redaction_log.passes import RedactionState, passes_of
from kuule.usecases.open_answers.project_session import ProjectSession


class TextTask(StrEnum):
    """What a text can wait for."""

    REDACT = "redact"
    CODE = "code"
    DECIDE = "decide"


def waits_for(session: ProjectSession, text: TextId, task: TextTask) -> bool:
    """Whether this person has something to do with a text: a pass, a blind coding, a decision."""
    if task is TextTask.REDACT:
        state, own = session.redaction_state(text), passes_of(session.log, text).get(session.role)
        if state is RedactionState.DISPUTED:
            return own is not None
        return state is not RedactionState.REDACTED and not (own and all(one.done for one in own))
    state_of_codes = session.coding_outcome(text).state
    if task is TextTask.DECIDE:
        return state_of_codes is CodingState.DIFFERS
    codings = codings_of(session.log, text).get(session.role)
    open_to_coders = state_of_codes in {CodingState.UNCODED, CodingState.STARTED, CodingState.SINGLE}
    return open_to_coders and not (codings and all(one.done for one in codings))


def waiting_texts(session: ProjectSession, task: TextTask) -> frozenset[TextId]:
    """The texts that wait for this person."""
    return frozenset(text for text in session.project.texts if waits_for(session, text, task))
