"""No question asks who someone is: names, numbers and addresses, of the person or of anyone else.

DESIGN.md, decision 8. By the words of a question's name and of its label, which catches the honest mistake; a question
that asks for the same in other words is found by the people who review the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kuule.errors import Problem
from kuule.study.questionnaire import Questionnaire, Row

CODE = "STUDY_304"

_TYPED = frozenset({"text", "integer", "decimal", "date", "date time"})
_NAME_WORDS = frozenset(
    [
        "name",
        "names",
        "surname",
        "firstname",
        "lastname",
        "fullname",
        "nickname",
        "username",
        "email",
        "mail",
        "phone",
        "telephone",
        "mobile",
        "cellphone",
        "whatsapp",
        "telegram",
        "signal",
        "skype",
        "address",
        "street",
        "postcode",
        "postal",
        "zip",
        "zipcode",
        "passport",
        "ssn",
        "birthday",
        "birthdate",
        "dob",
        "signature",
    ]
)
_LABEL = re.compile(
    r"\b(?:"
    r"(?:your|full|first|last|family|middle|real|given|maiden|user|his|her|their|whose)[ -]?names?\b"
    r"|surnames?\b|nicknames?\b"
    r"|names? of (?:the|a|any|your) (?:person|people|abuser|offender|perpetrator|victim|child|teacher|coach)"
    r"|e-?mails?\b|(?:tele|cell|mobile |smart)?phones? numbers?|telephone\b|whatsapp\b|telegram\b"
    r"|(?:your|home|street|postal|mailing|ip) address(?:es)?\b|where exactly do you live|post(?:al )?code|zip code"
    r"|passport\b|social security|national id|identity (?:card|number)|id number|personal (?:number|identity)"
    r"|(?:date|day) of birth|birth ?(?:date|day)\b|contact details|(?:contact|reach) you"
    r")",
    re.IGNORECASE,
)


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Questions in which something is typed."""
    for row in questionnaire.rows:
        found = _words(row) if row.kind in _TYPED else ""
        if found:
            cause = f"{row.name!r} asks who someone is ({found!r})"
            yield Problem(CODE, row.place, cause, "take it out, or ask by choices that fit many people")


def _words(row: Row) -> str:
    parts = re.split(r"[^a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", row.name).lower())
    named = next((part for part in parts if part in _NAME_WORDS), "")
    if named:
        return named
    match = _LABEL.search(row.label)
    return match[0] if match else ""
