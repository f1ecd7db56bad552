"""A withdrawal day that was promised must be kept: people who sent an answer were told until when they can withdraw it.

A new edition may name a later day, but never an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.study.rules.changes.edition_comparison import EditionComparison

CODE = "STUDY_350"


def check(compared: EditionComparison) -> Iterator[Problem]:
    """Yield a problem if `withdraw_until` is before that of the earlier edition."""
    if compared.settings is None:
        return
    before = compared.earlier.study.coming_back.withdraw_until
    now = compared.settings.coming_back.withdraw_until
    if before is not None and (now is None or now < before):
        day = "none" if now is None else now.isoformat()
        cause = f"people were promised that they can take back what they sent until {before}, and now the day is {day}"
        remedy = f"write withdraw_until = {before}, or a later day"
        yield Problem(CODE, "study.toml, coming_back.withdraw_until", cause, remedy)
