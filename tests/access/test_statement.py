"""The accessibility statement is what is made from the tests, names only what there is, and leaves no criterion out."""

from __future__ import annotations

import ast

from tests.access import axe
from tests.access.statement import PAGE, ROOT, clauses, marked_tests, rules_of, statement

LEVELS = {
    "A": """1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3
        2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2""",
    "AA": """1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8
        3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3""",
}
"""All of WCAG 2.2: 31 and 24. Source: https://www.w3.org/TR/WCAG22/"""


def test_statement_that_is_kept_is_the_one_that_is_made() -> None:
    assert PAGE.read_text(encoding="utf-8") == statement(), "make it anew: python -m tests.access"


def test_every_criterion_of_a_and_aa_is_there_once() -> None:
    named = {level: [one.id for one in clauses() if one.level == level] for level in LEVELS}
    assert named == {level: those.split() for level, those in LEVELS.items()}
    assert (len(named["A"]), len(named["AA"])) == (31, 24)


def test_what_is_supported_is_shown_or_says_why() -> None:
    tests = marked_tests()
    bare = [
        one.id
        for one in clauses()
        if one.result in ("supports", "partly") and not (one.note or one.shown or tests.get(one.id) or rules_of(one.id))
    ]
    assert bare == []
    assert [one.id for one in clauses() if one.result in ("partly", "person") and not one.note] == []


def test_marks_and_rules_name_criteria_that_are_there() -> None:
    kept = {one.id for one in clauses()}
    assert set(marked_tests()) - kept == set()
    by_axe = {clause for those in axe.rules().values() for clause in those}
    assert by_axe - kept - {"2.2.4", "3.2.5"} == set()


def test_tests_that_the_clauses_name_exist() -> None:
    missing = []
    for shown in (one for clause in clauses() for one in clause.shown):
        file, _, name = shown.partition("::")
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        if name and name not in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}:
            missing.append(shown)
    assert missing == []
