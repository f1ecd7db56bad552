"""A choice that an edition added was not offered before: people who would have chosen it gave another answer or none.

This is a warning. The shares of the other answers cannot be compared over both editions without care, so a dataset
keeps the two apart unless [pooled] says that they are one question.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.study.rules.changes.edition_comparison import EditionComparison

CODE = "STUDY_327"


def check(compared: EditionComparison) -> Iterator[Problem]:
    """Yield a warning for each choice that a question of both editions did not have before."""
    for name, item in compared.items_now.items():
        before = compared.items_before.get(name)
        if before is None or before.control is not item.control or compared.is_pooled(name):
            continue
        had = {choice.value for choice in before.choices}
        added = [choice.value for choice in item.choices if choice.value not in had]
        if added:
            named = f"{', '.join(added[:5])}{', …' if len(added) > 5 else ''}"
            cause = f"{name!r} offers {named}, which the earlier edition did not"
            yield Problem(CODE, compared.place(name), cause, compared.pooling_remedy(name), Severity.WARNING)
