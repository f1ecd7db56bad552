"""Questions and lists that study.toml names must exist: a misspelt name protects nobody."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.study.rules.checked_study import CheckedStudy, unknown_question

CODE = "STUDY_311"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each unknown list in `territories` and `ordered`, and question in `sensitive`, `routing`,
    `open_text` and [pooled]."""
    answers, lists, questions = study.settings.answers, study.questionnaire.choice_lists, study.questionnaire.questions
    for place, names, known, what in (
        ("answers.territories", answers.territories, list(lists), "list of choices"),
        ("answers.ordered", answers.ordered, list(lists), "list of choices"),
        ("answers.sensitive", answers.sensitive, list(questions), "question"),
        ("answers.routing", answers.routing, list(questions), "question"),
        ("answers.open_text", answers.open_text, list(questions), "question"),
        ("pooled", tuple(study.settings.pooled), list(questions), "question"),
    ):
        for name in names:
            if name not in known:
                remedy = did_you_mean(name, known, "name one that the form has")
                shared = unknown_question(name) if what == "question" else ""
                cause = f"there is no {what} {name!r}"
                yield Problem(CODE, f"study.toml, {place}", cause, remedy, shared_cause=shared)
