"""What a form's expressions look at when it is as large as it can be: every repeat with its highest number.

`EvaluationContext.count_nodes` stops the expressions of a page beyond MAX_NODES, and the rest of them count as
blank. That is for the server's sake; here an author learns of it before anybody answers.
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
    """Nodes that one pass looks at, with the choices that are filtered, and the path whose expressions look at most.
    Beyond MAX_NODES nothing is counted any more."""
    response = Response(form, ResponseData(counts=dict(_counts(form, form.model, form.model.path)), seed=1), _DAY)
    context = response.context
    each: dict[str, int] = {}
    for path, look in _looks(form, response):
        before = context.nodes_visited
        if before > MAX_NODES:
            break
        look()
        each[path] = each.get(path, 0) + context.nodes_visited - before
    return context.nodes_visited, max(each, key=lambda path: each[path], default="")


def evaluation_cost_problems(form: Form, places: Mapping[str, str]) -> Iterator[Problem]:
    """FORM_123, where a form that is filled to its bounds would look at more than a page may."""
    total, path = nodes_visited(form)
    if total > MAX_NODES:
        cause = f"with every repeat full, the form's expressions look at more than {MAX_NODES:,} nodes for one page"
        remedy = "look things up in a shorter way, in a smaller table, or in fewer instances (most=…)"
        yield Problem("FORM_123", places.get(path, path), f"{cause}; most of it is here", remedy)


def _counts(form: Form, plan: NodeDefinition, place: str) -> Iterator[tuple[str, int]]:
    for slot in plan.children:
        if not isinstance(slot, RepeatNodeDefinition):
            yield from _counts(form, slot, f"{place}/{slot.qualified_name}")
            continue
        own = f"{place}/{slot.template.qualified_name}"
        most = form.body.max_instances.get(slot.path, len(slot.initial))
        yield own, most
        for number in range(1, most + 1):
            yield from _counts(form, slot.template, f"{own}[{number}]")


def _looks(form: Form, response: Response) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each expression at each of its nodes, ready to be evaluated."""
    for path, formula in _expressions(form):
        for node in response.nodes(path):
            yield path, partial(formula.string, node, response.context)
    for ask in form.filtered_questions:
        for node in response.nodes(ask.path):
            yield ask.path, partial(offered_values, response.context, ask, node)


def _expressions(form: Form) -> Iterator[tuple[str, Formula]]:
    for step in form.computation_order.computations:
        yield step.path, step.formula
    for ask in form.body.questions.values():
        yield from ((ask.path, one) for one in (ask.required, ask.constraint, ask.readonly) if one is not None)
