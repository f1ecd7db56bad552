"""The table [help] of study.toml: the countries in which people are asked, how much help is demanded there, and
waivers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kuule.helplines.coverage import HelpWaiver
from kuule.helplines.service import (
    MAX_MONTHS_CHECK_COUNTS,
    MONTHS_CHECK_COUNTS,
    GenderServed,
    ServiceKind,
)
from kuule.languages.cldr.territories import territory_names
from kuule.study.settings.table_reader import TableReader


class HelpLevel(StrEnum):
    """How much help has to be available before anyone is asked."""

    FULL = "full"
    """Every kind that the audience may need, in every country, for women and for men."""
    NONE = "none"
    """Nothing: the study says that no question of it can put anyone in danger or touch what hurts."""
    ANY_COUNTRY = "any_country"
    """What editions had to have that were frozen before there were levels; no study.toml can say it."""


SAID_LEVELS = (HelpLevel.FULL, HelpLevel.NONE)
_WAIVED_FOR = (GenderServed.WOMEN, GenderServed.MEN, GenderServed.ANY)
_FOLDER = r"(?:\.\./)*[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*"
"""A folder from the study's own, with / on every system; empty for none."""


@dataclass(frozen=True, slots=True)
class HelpSettings:
    """`countries`: ISO 3166-1 codes of the countries in which the study is spread. `checked_within_months`: how long a
    check of a service is valid. `register`: the folder of a register of law, from the study's own, out of which the
    page "Until when can I report?" is made; empty for a study without that page."""

    countries: tuple[str, ...] = ()
    checked_within_months: int = MONTHS_CHECK_COUNTS
    level: HelpLevel = HelpLevel.FULL
    waivers: tuple[HelpWaiver, ...] = ()
    register: str = ""


def read_help(table: TableReader, *, frozen: bool) -> HelpSettings:
    """The settings in the table. `frozen`: it is of an edition; one that was frozen before there were levels has none.

    Adds problems STUDY_102 to STUDY_105 to the table's.
    """
    settings = HelpSettings(
        countries=table.texts(
            "countries", words=territory_names("en"), remedy='write ISO 3166-1 codes in capitals, like "SE"'
        ),
        checked_within_months=table.integer(
            "checked_within_months", MONTHS_CHECK_COUNTS, lowest=1, highest=MAX_MONTHS_CHECK_COUNTS
        ),
        level=_level(table, frozen=frozen),
        waivers=_waivers(table.subtable("waivers"), table.table.get("countries")),
        register=table.text(
            "register", "", pattern=rf"(?:{_FOLDER})?", remedy='write its folder, like "../../registers/csa-law-europe"'
        ),
    )
    table.reject_unknown_keys()
    return settings


def _level(table: TableReader, *, frozen: bool) -> HelpLevel:
    words = tuple(HelpLevel) if frozen else SAID_LEVELS
    default = HelpLevel.ANY_COUNTRY if frozen else HelpLevel.FULL
    return HelpLevel(table.word("level", words, default))


def _waivers(table: TableReader, countries: object) -> tuple[HelpWaiver, ...]:
    waivers = []
    for country, kinds in table.subtables("country"):
        if not isinstance(countries, list) or country not in countries:
            table.reject_value(country, country, "waive only for a country that [help] countries names")
        for kind, reader in kinds.subtables("kind of service", words=tuple(ServiceKind)):
            waiver = _waiver(country, ServiceKind(kind), reader)
            waivers += [waiver] if waiver else []
    return tuple(waivers)


def _waiver(country: str, kind: ServiceKind, reader: TableReader) -> HelpWaiver | None:
    gender = GenderServed(reader.word("gender", _WAIVED_FOR, GenderServed.ANY))
    reason, by, on = reader.text("reason"), reader.text("by"), reader.day("on", required=True)
    reader.reject_unknown_keys()
    return None if on is None else HelpWaiver(country, kind, gender, reason, by, on)


def table_from_help(settings: HelpSettings) -> dict[str, object]:
    """The table again, every default written out but that of `register`, which older editions do not have."""
    waivers: dict[str, dict[str, object]] = {}
    for one in settings.waivers:
        said = {"gender": str(one.gender), "reason": one.reason, "by": one.by, "on": one.on.isoformat()}
        waivers.setdefault(one.country, {})[str(one.kind)] = said
    table: dict[str, object] = {
        "countries": list(settings.countries),
        "checked_within_months": settings.checked_within_months,
        "level": str(settings.level),
        "waivers": waivers,
    }
    return {**table, "register": settings.register} if settings.register else table
