"""Questions and lists that study.toml names must exist: a misspelt name protects nobody."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.study.rules.checked_study import CheckedStudy, unknown_list, unknown_question

CODE = "STUDY_311"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each unknown list in `territories` and `ordered`, and question in `sensitive`, `routing`,
    `open_text` and [pooled]."""
    answers, lists, questions = study.settings.answers, study.questionnaire.choice_lists, study.questionnaire.questions
    for place, names, known, unknown in (
        ("answers.territories", answers.territories, list(lists), unknown_list),
        ("answers.ordered", answers.ordered, list(lists), unknown_list),
        ("answers.sensitive", answers.sensitive, list(questions), unknown_question),
        ("answers.routing", answers.routing, list(questions), unknown_question),
        ("answers.open_text", answers.open_text, list(questions), unknown_question),
        ("pooled", tuple(study.settings.pooled), list(questions), unknown_question),
    ):
        for name in names:
            if name not in known:
                remedy = did_you_mean(name, known, "name one that the form has")
                cause = unknown(name)
                yield Problem(CODE, f"study.toml, {place}", cause, remedy, shared_cause=cause)
