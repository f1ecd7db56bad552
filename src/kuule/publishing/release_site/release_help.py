"""The page of help: for each country the numbers and services that people have checked, and nobody else's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kuule.helplines.directory import built_in_directory
from kuule.helplines.help_numbers import help_numbers
from kuule.helplines.service import INTERNATIONAL, Service, ServiceKind
from kuule.helplines.short_numbers import ShortNumber, short_numbers
from kuule.languages.cldr.collation import sort_key
from kuule.publishing.release_site.release_language import ReleaseLanguage, SitePageView

_KINDS = tuple(kind for kind in ServiceKind if kind is not ServiceKind.PERPETRATOR_PREVENTION)


@dataclass(frozen=True, slots=True)
class CountryHelp:
    """What may be shown today of a country; INTERNATIONAL for what is not of one."""

    code: str
    numbers: tuple[ShortNumber, ...]
    services: tuple[Service, ...]


def release_help_page(site: ReleaseLanguage) -> SitePageView:
    """The page `help`."""
    found = public_help(site.today)
    countries = [one for one in found if one.code != INTERNATIONAL]
    content = {
        "countries": sorted(countries, key=lambda one: sort_key(site.country(one.code), site.tag)),
        "everywhere": next((one for one in found if one.code == INTERNATIONAL), None),
    }
    return SitePageView("help", "help.html", site.say.say_plain("page_help"), content)


@lru_cache(maxsize=4)
def public_help(today: date) -> tuple[CountryHelp, ...]:
    """Every country of which anything may be shown to the public today."""
    directory = built_in_directory().of_kinds(_KINDS)
    codes = {one.country for one in short_numbers()} | {one.country for one in directory.services}
    known = (
        CountryHelp(code, help_numbers(code, today), directory.for_country(code, drafts=False, today=today))
        for code in sorted(codes)
    )
    return tuple(one for one in known if one.numbers or one.services)
