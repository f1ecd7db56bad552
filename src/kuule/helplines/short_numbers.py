"""Short numbers that several countries have, such as 116 006: what each means in a country, and whether it works there.

The same number can mean something else across a border (116 123 is a line on violence in Ukraine, and one for anyone in
distress in Hungary). So nothing is said about a number without a country, except for 112 and 116 111.
`short_numbers.csv` has what was found, including that a number does not work or that nobody knows (decision 0064).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib import resources

from kuule.helplines.service import Service, ServiceAudience, read_audience


class NumberMeaning(StrEnum):
    """What a short number is for in a country; each has one text (`interface:number_<meaning>`)."""

    EMERGENCY = "emergency"
    VICTIM = "victim"
    VIOLENCE = "violence"
    CRISIS = "crisis"
    CHILD = "child"
    MISSING_CHILDREN = "missing_children"
    """Known, but not shown: it is not for people who answer a survey."""


class NumberState(StrEnum):
    """What is known about a number in a country."""

    SEEN = "seen"
    """A source says that it works."""
    INFERRED = "inferred"
    """It is only known not to be on a list of countries that lack the number."""
    NOT = "not"
    """A source says that it does not work."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ShortNumber:
    """A number in a country. `audience` is empty if it is not known whom the number is for."""

    country: str
    number: str
    meaning: NumberMeaning
    state: NumberState
    audience: tuple[ServiceAudience, ...] = ()
    source: str = ""
    source_date: date | None = None
    note: str = ""

    @property
    def link(self) -> str:
        return f"tel:{self.number}"

    @property
    def grouped(self) -> str:
        return group_digits(self.number)


def group_digits(number: str) -> str:
    """A short number as people write it: 116 006."""
    return number if len(number) < 6 else f"{number[:3]} {number[3:]}"


EMERGENCY_IN_THE_EU = "112"
CHILD_IN_EUROPE = "116111"


@lru_cache(maxsize=1)
def short_numbers() -> tuple[ShortNumber, ...]:
    """All rows of the file, by country."""
    text = resources.files("kuule.helplines").joinpath("short_numbers.csv").read_text("utf-8")
    return tuple(
        ShortNumber(
            country=row["country"],
            number=row["number"],
            meaning=NumberMeaning(row["meaning"]),
            state=NumberState(row["state"]),
            audience=read_audience(row["audience"])[0],
            source=row["source"],
            source_date=date.fromisoformat(row["source_date"]) if row["source_date"] else None,
            note=row["note"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def shown_numbers(
    country: str,
    services: Iterable[Service],
    meanings: Iterable[NumberMeaning],
    *,
    drafts: bool,
    left_out: Iterable[Service] = (),
) -> tuple[ShortNumber, ...]:
    """The numbers that may be shown for a country, in the order of `meanings`. `services` are the services of that
    country that may be shown today.

    112 may be shown wherever the law of the European Union says that it works. Any other number is treated like a
    service: the public sees it if a person has checked a service that answers it, and drafts show it if a source says
    that it works, unless it is that of a service that was `left_out`, and of no other.
    """
    services = tuple(services)
    hidden = _links(left_out) - _links(services)
    checked = {way.link: service for service in services if service.checked for way in service.ways if way.link}
    order = list(meanings)
    found = []
    for one in short_numbers():
        if one.country != country or one.meaning not in order:
            continue
        if one.link in checked:
            found.append(_of_service(one, checked[one.link]))
        elif one.state is NumberState.SEEN and (
            one.meaning is NumberMeaning.EMERGENCY or (drafts and one.link not in hidden)
        ):
            found.append(one)
    return tuple(sorted(found, key=lambda one: order.index(one.meaning)))


def countries_with_emergency_number() -> frozenset[str]:
    """The countries in which 112 certainly works."""
    return frozenset(
        one.country
        for one in short_numbers()
        if one.meaning is NumberMeaning.EMERGENCY and one.state is NumberState.SEEN
    )


def _links(services: Iterable[Service]) -> frozenset[str]:
    return frozenset(way.link for service in services for way in service.ways if way.link)


def _of_service(one: ShortNumber, service: Service) -> ShortNumber:
    """The number as the service that answers it describes itself."""
    return ShortNumber(one.country, one.number, one.meaning, NumberState.SEEN, service.audience or one.audience)
