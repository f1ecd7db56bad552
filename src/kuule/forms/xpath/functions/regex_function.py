"""regex() (ODK XForms, String Functions) with RE2, whose time is linear in the text whatever the pattern.

The pattern is a JavaScript one and is searched for, not matched whole: the specification writes `'[0-9]+'` as
`/[0-9]+/`. RE2 is safe because it has neither look-around nor back-references; patterns that use them are refused.
"""

from __future__ import annotations

import re

import re2

from kuule.core.problems import Problem
from kuule.forms.xpath.functions.signature import XPathFunction, functions_by_name
from kuule.forms.xpath.grammar.syntax_tree import FunctionCall, Literal
from kuule.forms.xpath.grammar.xpath_errors import EvaluationError
from kuule.forms.xpath.runtime.closures import ClosureBuilder, ResultType, TypedClosure, as_text
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext
from kuule.forms.xpath.runtime.nodes import Node

_UNICODE_ESCAPE = re.compile(r"\\u(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{4}))")
_REMEDY = "write it without look-ahead, look-behind and \\1, for example as several regex() joined by and"


def _compiled(pattern: str) -> re2._Regexp | str:
    """The compiled pattern, or RE2's message about what is wrong with it."""
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(_UNICODE_ESCAPE.sub(lambda found: f"\\x{{{found[1] or found[2]}}}", pattern), options)
    except re2.error as error:
        return str(error.args[0].decode() if isinstance(error.args[0], bytes) else error.args[0])


def _build(builder: ClosureBuilder, call: FunctionCall) -> TypedClosure:
    text, pattern = (as_text(builder.build(argument)) for argument in call.arguments)
    place = builder.static.place
    written = call.arguments[1]
    if isinstance(written, Literal):
        compiled = _compiled(written.text)
        if isinstance(compiled, str):
            builder.refuse("FORM_109", f"the pattern {written.text!r} cannot be used ({compiled})", _REMEDY)
        search = compiled.search
        return TypedClosure(ResultType.BOOLEAN, lambda context, node: search(text(context, node)) is not None)

    def run(context: EvaluationContext, node: Node) -> bool:
        found = _compiled(pattern(context, node))
        re2.purge()  # re2 caches patterns, and a computed pattern can contain a person's answer
        if isinstance(found, str):
            raise EvaluationError(Problem("FORM_121", place, f"a computed pattern cannot be used ({found})", _REMEDY))
        return found.search(text(context, node)) is not None

    return TypedClosure(ResultType.BOOLEAN, run)


REGEX_FUNCTIONS = functions_by_name(
    XPathFunction("regex", ResultType.BOOLEAN, (ResultType.STRING, ResultType.STRING), build=_build)
)
