"""All free text must be listed: it is kept apart from the other answers, and left out of exports unless it is named.

What people write can contain a name or a place, so no text may get into a table because a line in study.toml was
forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, StudyError
from kuule.forms.xpath.grammar.parser import parse
from kuule.forms.xpath.grammar.subexpressions import all_subexpressions, direct_subexpressions
from kuule.forms.xpath.grammar.syntax_tree import (
    Expression,
    FilterExpression,
    FunctionCall,
    NameTest,
    OperatorChain,
    PathExpression,
)
from kuule.study.folder.questionnaire import QuestionnaireRow
from kuule.study.folder.written_types import TEXT_TYPES
from kuule.study.logic.canonical import expand_references
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_312"

_COMPARED = frozenset({"=", "!=", "<", "<=", ">", ">=", "and", "or"})
_MEASURED = frozenset(
    {"string-length", "count", "count-non-empty", "boolean", "not", "contains", "starts-with", "ends-with", "regex"}
)


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each listed item that is not text, each text that is not listed, and each copy of a text."""
    listed = study.settings.answers.open_text
    for name in listed:
        row = study.questionnaire.questions.get(name)
        if row and not _is_text(row):
            cause = f"{name!r} is {_said(row)}, and no text"
            yield Problem(CODE, "study.toml, answers.open_text", cause, "take it out of the list")
    for row in study.questionnaire.questions.values():
        if _is_text(row) and row.name not in listed:
            cause = f"{row.name!r} is free text, and study.toml does not list it"
            yield Problem(CODE, row.place, cause, "add it to answers.open_text")
        elif row.name not in listed and (copied := _copied(row) & set(listed)):
            cause = f"{row.name!r} copies free text ({', '.join(sorted(copied))})"
            yield Problem(CODE, row.place, cause, "take it out, or let it read other answers")


def _is_text(row: QuestionnaireRow) -> bool:
    """Whether a person types text there. A question that is only shown, with a calculation or a default, is a
    calculation."""
    return row.type in TEXT_TYPES and not (row.expressions and row.is_read_only)


def _copied(row: QuestionnaireRow) -> frozenset[str]:
    """The names whose answers may be in the value: all that it reads, except what is only compared, counted or
    measured, and what its choices are made of (`select_one ${word}`)."""
    found: list[str] = [row.list_name[2:-1].strip()] if row.list_name.startswith("${") else []
    for written in row.expressions:
        try:
            found += _kept(parse(expand_references(written, lambda name: f"/{name}")))
        except StudyError:
            return row.value_references | frozenset(found)
    return frozenset(found)


def _kept(tree: Expression) -> Iterator[str]:
    if isinstance(tree, OperatorChain) and tree.rest[0][0] in _COMPARED:
        return
    if isinstance(tree, FunctionCall) and tree.name in _MEASURED:
        return
    if isinstance(tree, FunctionCall) and tree.name == "if":
        for branch in tree.arguments[1:]:
            yield from _kept(branch)
        return
    for part in all_subexpressions(tree) if isinstance(tree, PathExpression | FilterExpression) else ():
        if isinstance(part, PathExpression):
            yield from (step.test.name for step in part.steps if isinstance(step.test, NameTest))
    for part in () if isinstance(tree, PathExpression | FilterExpression) else direct_subexpressions(tree):
        yield from _kept(part)


def _said(row: QuestionnaireRow) -> str:
    return "a calculation that is shown" if row.type in TEXT_TYPES else row.type
