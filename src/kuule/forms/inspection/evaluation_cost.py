"""How many nodes a form's expressions visit when every repeat has its most instances.

`EvaluationContext.count_nodes` stops the expressions of a page beyond MAX_NODES, to protect the server, and the rest
count as blank. Here an author learns of it before anybody answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

from kuule.core.problems import Problem
from kuule.forms.compile.form import Form
from kuule.forms.compile.model_definition import NodeDefinition, RepeatNodeDefinition
from kuule.forms.instance.offered_choices import offered_values
from kuule.forms.instance.response import Response
from kuule.forms.instance.response_tree import ResponseData
from kuule.forms.model.expressions import Formula
from kuule.forms.xpath.runtime.evaluation_context import MAX_NODES

_DAY = date(2026, 1, 1)


def nodes_visited(form: Form) -> tuple[int, str]:
    """(nodes, path): the nodes that one recalculation with all filtered choices visits, and the path whose expressions
    visit the most. Counting stops beyond MAX_NODES."""
    response = Response(form, ResponseData(counts=dict(_counts(form, form.model, form.model.path)), seed=1), _DAY)
    context = response.context
    each: dict[str, int] = {}
    for path, evaluate in _evaluations(form, response):
        before = context.nodes_visited
        if before > MAX_NODES:
            break
        evaluate()
        each[path] = each.get(path, 0) + context.nodes_visited - before
    return context.nodes_visited, max(each, key=lambda path: each[path], default="")


def evaluation_cost_problems(form: Form, places: Mapping[str, str]) -> Iterator[Problem]:
    """FORM_123, if a form at its largest would visit more nodes than one page may."""
    total, path = nodes_visited(form)
    if total > MAX_NODES:
        cause = f"with every repeat full, the form's expressions look at more than {MAX_NODES:,} nodes for one page"
        remedy = "look things up in a shorter way, in a smaller table, or in fewer instances (most=…)"
        yield Problem("FORM_123", places.get(path, path), f"{cause}; most of it is here", remedy)


def _counts(form: Form, definition: NodeDefinition, instance_path: str) -> Iterator[tuple[str, int]]:
    for child in definition.children:
        if not isinstance(child, RepeatNodeDefinition):
            yield from _counts(form, child, f"{instance_path}/{child.qualified_name}")
            continue
        own = f"{instance_path}/{child.template.qualified_name}"
        most = form.body.max_instances.get(child.path, len(child.initial))
        yield own, most
        for number in range(1, most + 1):
            yield from _counts(form, child.template, f"{own}[{number}]")


def _evaluations(form: Form, response: Response) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each expression at each of its nodes, as a function that evaluates it."""
    for path, formula in _expressions(form):
        for node in response.nodes(path):
            yield path, partial(formula.string, node, response.context)
    for question in form.filtered_questions:
        for node in response.nodes(question.path):
            yield question.path, partial(offered_values, response.context, question, node)


def _expressions(form: Form) -> Iterator[tuple[str, Formula]]:
    for computation in form.computation_order.computations:
        yield computation.path, computation.formula
    for question in form.body.questions.values():
        yield from (
            (question.path, one)
            for one in (question.required, question.constraint, question.readonly)
            if one is not None
        )
