"""Checks choices that come from a file as those of the choices sheet are checked. pyxform never opens the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from kuule.core.problems import Problem, Severity
from kuule.forms.compile.form_compiler import INSTANCE_PATTERN, FormCompiler
from kuule.forms.model.body_definition import BodyDefinition, QuestionDefinition
from kuule.forms.types.type_registry import question_type

CODE = "FORM_046"


class _ChoiceProblem(NamedTuple):
    cause: str
    remedy: str
    severity: Severity = Severity.ERROR


def check_choices(body: BodyDefinition, compiler: FormCompiler) -> None:
    """Add a problem to the compiler for each list without choices, without codes, or with codes that no answer can
    hold."""
    for question in body.questions.values():
        found = next(_problems_of(question, compiler), None)
        if found is not None:
            place = compiler.place(question.path)
            compiler.check_problems.append(Problem(CODE, place, found.cause, found.remedy, found.severity))


def _problems_of(question: QuestionDefinition, compiler: FormCompiler) -> Iterator[_ChoiceProblem]:
    source = question.choices
    if source is None or source.formula is None or not source.value_name:
        return
    match = INSTANCE_PATTERN.match(source.formula.text)
    instance = None if match is None else compiler.xform.instances.get(match[1])
    if match is None or instance is None:
        return
    name, column = match[1], source.value_name
    values = [{child.name: child.text for child in item.children}.get(column) for item in instance.children]
    if not values:
        yield _ChoiceProblem(f"{name} has no choices in it", "write a row for each choice below the columns' names")
        return
    if all(value is None for value in values):
        yield _ChoiceProblem(
            f"the choices of {name} have no {column!r}", f"name a column {column}, or say value=… in parameters"
        )
        return
    if not all(value and value.strip() for value in values):
        yield _ChoiceProblem(f"a choice of {name} has nothing in {column!r}", "give it a code, or take the row out")
    with_space = next((value for value in values if value and value.strip() and len(value.split()) > 1), None)
    if with_space is not None and question.control is not None and question_type(question.control).is_multiple:
        yield _ChoiceProblem(
            f"{with_space!r} in {name} has a space in it, which stands between codes", "write _ for it"
        )
    repeated = next((value for value, count in Counter(values).items() if count > 1), None)
    if repeated is not None and "[" not in source.formula.text:
        cause = f"{repeated!r} stands twice in {name}, and only the first is offered"
        yield _ChoiceProblem(cause, "give each choice a code of its own, or a choice_filter", Severity.WARNING)
