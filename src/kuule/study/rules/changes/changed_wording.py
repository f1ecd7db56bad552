"""A question that is asked in other words may be another question, so every text, picture and sound that an edition
changed is listed.

These are warnings, because a comma may be corrected. In a dataset of both editions the two wordings stay apart, unless
[pooled] says that they are one question; then there is nothing to warn of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kuule.core.problems import Problem, Severity
from kuule.study.rules.changes.edition_comparison import EditionComparison

CODE = "STUDY_325"

_LONGEST = 60


def check(compared: EditionComparison) -> Iterator[Problem]:
    """Yield a warning for each text in the source language that differs under the same key."""
    for key, text in compared.texts.items():
        before, names = compared.texts_before.get(key, text), _questions(compared, key)
        left = [name for name in names if not compared.is_pooled(name)]
        if before != text and (left or not names):
            cause = f"{_what(key)} was {_short(before)!r}, and is {_short(text)!r} now"
            yield Problem(CODE, _place(compared, key), cause, _remedy(compared, left), Severity.WARNING)


def _remedy(compared: EditionComparison, names: Sequence[str]) -> str:
    if not names:
        return "see whether it still says what people need to know"
    return f"if it asks something else, give it a new name; {compared.pooling_remedy(names[0])}"


def _questions(compared: EditionComparison, key: str) -> Sequence[str]:
    """The questions that have a text: as label, hint or guidance of their own, or as one of their answers."""
    area, _, rest = key.partition(":")
    listed = rest.partition("/")[0] if area == "choice" else ""
    return [
        name
        for name, item in compared.items_now.items()
        if item.control is not None and ((listed and item.list_name == listed) or key in item.text_keys.values())
    ]


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
