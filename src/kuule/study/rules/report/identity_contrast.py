"""The study's own colour is read as text: links and headings, by people with tired eyes on old screens.

It is held to the contrast of WCAG 2.2 AAA (1.4.6), as all of Kuule's text is.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.colours import AAA_TEXT, contrast_ratio, nearest_readable
from kuule.core.palette import DARK, GROUNDS, LIGHT
from kuule.core.problems import Problem
from kuule.study.rules.checked_study import CheckedStudy

CODE = "STUDY_370"


def check(study: CheckedStudy) -> Iterator[Problem]:
    """Yield a problem for each colour that cannot be read on one of the grounds of its scheme."""
    identity = study.settings.identity
    for key, colour, scheme in (("colour", identity.colour, LIGHT), ("colour_dark", identity.colour_dark, DARK)):
        grounds = tuple(scheme[name] for name in GROUNDS)
        lowest = min((contrast_ratio(colour, ground), ground) for ground in grounds) if colour else None
        if lowest is not None and lowest[0] < AAA_TEXT:
            where = "light" if scheme is LIGHT else "dark"
            cause = f"{colour} has a contrast of {lowest[0]:.2f} with the {where} ground {lowest[1]}, and text needs 7"
            remedy = f"write {nearest_readable(colour, grounds)}, the nearest that has it"
            yield Problem(CODE, f"study.toml, identity.{key}", cause, remedy)
