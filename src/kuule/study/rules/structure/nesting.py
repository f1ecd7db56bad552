"""Every group and repeat that begins must also end, the inner one before the outer."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.study.folder.questionnaire import Questionnaire, QuestionnaireRow

CODE = "STUDY_335"


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a problem for each end without a beginning, end of the wrong kind, and beginning without an end."""
    open_now: list[QuestionnaireRow] = []
    for row in questionnaire.rows:
        edge, _, kind = row.type.partition(" ")
        if edge == "begin":
            open_now.append(row)
        elif edge == "end" and kind and not open_now:
            yield Problem(
                CODE, row.place, f"this {kind} ends and did not begin", f"take the row out, or begin a {kind}"
            )
        elif edge == "end" and kind:
            begun = open_now.pop()
            if begun.type != f"begin {kind}":
                cause = (
                    f"a {kind} ends, and {begun.name!r}, which is open here, is a {begun.type.removeprefix('begin ')}"
                )
                yield Problem(CODE, row.place, cause, f"end {begun.name!r} first")
    for row in open_now:
        kind = row.type.removeprefix("begin ")
        yield Problem(CODE, row.place, f"the {kind} {row.name!r} does not end", f"add a row end_{kind}")
