"""Who is asked, and what may be answered, is part of what a figure means: every change to it is listed.

A warning. Compared are the expressions as the XForm has them: relevance of questions and groups, constraint, required,
calculation and choice filter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kuule.core.problems import Problem, Severity
from kuule.forms.compile.form import Form
from kuule.study.rules.changes.edition_comparison import EditionComparison

CODE = "STUDY_328"


def check(compared: EditionComparison) -> Iterator[Problem]:
    """Expressions of what both editions have, by path."""
    before, now = _logic(compared.earlier.form), _logic(compared.form)
    there = {plan.path for plan in compared.earlier.form.model.walk()} & {
        plan.path for plan in compared.form.model.walk()
    }
    for path, what in dict.fromkeys([*now, *before]):
        old, new = before.get((path, what), ""), now.get((path, what), "")
        if path in there and old != new:
            row = compared.questionnaire.rows_by_path.get(path)
            place = row.place if row else compared.questionnaire.file
            cause = f"the {what} of {path.rpartition('/')[2]!r} {_change(old, new)}"
            remedy = "see whether the same people are asked the same; if not, figures of both editions differ for it"
            yield Problem(CODE, place, cause, remedy, Severity.WARNING)


def _change(old: str, new: str) -> str:
    if not old:
        return f"is new: {new}"
    return f"was {old}, and is {new} now" if new else f"was {old}, and there is none now"


def _logic(form: Form) -> Mapping[tuple[str, str], str]:
    found = {(path, "relevance"): formula.text for path, formula in form.relevant.items()}
    found |= {(path, "calculation"): formula.text for path, formula in form.calculate.items()}
    for path, ask in form.body.questions.items():
        parts = {
            "constraint": ask.constraint,
            "required": ask.required,
            "choice filter": ask.choices.formula if ask.choices else None,
        }
        found |= {(path, what): formula.text for what, formula in parts.items() if formula is not None}
    return {key: " ".join(text.split()) for key, text in found.items()}
