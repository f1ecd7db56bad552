"""What the node of a question can contain: the basis of every proof. If it is not certain: any text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kuule.core.problems import StudyError
from kuule.forms.types.date import DATE
from kuule.forms.xpath.grammar.parser import parse
from kuule.forms.xpath.grammar.syntax_tree import Expression, FunctionCall, Literal, Number
from kuule.study.folder.questionnaire import Questionnaire, QuestionnaireRow
from kuule.study.folder.written_types import CHOICE_TYPES, find_written_type
from kuule.study.logic.domains import ANY_TEXT, Domain, one_of
from kuule.study.logic.intervals import ALL_REALS, Interval, NumberSet

MAX_COMBINED_CHOICES = 6
"""A select_multiple with up to this many choices is handled answer by answer (64 of them), a longer one choice by
choice."""

_NAMED = re.compile(r"\$\{[^}]*\}")
_LITERAL = re.compile(r"[\w.:-]*(?: [\w.:-]+)*")


@dataclass(frozen=True, slots=True)
class ConditionVariable:
    """A question that conditions read. `choices` are those of its list; None if they are not known or it has no list.

    `has_many_nodes`: a path means its nodes in all instances of a repeat, perhaps none.
    """

    row: QuestionnaireRow
    domain: Domain
    choices: frozenset[str] | None
    has_many_nodes: bool = False

    @property
    def takes_several(self) -> bool:
        """Whether an answer can be several choices, with spaces between them."""
        asked = self.row.question_type
        return asked is not None and asked.is_multiple

    @property
    def is_date(self) -> bool:
        return self.row.question_type is DATE


def condition_variable(row: QuestionnaireRow, questionnaire: Questionnaire) -> ConditionVariable:
    """What the node of `row` can contain, asked or not: "" is in every domain."""
    if is_computed(row):
        return ConditionVariable(row, _computed(row), None)
    choices = select_values(row, questionnaire)
    variable = ConditionVariable(row, _answers(row, choices), None if choices is None else frozenset(choices))
    return _with_default(variable)


def _answers(row: QuestionnaireRow, choices: Sequence[str] | None) -> Domain:
    """What a person can answer, including nothing. `choices` are the values of its list; None if they are not known."""
    asked = find_written_type(row.type)
    if asked is None or (asked.has_choices and choices is None):
        return ANY_TEXT
    if asked.has_bounds:
        return _range(row)
    values = asked.possible_values(choices or (), most_combined=MAX_COMBINED_CHOICES)
    if values is not None:
        return one_of(values)
    if asked.whole_bounds is not None:
        return Domain(numbers=NumberSet((Interval(*asked.whole_bounds),), True), whole=True, blank_or_number=True)
    return Domain(blank_or_number=True) if asked.reads_as_number else ANY_TEXT


def select_values(row: QuestionnaireRow, questionnaire: Questionnaire) -> tuple[str, ...] | None:
    """The values of a select's list in the order of the form; None for other questions and for lists that are not
    ours."""
    listed = questionnaire.choice_lists.get(row.list_name)
    if row.type not in CHOICE_TYPES or not listed:
        return None
    names = [choice.name for choice in listed]
    return tuple(dict.fromkeys([*names, "other"] if row.has_or_other else names))


def is_computed(row: QuestionnaireRow) -> bool:
    """Whether something other than a person's answer can be there."""
    cells = row.cells
    if cells.get("calculation") or cells.get("trigger") or not row.is_asked:
        return True
    return not _LITERAL.fullmatch(cells.get("default", ""))


def _computed(row: QuestionnaireRow) -> Domain:
    """The possible values of a calculation that names all of them: `5`, `if(…, 'a', if(…, 'b', 'c'))`."""
    cells = row.cells
    written = cells.get("calculation", "")
    if row.type != "calculate" or not written or cells.get("trigger") or cells.get("default"):
        return ANY_TEXT
    try:
        tree = parse(_NAMED.sub("/x", written))
    except StudyError:
        return ANY_TEXT
    found = list(_outcomes(tree))
    return ANY_TEXT if None in found else one_of(["", *(text for text in found if text is not None)])


def _outcomes(tree: Expression) -> Iterator[str | None]:
    """Each value that is named; None for one that is not."""
    if isinstance(tree, Literal):
        yield tree.text
    elif isinstance(tree, Number) and tree.value.is_integer():
        yield str(int(tree.value))
    elif isinstance(tree, FunctionCall) and tree.name == "if" and len(tree.arguments) == 3:
        for branch in tree.arguments[1:]:
            yield from _outcomes(branch)
    else:
        yield None


def _with_default(variable: ConditionVariable) -> ConditionVariable:
    """A default may be there that nobody can choose."""
    default = variable.row.cells.get("default", "")
    if default in variable.domain and (variable.choices is None or variable.choices.issuperset(default.split())):
        return variable
    few = variable.domain.finite_texts
    domain = ANY_TEXT if few is None else one_of([*few, default])
    choices = None if variable.choices is None else variable.choices | frozenset(default.split())
    return replace(variable, domain=domain, choices=choices)


def _range(row: QuestionnaireRow) -> Domain:
    found = dict(re.findall(r"(start|end)\s*=\s*(-?[0-9.]+)", row.cells.get("parameters", "")))
    try:
        low, high = sorted((float(found["start"]), float(found["end"])))
    except (KeyError, ValueError):
        low, high = ALL_REALS.low, ALL_REALS.high
    return Domain(numbers=NumberSet((Interval(low, high),), True), blank_or_number=True)
