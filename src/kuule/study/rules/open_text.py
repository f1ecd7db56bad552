"""Free text is listed, all of it: it is kept apart from the other answers, and left out of exports unless named.

What people write can hold a name or a place, so that no text may slip into a table for want of a line in study.toml.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.errors import Problem
from kuule.study.questionnaire import TEXTS
from kuule.study.rules.checked import Checked

CODE = "STUDY_312"


def check(study: Checked) -> Iterator[Problem]:
    """Listed items that are no text, texts that are not listed, and copies of texts."""
    listed = study.settings.answers.open_text
    for name in listed:
        row = study.questionnaire.questions.get(name)
        if row and row.kind not in TEXTS:
            cause = f"{name!r} is {row.kind}, and no text"
            yield Problem(CODE, "study.toml, answers.open_text", cause, "take it out of the list")
    for row in study.questionnaire.questions.values():
        if row.kind in TEXTS and row.name not in listed:
            cause = f"{row.name!r} is free text, and study.toml does not list it"
            yield Problem(CODE, row.place, cause, "add it to answers.open_text")
        elif row.name not in listed and row.made_of & set(listed):
            cause = f"{row.name!r} copies free text ({', '.join(sorted(row.made_of & set(listed)))})"
            yield Problem(CODE, row.place, cause, "take it out, or let it read other answers")
