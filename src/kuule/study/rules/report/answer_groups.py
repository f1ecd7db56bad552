"""A group must be made of a question that exists and of all of its answers, so that nobody is left out silently."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.study.rules.checked_study import CheckedStudy, unknown_question
from kuule.study.settings.study_toml import Group
from kuule.tables.missing import DO_NOT_KNOW, PREFER_NOT_TO_SAY

CODE = "STUDY_310"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem if the question does not exist or is neither a select nor a rating, a value is not one of its
    answers, or an answer is in no member."""
    for group in study.settings.groups.values():
        place = f"study.toml, groups.{group.name}"
        row = study.questionnaire.questions.get(group.question)
        if row is None:
            cause = unknown_question(group.question)
            remedy = did_you_mean(group.question, study.questionnaire.questions, "name a question of the form")
            yield Problem(CODE, place, cause, remedy, shared_cause=cause)
        elif not row.has_countable_choices:
            yield Problem(CODE, place, f"{group.question!r} is no select", "make groups of a question with choices")
        else:
            yield from _values(study, group, place)


def _values(study: CheckedStudy, group: Group, place: str) -> Iterator[Problem]:
    answers = study.questionnaire.values(group.question)
    for member in group.members:
        for value in member.values:
            if answers and value not in answers:
                cause = f"{group.question!r} has no answer {value!r}"
                yield Problem(CODE, f"{place}.members.{member.name}", cause, "name choices of its list")
    named = {value for member in group.members for value in member.values}
    left = [answer for answer in answers if answer not in named | {PREFER_NOT_TO_SAY, DO_NOT_KNOW}]
    if left and not any(member.rest for member in group.members):
        cause = f"no member has {', '.join(left[:5])}{', …' if len(left) > 5 else ''}"
        yield Problem(CODE, place, cause, "put every answer into a member, or add one with rest = true")
