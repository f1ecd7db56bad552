"""A figure of a question that only some were asked says who: its base would be read as everyone who answered.

This is a warning, for figures whose question depends on another that the report shows. A question that depends on one
that is in no report, such as whether to go on, is for its author to judge.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.study.folder.report_text import ReportBlockKind, block_fields, report_blocks
from kuule.study.rules.checked_study import CheckedStudy
from kuule.study.rules.report.report_names import named_questions

CODE = "STUDY_373"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a warning for each figure without `asked:` whose question is asked after an answer to another question of
    the report."""
    shown = named_questions(study.report)
    for block in report_blocks(study.report):
        if block.kind is not ReportBlockKind.FIGURE:
            continue
        fields = {field.name: field.text for field in reversed(block_fields(block))}
        row = study.questionnaire.questions.get(fields.get("question", ""))
        before = sorted(row.relevance_references & shown - {row.name}) if row is not None else []
        if before and row is not None and "asked" not in fields:
            others = ", ".join(map(repr, before))
            cause = f"{row.name!r} is asked only after some answers to {others}, and its figure does not say so"
            remedy = "add a line like asked: We asked only people who had told someone."
            yield Problem(CODE, f"report.md, line {block.line}", cause, remedy, Severity.WARNING)
