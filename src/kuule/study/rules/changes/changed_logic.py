"""What a figure means depends on who is asked and what may be answered, so every change to that is listed.

These are warnings. The rule compares expressions as the XForm has them: relevance of questions and groups, constraint,
required, calculation and choice filter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kuule.core.amounts import amount
from kuule.core.problems import Problem, Severity
from kuule.forms.compile.form import Form
from kuule.study.rules.changes.edition_comparison import EditionComparison

CODE = "STUDY_328"
_RELEVANCE = "relevance"


def check(compared: EditionComparison) -> Iterator[Problem]:
    """Yield a warning for each expression that changed, of nodes that both editions have; a single one for all
    conditions if none is left."""
    before, now = _logic(compared.earlier.form), _logic(compared.form)
    lost = lost_conditions_problem(compared.earlier.form, compared.form, compared.questionnaire.file)
    if lost is not None:
        yield lost
        before = {key: old for key, old in before.items() if key[1] != _RELEVANCE}
    there = {node.path for node in compared.earlier.form.model.walk()} & {
        node.path for node in compared.form.model.walk()
    }
    for path, what in dict.fromkeys([*now, *before]):
        old, new = before.get((path, what), ""), now.get((path, what), "")
        if path in there and old != new:
            row = compared.questionnaire.rows_by_path.get(path)
            place = row.place if row else compared.questionnaire.file
            cause = f"the {what} of {path.rpartition('/')[2]!r} {_change(old, new)}"
            remedy = (
                "see whether the same people are asked the same; a dataset keeps both apart, unless [pooled] says so"
            )
            yield Problem(CODE, place, cause, remedy, Severity.WARNING)


def lost_conditions_problem(before: Form, now: Form, file: str) -> Problem | None:
    """The problem of a form of which no condition is left on what is asked; None of any other."""
    if now.relevant or not before.relevant:
        return None
    cause = f"{amount(len(before.relevant), 'condition')} decided what is asked, and none is left"
    remedy = "see whether the column relevant is there and whole; without it everyone is asked everything"
    return Problem(CODE, f"{file}, survey", cause, remedy, Severity.WARNING)


def _change(old: str, new: str) -> str:
    if not old:
        return f"is new: {new}"
    return f"was {old}, and is {new} now" if new else f"was {old}, and there is none now"


def _logic(form: Form) -> Mapping[tuple[str, str], str]:
    found = {(path, _RELEVANCE): formula.text for path, formula in form.relevant.items()}
    found |= {(path, "calculation"): formula.text for path, formula in form.calculate.items()}
    for path, question in form.body.questions.items():
        parts = {
            "constraint": question.constraint,
            "required": question.required,
            "choice filter": question.choices.formula if question.choices else None,
        }
        found |= {(path, what): formula.text for what, formula in parts.items() if formula is not None}
    return {key: " ".join(text.split()) for key, text in found.items()}
