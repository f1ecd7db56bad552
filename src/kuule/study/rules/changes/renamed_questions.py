"""A new name that differs only slightly from an old one, or whose question has the old one's text, may be a mistake.

Under a new name a question begins without answers, and the old one ends. That can be intended, so this is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kuule.core.problems import Problem, Severity
from kuule.core.suggestions import near_names
from kuule.study.rules.changes.edition_comparison import EditionComparison

CODE = "STUDY_329"

_CLOSE = 0.8


def check(compared: EditionComparison) -> Iterator[Problem]:
    """Yield a warning for each new name that seems to replace a name that is gone."""
    for old, new in renamed_questions(compared).items():
        cause = f"{new!r} is new, and may be {old!r} of the earlier edition under another name"
        remedy = f"if it is the same question, name it {old!r}, so that its answers are counted together"
        yield Problem(CODE, compared.place(new), cause, remedy, Severity.WARNING)


def renamed_questions(compared: EditionComparison) -> Mapping[str, str]:
    """Old name to new name, for questions with the same kind of answer and either the same label or nearly the same
    name."""
    gone = [name for name in compared.items_before if name not in compared.items_now]
    new = [name for name in compared.items_now if name not in compared.items_before]
    pairs: dict[str, str] = {}
    for name in new:
        item = compared.items_now[name]
        label = compared.label(item)
        alike = [old for old in gone if old not in pairs and compared.items_before[old].control is item.control]
        same = [old for old in alike if label and compared.label_before(compared.items_before[old]) == label]
        folded = {old.casefold(): old for old in alike}
        near = near_names(name.casefold(), folded, cutoff=_CLOSE)
        if same or near:
            pairs[same[0] if same else folded[near[0]]] = name
    return pairs
