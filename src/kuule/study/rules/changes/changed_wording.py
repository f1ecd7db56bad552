"""A question that is asked in other words may be another question, so every text, picture and sound that an edition
changed is listed.

These are warnings, because a comma may be corrected. Whoever publishes figures over both editions should read this list
first.
"""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem, Severity
from kuule.study.rules.changes.edition_comparison import EditionComparison

CODE = "STUDY_325"

_LONGEST = 60


def check(compared: EditionComparison) -> Iterator[Problem]:
    """Yield a warning for each text in the source language that differs under the same key."""
    for key, text in compared.texts.items():
        before = compared.texts_before.get(key, text)
        if before != text:
            cause = f"{_what(key)} was {_short(before)!r}, and is {_short(text)!r} now"
            remedy = "if it asks something else, give it a new name; if not, nothing"
            yield Problem(CODE, _place(compared, key), cause, remedy, Severity.WARNING)


def _what(key: str) -> str:
    area, _, rest = key.partition(":")
    name, _, kind = rest.rpartition(":")
    if area == "form":
        return f"the {kind.replace('_', ' ')} of {name.rpartition('/')[2]!r}"
    if area == "choice":
        return f"the answer {name!r}" if kind == "label" else f"the {kind} of the answer {name!r}"
    return f"{key!r}"


def _place(compared: EditionComparison, key: str) -> str:
    area, _, rest = key.partition(":")
    name = rest.rpartition(":")[0]
    questionnaire = compared.questionnaire
    if area == "form":
        row = questionnaire.rows_by_path.get(name)
        return row.place if row else questionnaire.file
    if area == "choice":
        list_name, _, value = name.partition("/")
        listed = questionnaire.choice_lists.get(list_name, ())
        return next((choice.place for choice in listed if choice.name == value), questionnaire.file)
    return "study.toml"


def _short(text: str) -> str:
    """The beginning of a text, enough to recognise it."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
