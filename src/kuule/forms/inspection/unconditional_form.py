"""A form without conditions: every page is shown, so that each text can be previewed on its own page.

Follow-ups inside a choice of the same page keep their condition, and that choice is selected. Lists that depend on an
answer are shown in full, and each repeat has one instance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kuule.forms.compile.dependencies import ComputationKind
from kuule.forms.compile.follow_ups import FollowUp
from kuule.forms.compile.form import Form
from kuule.forms.model.body_definition import FormElement, QuestionDefinition
from kuule.forms.model.expressions import Formula, compile_formula
from kuule.forms.xpath.runtime.evaluation_context import StaticContext

_MOST_HOSTS = 20
_POSITION = re.compile(r"\[[0-9]+\]")


@dataclass(frozen=True, slots=True)
class StartingAnswers:
    """The answers and repeat instances that a visit needs for a question to be shown."""

    answers: Mapping[str, str]
    counts: Mapping[str, int]


def without_conditions(form: Form) -> Form:
    """The same form with everything visible. For preview only: answers to it mean nothing."""
    always, inside = _always(), _inside_choices(form)
    steps = tuple(
        replace(step, formula=always) if step.kind is ComputationKind.RELEVANT and step.path not in inside else step
        for step in form.computation_order.computations
    )
    elements = tuple(map(_whole, form.body.elements))
    asks = {ask.path: ask for ask in _asks(elements)}
    return replace(
        form,
        computation_order=replace(form.computation_order, computations=steps),
        relevant={path: formula for path, formula in form.relevant.items() if path in inside},
        body=replace(form.body, elements=elements, questions=asks),
        filtered_questions=(),
    )


def _inside_choices(form: Form) -> frozenset[str]:
    """The follow-ups that a page shows inside a choice: those with their question on the same page. A question that
    waits for an answer of another page, or for a value that is computed, is shown without."""
    pages = {item.path: item.page_key for item in form.items if item.page_key}
    return frozenset(
        path
        for path, one in form.follow_ups.items()
        if one.question in pages
        and all(page == pages[one.question] for own, page in pages.items() if own == path or own.startswith(f"{path}/"))
    )


def first_instance_path(form: Form, path: str) -> str:
    """The path with the position of the first instance of each repeat around it."""
    for repeat in sorted(form.repeats, key=len, reverse=True):
        if path == repeat or path.startswith(f"{repeat}/"):
            path = f"{repeat}[1]{path[len(repeat) :]}"
    return path


def starting_answers(form: Form, path: str) -> StartingAnswers:
    """The answers that are needed to show the question at this path, with positions or without, inside its choice."""
    path, answers = _POSITION.sub("", path), dict[str, str]()
    for _ in range(_MOST_HOSTS):
        follow_up = _above(form, path)
        if follow_up is None:
            break
        path = follow_up.question
        answers.setdefault(first_instance_path(form, path), follow_up.value)
    return StartingAnswers(answers, {first_instance_path(form, path).removesuffix("[1]"): 1 for path in form.repeats})


def _above(form: Form, path: str) -> FollowUp | None:
    """The follow-up that this question, or a group around it, belongs to."""
    while path:
        if path in form.follow_ups:
            return form.follow_ups[path]
        path = path.rpartition("/")[0]
    return None


def _always() -> Formula:
    return compile_formula("true()", StaticContext())


def _whole(element: FormElement) -> FormElement:
    if not isinstance(element, QuestionDefinition):
        return replace(element, children=tuple(map(_whole, element.children)))
    if element.choices is None or not element.choices.listed:
        return element
    return replace(element, choices=replace(element.choices, formula=None))


def _asks(elements: tuple[FormElement, ...]) -> Iterator[QuestionDefinition]:
    for element in elements:
        if isinstance(element, QuestionDefinition):
            yield element
        else:
            yield from _asks(element.children)
