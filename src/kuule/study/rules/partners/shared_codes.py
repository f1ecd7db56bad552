"""One link belongs to one partner: with two, nobody could tell who brought the people who came by it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kuule.core.problems import Problem
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_380"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each link that two partners have, and for each name that two partners have."""
    for one, other in combinations(study.partners.values(), 2):
        for link in sorted(set(one.links) & set(other.links)):
            cause = f"{one.code} and {other.code} both have the link {link}"
            remedy = "give each a code of its own in [links.partners] of study.toml"
            yield Problem(CODE, f"{other.file}, links", cause, remedy, file=other.file)
        if one.name and " ".join(one.name.split()).casefold() == " ".join(other.name.split()).casefold():
            cause = f"{one.code} and {other.code} are both called {other.name!r}"
            remedy = "keep one file for each organisation, or write where each of them is into its name"
            yield Problem(CODE, f"{other.file}, name", cause, remedy, file=other.file)
