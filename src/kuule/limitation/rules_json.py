"""Rules as JSON: `report-deadlines.json` of an edition, which a collector reads without the register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from kuule.limitation.limit_rule import (
    CountryRules,
    LimitRule,
    OffencePart,
    PeriodForm,
    PeriodStart,
    RuleBook,
    RuleSource,
    RuleStatus,
)

RULES_FORMAT = 1
_AGES = range(121)
_YEARS = range(101)


def rule_book_to_json(book: RuleBook) -> dict[str, object]:
    """What `rule_book_from_json` reads. What is absent is left out."""
    return {
        "format": RULES_FORMAT,
        "register": _present(
            {
                "id": book.register,
                "title": book.title,
                "publisher": book.publisher,
                "licence": book.licence,
                "as_of": book.as_of.isoformat(),
                "address": book.address,
            }
        ),
        "majority": book.majority,
        "countries": {
            code: _present({"rules": [_rule_to_json(rule) for rule in one.rules], "dispute": one.dispute})
            for code, one in sorted(book.countries.items())
        },
    }


def _rule_to_json(rule: LimitRule) -> dict[str, object]:
    return _present(
        {
            "id": rule.id,
            "says": rule.says,
            "form": str(rule.form),
            "part": str(rule.part),
            "status": str(rule.status),
            "start": "" if rule.start is PeriodStart.UNKNOWN else str(rule.start),
            "start_ages": [*rule.start_ages],
            "years": [*rule.years],
            "span": rule.span or None,
            "until_ages": [*rule.until_ages],
            "earliest_age": rule.earliest_age,
            "shorter_in_circle_of_trust": rule.shorter_in_circle_of_trust,
            "retroactive": rule.retroactive,
            "in_force_from": rule.in_force_from,
            "in_force_note": rule.in_force_note,
            "confirmed": rule.confirmed or None,
            "next_review": rule.next_review.isoformat() if rule.next_review else "",
            "joined": rule.joined or None,
            "source": _source_to_json(rule.source),
        }
    )


def _source_to_json(source: RuleSource) -> dict[str, object]:
    return _present(
        {
            "kind": source.kind,
            "title": source.title,
            "article": source.article,
            "address": source.address,
            "dated": source.dated,
            "read_on": source.read_on.isoformat() if source.read_on else "",
            "confidence": source.confidence,
        }
    )


def _present(table: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in table.items() if value is not None and value not in ("", [])}


def rule_book_from_json(table: object) -> RuleBook:
    """The rules that `rule_book_to_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    top = _table(table)
    if top["format"] != RULES_FORMAT:
        raise ValueError(f"its format is {top['format']!r}")
    about = _table(top["register"])
    countries = {code: _country(code, _table(one)) for code, one in _table(top["countries"]).items()}
    return RuleBook(
        register=_text(about, "id"),
        title=_text(about, "title"),
        publisher=_text(about, "publisher"),
        licence=_text(about, "licence"),
        as_of=date.fromisoformat(_text(about, "as_of")),
        majority=_number(top["majority"], _AGES),
        address=_address(about),
        countries=countries,
    )


def _country(code: str, table: Mapping[str, Any]) -> CountryRules:
    if len(code) != 2 or not (code.isascii() and code.isalpha() and code.isupper()):
        raise ValueError("a country is written as its ISO 3166-1 code")
    rules = table.get("rules", [])
    if not isinstance(rules, list):
        raise TypeError("rules are no list")
    return CountryRules(code, tuple(_rule(_table(one)) for one in rules), _text(table, "dispute", ""))


def _rule(table: Mapping[str, Any]) -> LimitRule:
    source, earliest = _table(table["source"]), table.get("earliest_age")
    return LimitRule(
        id=_text(table, "id"),
        says=_text(table, "says"),
        form=PeriodForm(_text(table, "form")),
        part=OffencePart(_text(table, "part")),
        status=RuleStatus(_text(table, "status")),
        source=RuleSource(
            kind=_text(source, "kind"),
            address=_address(source),
            title=_text(source, "title", ""),
            article=_text(source, "article", ""),
            dated=_text(source, "dated", ""),
            read_on=_day(source, "read_on"),
            confidence=_text(source, "confidence", ""),
        ),
        start=PeriodStart(_text(table, "start", PeriodStart.UNKNOWN)),
        start_ages=_numbers(table, "start_ages", _AGES),
        years=_numbers(table, "years", _YEARS),
        span=_yes(table, "span") is True,
        until_ages=_numbers(table, "until_ages", _AGES),
        earliest_age=None if earliest is None else _number(earliest, _AGES),
        shorter_in_circle_of_trust=_yes(table, "shorter_in_circle_of_trust"),
        retroactive=_yes(table, "retroactive"),
        in_force_from=_partial(table),
        in_force_note=_text(table, "in_force_note", ""),
        confirmed=_yes(table, "confirmed") is True,
        next_review=_day(table, "next_review"),
        joined=_yes(table, "joined") is True,
    )


def _table(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("not a table")
    return cast("Mapping[str, Any]", value)


def _text(table: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = table[key] if default is None else table.get(key, default)
    if not isinstance(value, str):
        raise TypeError(f"{key} is no text")
    return value


def _address(table: Mapping[str, Any]) -> str:
    """An address becomes a link, so that nothing else may come in as one."""
    value = _text(table, "address", "")
    if value and not value.startswith(("https://", "http://")):
        raise ValueError("an address begins with https:// or http://")
    return value


def _yes(table: Mapping[str, Any], key: str) -> bool | None:
    value = table.get(key)
    if value is not None and not isinstance(value, bool):
        raise TypeError(f"{key} is neither true nor false")
    return value


def _day(table: Mapping[str, Any], key: str) -> date | None:
    value = _text(table, key, "")
    return date.fromisoformat(value) if value else None


def _partial(table: Mapping[str, Any]) -> str:
    value = _text(table, "in_force_from", "")
    if value and not (value[:4].isascii() and value[:4].isdigit()):
        raise ValueError("in_force_from begins with a year")
    return value


def _number(value: object, known: range) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value not in known:
        raise ValueError(f"{value!r} is no number of years that a rule can have")
    return value


def _numbers(table: Mapping[str, Any], key: str, known: range) -> tuple[int, ...]:
    values = table.get(key, [])
    if not isinstance(values, list):
        raise TypeError(f"{key} is no list")
    return tuple(_number(one, known) for one in values)
