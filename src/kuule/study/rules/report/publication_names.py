"""[publication] must name questions that tables can be made of, because it is frozen with the edition and read only
when the first release is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.forms.types.type_registry import QUESTION_TYPES
from kuule.study.folder.questionnaire import QuestionnaireRow
from kuule.study.rules.checked_study import CheckedStudy, unknown_question

CODE = "STUDY_372"
_COUNTED = frozenset(name for one in QUESTION_TYPES if one.is_countable for name in one.xlsform_types)
_ONE_CHOICE = frozenset({"select_one"})


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each unknown question, and for a question on countries whose answers are none."""
    settings = study.settings.publication
    for key, names in (("by_country", settings.by_country), ("by_language", settings.by_language)):
        for name in names:
            yield from _question(study, key, name, _COUNTED)
    if settings.country:
        found = list(_question(study, "country", settings.country, _ONE_CHOICE))
        yield from found or _territories(study, settings.country)


def _question(study: CheckedStudy, key: str, name: str, kinds: Iterable[str]) -> Iterator[Problem]:
    place, questions = f"study.toml, publication.{key}", study.questionnaire.questions
    row = questions.get(name)
    if row is None:
        known = [each.name for each in questions.values() if _fits(each, kinds)]
        remedy = did_you_mean(name, known, "name one that the form has")
        yield Problem(CODE, place, f"there is no question {name!r}", remedy, shared_cause=unknown_question(name))
    elif not _fits(row, kinds):
        cause = f"{name!r} is {'in a repeat' if row.repeats else f'of the type {row.type}'}, and does not fit here"
        yield Problem(CODE, place, cause, "name a question with one choice, or for the tables also with several")


def _fits(row: QuestionnaireRow, kinds: Iterable[str]) -> bool:
    return row.type in kinds and not row.repeats


def _territories(study: CheckedStudy, name: str) -> Iterator[Problem]:
    """A page of a country is called by its ISO code, which the answers to the question must be."""
    row = study.questionnaire.questions[name]
    if row.list_name not in study.settings.answers.territories:
        cause = f"the answers to {name!r} are no countries: {row.list_name!r} is not in answers.territories"
        remedy = f"write {row.list_name!r} into answers.territories, or name another question"
        yield Problem(CODE, "study.toml, publication.country", cause, remedy)
