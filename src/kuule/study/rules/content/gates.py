"""A gate must be a question that exists, that everyone is asked, and that can be answered so that a person may go
on."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.study.rules.checked_study import CheckedStudy, unknown_question
from kuule.study.settings.study_toml import GateSettings

CODE = "STUDY_308"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem unless the question exists, is a required select_one without relevance, and has the answer."""
    for gate in study.settings.gates.values():
        cause, remedy = _cause(study, gate)
        if cause:
            shared = cause if gate.question not in study.questionnaire.questions else ""
            yield Problem(CODE, f"study.toml, gates.{gate.name}", cause, remedy, shared_cause=shared)


def _cause(study: CheckedStudy, gate: GateSettings) -> tuple[str, str]:
    row = study.questionnaire.questions.get(gate.question)
    if row is None:
        remedy = did_you_mean(gate.question, study.questionnaire.questions, "name a question of the form")
        return unknown_question(gate.question), remedy
    if row.type != "select_one":
        return f"{gate.question!r} is no select_one", "make it one, so that its answer is one of few"
    answers = study.questionnaire.values(gate.question)
    if answers and gate.answer not in answers:
        return f"{gate.question!r} has no answer {gate.answer!r}", f"name a choice of the list {row.list_name!r}"
    if row.required.lower() not in {"yes", "true", "true()"}:
        return f"{gate.question!r} is not required", "write yes into its required column"
    if row.relevance_references:
        return f"{gate.question!r} is not asked of everyone", "take the relevance away from it and its groups"
    return "", ""
