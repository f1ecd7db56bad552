"""Which texts wait for whoever is at the project: to be redacted, coded or decided by them."""

from __future__ import annotations

from enum import StrEnum

from kuule.qualitative.coding.text_codings import CodingState, codings_of
from kuule.qualitative.project_model.answer_text import TextId
from kuule.qualitative.redaction_log.passes import RedactionState, passes_of
from kuule.usecases.open_answers.project_session import ProjectSession

_OPEN_TO_CODERS = frozenset({CodingState.UNCODED, CodingState.STARTED, CodingState.SINGLE})


class TextTask(StrEnum):
    """What a text can wait for."""

    REDACT = "redact"
    CODE = "code"
    DECIDE = "decide"


def waits_for(session: ProjectSession, text: TextId, task: TextTask) -> bool:
    """Whether this person has something to do with a text: a pass, a blind coding, a decision."""
    if task is TextTask.REDACT:
        state = session.redaction_state(text)
        if state is RedactionState.REDACTED:
            return False
        own = passes_of(session.log, text).get(session.role)
        if state is RedactionState.DISPUTED:
            return own is not None
        return not (own and all(one.done for one in own))
    state_of_codes = session.coding_outcome(text).state
    if task is TextTask.DECIDE:
        return state_of_codes is CodingState.DIFFERS
    if state_of_codes not in _OPEN_TO_CODERS:
        return False
    codings = codings_of(session.log, text).get(session.role)
    return not (codings and all(one.done for one in codings))


def waiting_texts(session: ProjectSession, task: TextTask) -> frozenset[TextId]:
    """The texts that wait for this person."""
    return frozenset(text for text in session.project.texts if waits_for(session, text, task))
