"""The recipe of a rule of `check`: `kuule check` has the rule that was added."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.recipes.recipe import follow, new, row_before, rows_after

RULE = '''"""A question of many words is not read to its end by a person who is shaken (an example)."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_398"

_MOST_WORDS = 20


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Labels of more words than are read."""
    for row in study.questionnaire.rows:
        if (words := len(row.label.split())) > _MOST_WORDS:
            cause = f"{row.name!r} asks in {words} words"
            yield Problem(CODE, row.place, cause, "ask in fewer", Severity.WARNING)
'''
TEST = """from contextlib import redirect_stderr
from io import StringIO

from kuule.cli.app import run
from tests.architecture.test_documented import documented_rows
from tests.study.small_study import FORM, make_study

WORDS = "For how many years have you lived there?"


def said(study):
    with redirect_stderr(StringIO()) as written:
        assert run(["check", str(study)]) == 0
    return [line for line in written.getvalue().splitlines() if "STUDY_398" in line]


def test_long_question_is_a_warning(tmp_path):
    long = make_study(tmp_path / "long", form=FORM.replace(WORDS, "word " * 21))
    assert [line.rpartition(": ")[2] for line in said(long)] == ["'years' asks in 21 words"]
    assert said(make_study(tmp_path / "short", form=FORM.replace(WORDS, "word " * 20))) == []
    assert "STUDY_398" in [row[1] for row in documented_rows()]
"""
NAMES = {"area": "content", "rule": "long_questions"}


@pytest.mark.slow
@pytest.mark.matrix
def test_rule_that_is_added_so_is_a_rule_of_check(tmp_path: Path) -> None:
    test = "tests/study/rules/content/test_long_questions.py"
    example = {
        "src/kuule/study/rules/content/long_questions.py": new(RULE),
        "src/kuule/study/rules/rule_registry.py": rows_after(
            ("    identifying_questions,\n    open_text,", "    long_questions,"),
            ("STUDY_RULES: tuple[StudyRule, ...] = (", "    long_questions,"),
        ),
        test: new(TEST),
        "docs/reference/problems/STUDY.md": row_before(
            "| `STUDY_329` |", "| `STUDY_398` | A warning: a question of many words | Ask in fewer |"
        ),
    }
    copy = follow("A rule of `check`", NAMES, example, tmp_path)
    documented = "tests/architecture/test_documented.py"
    copy.run_tests(
        f"{test}:test_long_question_is_a_warning",
        f"{documented}:test_problems_are_documented_once_with_cause_and_remedy_on_the_page_of_their_area",
    )
