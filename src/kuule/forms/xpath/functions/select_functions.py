"""Select functions (ODK XForms, Select Functions) on space-separated lists, labels of choices, and translations."""

from __future__ import annotations

from kuule.forms.xpath.functions.signature import ContextNeed, XPathFunction, functions_by_name
from kuule.forms.xpath.grammar.parser import parse
from kuule.forms.xpath.grammar.path_resolution import resolve_path
from kuule.forms.xpath.grammar.syntax_tree import FunctionCall, Literal, PathExpression
from kuule.forms.xpath.runtime.closures import ClosureBuilder, ResultType, TypedClosure, as_text
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext


def _selected(chosen: str, value: str) -> bool:
    return value.strip() in chosen.split()


def _selected_at(chosen: str, index: float) -> str:
    values = chosen.split()
    return values[int(index)] if 0 <= index < len(values) else ""


def _count_selected(chosen: str) -> float:
    return float(len(chosen.split()))


def _choice_name(builder: ClosureBuilder, call: FunctionCall) -> TypedClosure:
    """jr:choice-name(value, '/path/of/select'): the path is a text in quotes, and is resolved before evaluation."""
    written = call.arguments[1]
    path = parse(written.text, builder.static.place) if isinstance(written, Literal) else written
    target = resolve_path(path, builder.static.node_path) if isinstance(path, PathExpression) else None
    if target is None:
        builder.refuse(
            "FORM_113", "jr:choice-name() needs the path of a select", "write the path in quotes: '/data/colour'"
        )
    value = as_text(builder.build(call.arguments[0]))
    builder.mark_reads_current()
    return TypedClosure(
        ResultType.STRING, lambda context, node: context.choice_label(target, value(context, node), context.current)
    )


def _itext(context: EvaluationContext, text_id: str) -> str:
    return context.itext(text_id)


def _version(context: EvaluationContext) -> str:
    return context.version


_TEXT = ResultType.STRING

SELECT_FUNCTIONS = functions_by_name(
    XPathFunction("selected", ResultType.BOOLEAN, (_TEXT, _TEXT), compute=_selected),
    XPathFunction("selected-at", _TEXT, (_TEXT, ResultType.NUMBER), compute=_selected_at),
    XPathFunction("count-selected", ResultType.NUMBER, (_TEXT,), compute=_count_selected),
    XPathFunction("jr:choice-name", _TEXT, (_TEXT, _TEXT), build=_choice_name),
    XPathFunction("jr:itext", _TEXT, (_TEXT,), compute=_itext, needs=ContextNeed.CONTEXT),
    XPathFunction("version", _TEXT, compute=_version, needs=ContextNeed.CONTEXT),
)
