"""What all shapes of a register share: an unknown key is an error, nothing changes afterwards, dates may be partial."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints

_PARTIAL = re.compile(r"(?P<year>[12][0-9]{3})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_FULL = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"


class StrictModel(BaseModel):
    """A part of a register's file. Keys that it does not know are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _partial_date(value: str) -> str:
    found = _PARTIAL.fullmatch(value)
    if not found:
        raise ValueError("a date is written as 2026, 2026-05 or 2026-05-31")
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        date(year, month, day)
    except ValueError as error:
        raise ValueError(f"there is no day {value}") from error
    return value


def _full_date(value: Any) -> Any:
    if isinstance(value, str) and not _FULL.fullmatch(value):
        raise ValueError("a day is written as 2026-05-31")
    return value


def _country(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", value):
        raise ValueError("a country is written as its ISO 3166-1 code, for example FI")
    return value


def _web_address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/<>\"]+(?:/[^\s<>\"]*)?", value):
        raise ValueError("an address begins with https:// or http:// and has no spaces")
    return value


PartialDate = Annotated[str, AfterValidator(_partial_date)]
"""A year, a month or a day, as exactly as the source knows it: `2026`, `2026-05`, `2026-05-31`. Sorts as text."""
Day = Annotated[date, BeforeValidator(_full_date)]
Identifier = Annotated[str, StringConstraints(pattern=f"^{_ID}$", max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\n]+$")]
Country = Annotated[str, AfterValidator(_country)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


def first_day(partial: str) -> date:
    """The first day that a partial date can mean."""
    year, month, day = (int(part) if part else 1 for part in _PARTIAL.fullmatch(partial).groups())  # type: ignore[union-attr]
    return date(year, month, day)
