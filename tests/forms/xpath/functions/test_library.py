from __future__ import annotations

import pytest

from kuule.core.problems import KuuleError
from kuule.forms.xpath.compiler.expression_compiler import compile_expression
from kuule.forms.xpath.functions.library import LIBRARY
from kuule.forms.xpath.functions.refused_functions import REFUSED_FUNCTIONS

SPECIFIED = [
    "string",
    "concat",
    "join",
    "substr",
    "substring-before",
    "substring-after",
    "translate",
    "string-length",
    "normalize-space",
    "contains",
    "starts-with",
    "ends-with",
    "uuid",
    "digest",
    "pulldata",
    "if",
    "coalesce",
    "once",
    "true",
    "false",
    "boolean",
    "boolean-from-string",
    "not",
    "regex",
    "checklist",
    "weighted-checklist",
    "number",
    "random",
    "int",
    "sum",
    "max",
    "min",
    "round",
    "pow",
    "log",
    "log10",
    "abs",
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
    "atan",
    "atan2",
    "sqrt",
    "exp",
    "exp10",
    "pi",
    "count",
    "count-non-empty",
    "position",
    "instance",
    "current",
    "randomize",
    "today",
    "now",
    "format-date",
    "format-date-time",
    "date",
    "decimal-date-time",
    "decimal-time",
    "selected",
    "selected-at",
    "count-selected",
    "jr:choice-name",
    "jr:itext",
    "indexed-repeat",
    "base64-decode",
]
"""Every function of the ODK XForms specification but those of positions."""

CORE = ["last", "id", "local-name", "namespace-uri", "name", "substring", "lang", "floor", "ceiling"]
"""What XPath 1.0 has besides."""


def test_library_has_the_whole_specification() -> None:
    assert set(SPECIFIED + CORE + ["date-time", "version"]) == set(LIBRARY) - set(REFUSED_FUNCTIONS)


def test_every_function_is_computed_built_or_refused() -> None:
    ways = {name: (bool(f.compute), bool(f.build), bool(f.refused)) for name, f in LIBRARY.items()}
    assert {name: way for name, way in ways.items() if sum(way) != 1} == {}


@pytest.mark.parametrize("name", sorted(REFUSED_FUNCTIONS))
def test_refused_functions_say_why(name: str) -> None:
    with pytest.raises(KuuleError) as raised:
        compile_expression(f"{name}(/data/a)")
    (problem,) = raised.value.problems
    assert problem.code == "FORM_106"
    assert REFUSED_FUNCTIONS[name].refused in problem.cause
