"""The short numbers that pages for everyone may show today, such as the emergency number of a country."""

from __future__ import annotations

from datetime import date

from kuule.helplines.directory import built_in_directory
from kuule.helplines.short_numbers import NumberMeaning, ShortNumber, shown_numbers

_HELP = tuple(one for one in NumberMeaning if one is not NumberMeaning.MISSING_CHILDREN)


def help_numbers(country: str, today: date) -> tuple[ShortNumber, ...]:
    """The short numbers of a country that may be shown to the public today."""
    services = built_in_directory().for_country(country, drafts=False, today=today)
    return shown_numbers(country, services, _HELP, drafts=False)
