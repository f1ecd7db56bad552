"""The ways to reach a service, read from its `phone` as it is written: what a phone can dial.

A number is linked in the form in which it is known to be dialled. Short and free numbers have no form that works from
abroad, and an invented one would ring somewhere else, so only a number that is written with its country code gets a
link with that code. Numbers with a # are not linked, because such codes tell a phone to do something.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from kuule.languages.cldr.numbers import ascii_digits

_NUMBER = re.compile(r"(?<![\w(])[+*]?\d(?:[ .\-\u2011]?\d)*(?![\w)#*])")
_LABELS = re.compile(r"^(?P<label>sms|text|whatsapp)\b:? *", re.IGNORECASE)
_EXTENSION = re.compile(r"\bext(?:ension)?\.? *\d+", re.IGNORECASE)
_NOT_DIALLED = re.compile(r"[ .\-\u2011]")


class ContactChannel(StrEnum):
    """How a person speaks with a service."""

    CALL = "call"
    TEXT = "text"
    WHATSAPP = "whatsapp"


_WAYS = {
    "": ContactChannel.CALL,
    "sms": ContactChannel.TEXT,
    "text": ContactChannel.TEXT,
    "whatsapp": ContactChannel.WHATSAPP,
}
_SCHEMES = {ContactChannel.CALL: "tel:", ContactChannel.TEXT: "sms:"}


@dataclass(frozen=True, slots=True)
class ContactOption:
    """One way to reach a service: `before` and `after` are the words around `number`, as written. `link` is "" if there
    is nothing to dial."""

    way: ContactChannel
    number: str
    link: str = ""
    before: str = ""
    after: str = ""


def contact_options(phone: str) -> tuple[ContactOption, ...]:
    """Every way that `phone` names. Its parts are separated by semicolons; a part can begin with "SMS" or
    "WhatsApp"."""
    return tuple(_reach(part.strip()) for part in phone.split(";") if part.strip())


def _reach(part: str) -> ContactOption:
    labelled = _LABELS.match(part)
    way = _WAYS[labelled["label"].casefold() if labelled else ""]
    words = part[labelled.end() :] if labelled else part
    plain = ascii_digits(words)
    if len(plain) != len(words):
        return ContactOption(way, words)
    found = list(_NUMBER.finditer(_EXTENSION.sub(lambda cut: " " * len(cut[0]), plain)))
    if len(found) != 1 or _more_digits(plain, found[0].span()):
        return ContactOption(way, words)  # two numbers in one part, or "(0)": which of them works must not be guessed
    start, end = found[0].span()
    scheme = _SCHEMES.get(way, "")
    dialled = _NOT_DIALLED.sub("", found[0][0])
    return ContactOption(
        way, words[start:end], scheme and scheme + dialled, words[:start].rstrip(), words[end:].lstrip()
    )


def _more_digits(text: str, number: tuple[int, int]) -> bool:
    left = _EXTENSION.sub("", text[: number[0]] + " " + text[number[1] :])
    return any(character.isdigit() for character in left)
