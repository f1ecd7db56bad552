"""People may send words and choices only: a survey of survivors must not become a place to which pictures are sent.

Decision 0000, section 8. A picture, a recording or a file could be the very material that the work fights, or show the
person who answers.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.study.folder.questionnaire import Questionnaire

CODE = "STUDY_301"

_KINDS = frozenset({"image", "audio", "video", "file", "osm", "background-audio"})
_APPEARANCES = frozenset({"annotate", "draw", "signature", "new", "new-front", "selfie"})


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a problem for each type that uploads, and each appearance that draws or signs."""
    for row in questionnaire.rows:
        if row.type in _KINDS:
            cause = f"{row.name!r} asks for a file ({row.type})"
        elif row.appearance & _APPEARANCES and not row.type.startswith("begin"):
            cause = f"{row.name!r} has the appearance {', '.join(sorted(row.appearance & _APPEARANCES))}"
        else:
            continue
        yield Problem(CODE, row.place, cause, "ask in words or by choices; no files are ever taken")
