"""Groups of one question are a tree: of two members, one holds the other or they have nothing in common.

Two that overlap would differ by people on both sides, and neither by enough: the difference of their numbers would be
about those few, and no rule on groups that hold each other would see it. A rest (`rest = true`) may overlap: it is
everyone less the named, so what it has in common with another takes three numbers with noise to find.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from kuule.errors import Problem
from kuule.study.rules.checked import Checked
from kuule.study.settings import Group

CODE = "STUDY_355"
_NAMED = 5


def check(study: Checked) -> Iterator[Problem]:
    """Members of two groups on the same question."""
    for one, other in combinations(study.settings.groups.values(), 2):
        if one.question == other.question:
            yield from _overlaps(one, other)


def _overlaps(one: Group, other: Group) -> Iterator[Problem]:
    for member, against in product(one.members, other.members):
        values, others = set(member.values), set(against.values)
        both = values & others
        if both and both not in (values, others):
            some = ", ".join(sorted(both)[:_NAMED]) + (", …" if len(both) > _NAMED else "")
            cause = f"it has a part of groups.{other.name}.members.{against.name} ({some}), and neither holds the other"
            remedy = "make members of one question that hold each other or have no answer in common"
            yield Problem(CODE, f"study.toml, groups.{one.name}.members.{member.name}", cause, remedy)
