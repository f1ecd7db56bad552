"""[welcome] and [after] in study.toml: what the first page says of the study, and what the last one says comes next.

All of it may be left out; the pages then say nothing of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kuule.study.settings.table_reader import TableReader

_WEB_ADDRESS = r"(?:https://[^\s/@:?#]+\.[^\s/@:?#]+|http://[a-z2-7]{56}\.onion)(?:/[^\s?#]*)?"
MAX_ADDRESS = 100
MAX_NAME = 40
"""Characters: a heading that a phone shows in two lines."""
MAX_FOR_WHOM = 160


@dataclass(frozen=True, slots=True)
class WelcomeSettings:
    """`name`: the heading of the first page, which names no subject; "" for the title of the tab. `for_whom`: one
    sentence on whom the study asks, and about what; "" for the title."""

    name: str = ""
    for_whom: str = ""


@dataclass(frozen=True, slots=True)
class AfterSettings:
    """`results_by`: the day by which results are published, or None. `results_at`: the address where they will be, or
    ""."""

    results_by: date | None = None
    results_at: str = ""


def read_welcome(table: TableReader) -> WelcomeSettings:
    """The settings in the table [welcome]. Problems are added to `table`."""
    settings = WelcomeSettings(_short_text(table, "name", MAX_NAME), _short_text(table, "for_whom", MAX_FOR_WHOM))
    table.reject_unknown_keys()
    return settings


def read_after(table: TableReader, withdraw_until: date | None) -> AfterSettings:
    """The settings in the table [after]. Problems are added to `table`. Nothing is published before the last day on
    which answers can be withdrawn is over."""
    day, address = table.day("results_by"), _address(table)
    if day is not None and withdraw_until is not None and day <= withdraw_until:
        cause = (
            f"{day.isoformat()} is not after coming_back.withdraw_until ({withdraw_until.isoformat()}), before which"
        )
        table.add_problem("STUDY_105", "results_by", f"{cause} nothing is published", "name a later day")
    table.reject_unknown_keys()
    return AfterSettings(day, address)


def _short_text(table: TableReader, key: str, longest: int) -> str:
    text = table.optional_text(key)
    if len(text) > longest:
        cause = f"it has {len(text)} characters, and the first page has room for {longest}"
        table.add_problem("STUDY_105", key, cause, "shorten it")
    return text


def _address(table: TableReader) -> str:
    key = "results_at"
    address = table.optional_text(key)
    if address and (wrong := results_address_fault(address)) is not None:
        table.add_problem("STUDY_105", key, *wrong)
    return address


def results_address_fault(address: str) -> tuple[str, str] | None:
    """Why people cannot be given this address of results, and the remedy; None if they can."""
    if "?" in address or "#" in address:
        cause = f"{address!r} has a part after ? or #, which could tell who came and stays in a browser's history"
        return cause, "leave that part out"
    if not re.fullmatch(_WEB_ADDRESS, address) or not address.isprintable():
        return f"{address!r} does not fit", "write an address that begins with https://, without a name or a port in it"
    if len(address) > MAX_ADDRESS:
        cause = f"it has {len(address)} characters, and is to be written down by hand"
        return cause, f"take one of {MAX_ADDRESS} at most"
    return None


def table_from_welcome(settings: WelcomeSettings) -> dict[str, object]:
    """The reverse, with the name of the table; empty where nothing is set, so that such a study freezes to the same
    files as it did before there was the table."""
    if settings == WelcomeSettings():
        return {}
    return {"welcome": {"name": settings.name, "for_whom": settings.for_whom}}


def table_from_after(settings: AfterSettings) -> dict[str, object]:
    """The same of [after]."""
    if settings == AfterSettings():
        return {}
    day = settings.results_by.isoformat() if settings.results_by else ""
    return {"after": {"results_by": day, "results_at": settings.results_at}}
