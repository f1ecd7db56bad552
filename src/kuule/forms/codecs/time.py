"""Times of day (14:30:00), kept with the zone and fraction they came with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kuule.forms.codecs.integer import plain_digits
from kuule.forms.page import Misfit, Unfit

ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?"
TIME = rf"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{{1,3}})?{ZONE}"
_STORED = re.compile(TIME, re.ASCII)
_TYPED = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?:[:.]([0-5][0-9]))?", re.ASCII)


def stored(text: str) -> str:
    text = text.strip()
    return text if _STORED.fullmatch(text) else ""


def decode(posted: Sequence[str]) -> str | Unfit:
    text = plain_digits(posted[0] if posted else "")
    if not text:
        return ""
    match = _TYPED.fullmatch(text)
    if match is None:
        return Unfit(Misfit.TIME)
    return f"{match.group(1):0>2}:{match.group(2)}:{match.group(3) or '00'}"


def encode(value: str) -> str:
    return value[:5] if value[5:8] == ":00" else value[:8]
