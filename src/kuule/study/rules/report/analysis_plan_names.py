"""analysis.toml must name questions, groups and answers that exist, because a plan cannot be corrected once it is
frozen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.forms.types.type_registry import QUESTION_TYPES
from kuule.study.folder.questionnaire import QuestionnaireRow
from kuule.study.rules.checked_study import CheckedStudy, unknown_question
from kuule.study.settings.analysis_plan import ANALYSIS_PLAN_FILE, analysis_cuts
from kuule.tables.request import question_of

CODE = "STUDY_360"
_GROUPING = frozenset(name for one in QUESTION_TYPES if one.is_countable for name in one.xlsform_types)
_NUMBERS = frozenset(name for one in QUESTION_TYPES if one.is_number for name in one.xlsform_types)
_ANALYSED = _GROUPING | _NUMBERS | {"calculate"}


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each unknown item, group, or member to compare with."""
    cuts = (*study.settings.groups, *analysis_cuts(study.settings))
    for number, table in enumerate(study.planned_tables, start=1):
        place = f"{ANALYSIS_PLAN_FILE}, table {number}"
        yield from _question(study, f"{place}.item", table.item, _ANALYSED, ())
        for key, name in (("by", table.by), *(("within", name) for name in table.within)):
            if name and name not in cuts:
                yield from _question(study, f"{place}.{key}", name, _GROUPING, cuts)
        yield from _against(study, f"{place}.against", table.by, table.against)


def _question(
    study: CheckedStudy, place: str, name: str, kinds: Iterable[str], others: Iterable[str]
) -> Iterator[Problem]:
    """Check the name of a question. In a dataset, two questions of one name have more of their path in their names;
    here only the last part must exist, and of an earlier version the question."""
    row = study.questionnaire.questions.get(question_of(name).rpartition(".")[2])
    if row is None:
        known = [*others, *(each.name for each in study.questionnaire.questions.values() if _fits(each, kinds))]
        cause = f"there is no {'group or question' if others else 'question'} {name!r}"
        yield replace(_unknown(place, cause, name, known), shared_cause=unknown_question(name))
    elif not _fits(row, kinds):
        cause = f"{name!r} is {'in a repeat' if row.repeats else f'of the type {row.type}'}, and no table is made of it"
        yield Problem(CODE, place, cause, "name a question with choices, or a number")


def _fits(row: QuestionnaireRow, kinds: Iterable[str]) -> bool:
    return row.type in kinds and not row.repeats


def _against(study: CheckedStudy, place: str, by: str, against: str) -> Iterator[Problem]:
    """Check the member to compare with. Members of language, link and time are known only when people have answered."""
    group = study.settings.groups.get(by)
    codes = study.questionnaire.values(by) if group is None else tuple(member.name for member in group.members)
    if against and codes and against not in codes:
        yield _unknown(place, f"{by!r} has no group {against!r}", against, codes)


def _unknown(place: str, cause: str, name: str, known: Iterable[str]) -> Problem:
    return Problem(CODE, place, cause, did_you_mean(name, known, "name one that the study has"))
