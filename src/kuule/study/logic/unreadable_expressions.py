"""Expressions that cannot be read, row by row, for a form that cannot be converted: its compiler never sees them."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, StudyError
from kuule.forms.xpath.compiler.expression_compiler import compile_expression
from kuule.forms.xpath.grammar.parser import parse
from kuule.forms.xpath.runtime.evaluation_context import StaticContext
from kuule.study.folder.questionnaire import Questionnaire
from kuule.study.logic.canonical import REFERENCE, expand_references
from kuule.study.logic.expression_columns import row_expressions


def expression_problems(questionnaire: Questionnaire) -> Iterator[Problem]:
    """The problems that the parser and the compiler of expressions find (from FORM_100 on), with row and column. A
    reference to nothing is accepted here: another rule reports it."""
    named = questionnaire.rows_by_name
    for row in questionnaire.rows:
        for column, written in row_expressions(row):
            text = expand_references(written, lambda name: named[name].path if name in named else f"/data/{name}")
            static = StaticContext(node_path=row.path, place=f"{row.place}, {column}")
            try:
                parse(_as_long(written), static.place, shown=written)
                compile_expression(text, static)
            except StudyError as error:
                yield from error.problems


def _as_long(written: str) -> str:
    """The expression with a path of the same length for each `${name}`, so that its characters keep their places."""
    return REFERENCE.sub(lambda found: f"/{'_' * (len(found[0]) - 1)}", written)
