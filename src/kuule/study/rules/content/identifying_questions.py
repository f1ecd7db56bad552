"""No question may ask who someone is: names, numbers and addresses, of the respondent or of anyone else.

Decision 0000, section 8. The rule goes by the words in a question's name, label and hint, which catches honest
mistakes. A question that asks for the same in other words is left to the people who review the form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.study.folder.questionnaire import Questionnaire, QuestionnaireRow
from kuule.study.rules.content.identifying_words import (
    IDENTIFYING_NAME_PARTS,
    IDENTIFYING_PHRASES,
    NEGATING_PHRASES,
    SENTENCE_END,
)

CODE = "STUDY_304"

_HINTS = ("hint", "guidance_hint")
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])")


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a problem for each question with a typed answer that asks for one of these."""
    for row in questionnaire.rows:
        asked = row.question_type
        found = _words(row) if asked is not None and asked.is_typed else ""
        if found:
            cause = f"{row.name!r} asks who someone is ({found!r})"
            yield Problem(CODE, row.place, cause, "take it out, or ask by choices that fit many people")


def _words(row: QuestionnaireRow) -> str:
    parts = re.split(r"[^a-z]+", _JOINED.sub("_", _plain(row.name)).lower())
    named = next((part for part in parts if part in IDENTIFYING_NAME_PARTS), "")
    return named or next(filter(None, (_asked(text) for text in (row.label, *map(row.cells.get, _HINTS)))), "")


def _plain(name: str) -> str:
    """The name without accents: `prénom` becomes `prenom`."""
    return "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))


def _asked(text: str | None) -> str:
    """The words that ask who someone is, unless their sentence asks to leave it out ("Please do not write any
    names")."""
    for sentence in SENTENCE_END.split(unicodedata.normalize("NFC", text or "")):
        found = IDENTIFYING_PHRASES.search(sentence)
        if found and not NEGATING_PHRASES.search(sentence):
            return found[0]
    return ""
