"""Groups on one question must form a tree: of any two members, one contains the other, or they have nothing in common.

If two members overlap otherwise, each has a few people whom the other lacks. The difference of their counts would be
about those few, and no rule on groups that contain each other would notice. The rest (`rest = true`) may overlap,
because it is everyone except the named members. But if another member names all answers of a rest and more, it contains
the rest, which its names do not show; such a member must be a rest too.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from kuule.core.problems import Problem
from kuule.study.rules.checked_study import CheckedStudy
from kuule.study.settings.study_toml import Group
from kuule.tables.missing import DO_NOT_KNOW, PREFER_NOT_TO_SAY

CODE = "STUDY_355"
_NAMED = 5


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each pair of overlapping members in two groups on the same question."""
    for one, other in combinations(study.settings.groups.values(), 2):
        if one.question == other.question:
            overlaps = tuple(_overlaps(one, other))
            answers = frozenset(study.questionnaire.values(one.question)) - {PREFER_NOT_TO_SAY, DO_NOT_KNOW}
            rests = (*_holds_a_rest(one, other, answers), *_holds_a_rest(other, one, answers))
            yield from overlaps or rests


def _overlaps(one: Group, other: Group) -> Iterator[Problem]:
    for member, against in product(one.members, other.members):
        values, others = set(member.values), set(against.values)
        both = values & others
        if both and both not in (values, others):
            some = ", ".join(sorted(both)[:_NAMED]) + (", …" if len(both) > _NAMED else "")
            cause = f"it has a part of groups.{other.name}.members.{against.name} ({some}), and neither holds the other"
            remedy = "make members of one question that hold each other or have no answer in common"
            yield Problem(CODE, f"study.toml, groups.{one.name}.members.{member.name}", cause, remedy)


def _holds_a_rest(one: Group, other: Group, answers: frozenset[str]) -> Iterator[Problem]:
    """Yield a problem for each member of `one` that names all answers of the rest of `other` and more, but not
    everyone."""
    left = answers.difference(*(member.values for member in other.members))
    for rest, member in product((each for each in other.members if each.rest), one.members):
        if left and left < set(member.values) < answers:
            cause = f"it names all of groups.{other.name}.members.{rest.name}, which is a rest, and more"
            remedy = "write rest = true for it too, in place of its values, and name the others in members of their own"
            yield Problem(CODE, f"study.toml, groups.{one.name}.members.{member.name}", cause, remedy)
