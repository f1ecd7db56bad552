"""A day that was promised stays: who sent an answer was told until when it can be taken back.

An edition may name a later day, and never an earlier one than the edition before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.study.rules.changes.edition_comparison import EditionComparison

CODE = "STUDY_350"


def check(compared: EditionComparison) -> Iterator[Problem]:
    """`withdraw_until` is not before that of the earlier edition."""
    if compared.settings is None:
        return
    before = compared.earlier.study.coming_back.withdraw_until
    now = compared.settings.coming_back.withdraw_until
    if before is not None and (now is None or now < before):
        said = "none" if now is None else now.isoformat()
        cause = f"people were promised that they can take back what they sent until {before}, and now the day is {said}"
        remedy = f"write withdraw_until = {before}, or a later day"
        yield Problem(CODE, "study.toml, coming_back.withdraw_until", cause, remedy)
