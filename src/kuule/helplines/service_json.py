"""Services as JSON, which is how editions keep them. Rows of older editions lack fields that were added later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from kuule.helplines.service import GenderServed, Service, ServiceAudience, ServiceKind, SourceTrust, read_audience

_COLUMNS = tuple(one.name for one in fields(Service))
_TEXTS = ("country", "name", "phone", "url", "hours", "source", "checked_by", "note")


def service_to_json(service: Service) -> dict[str, object]:
    """A service for JSON: days as text, languages and audience as lists."""
    # `asdict` would copy every text: a quarter of the freeze of a small study.
    return {column: _plain(getattr(service, column)) for column in _COLUMNS}


def _plain(value: object) -> str | list[str]:
    if isinstance(value, tuple):
        return [str(one) for one in value]
    return "" if value is None else str(value)


def service_from_json(row: Mapping[str, object]) -> Service:
    """The service that `service_to_json` wrote, in this version or an earlier one. Raises KeyError or ValueError for
    anything else."""
    audience, free_words = _audience(row["audience"])
    languages = row["languages"]
    if not isinstance(languages, list):
        raise ValueError("languages is not a list")
    return Service(
        kind=ServiceKind(str(row["kind"])),
        audience=audience,
        languages=tuple(str(tag) for tag in languages),
        source_date=_day(row["source_date"]),
        trust=SourceTrust(str(row["trust"])),
        checked_on=_day(row["checked_on"]),
        gender=GenderServed(str(row.get("gender", ""))),
        audience_note=free_words or str(row.get("audience_note", "")),
        **{column: str(row[column]) for column in _TEXTS},
    )


def _audience(given: object) -> tuple[tuple[ServiceAudience, ...], str]:
    """A list of words; in older editions, a text."""
    if isinstance(given, list):
        return tuple(ServiceAudience(str(word)) for word in given), ""
    return read_audience(str(given))


def _day(given: object) -> date | None:
    return date.fromisoformat(str(given)) if given else None
