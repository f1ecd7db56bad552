"""What nobody has read, and what nobody is held against. None of it is wrong; a reader of the register is told."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.register.check_rules.checked_register import CheckedRegister

UNREAD_COUNTRY = "REGISTER_024"
UNUSED_STANDARD = "REGISTER_025"


def check_countries(checked: CheckedRegister) -> Iterator[Problem]:
    """A warning for each country of the register of which there is no file."""
    settings = checked.register.settings
    read = {country for country, _ in checked.register.values}
    for key, countries in (("countries", settings.countries), ("also_seen", settings.also_seen)):
        for number, country in enumerate(countries):
            if country not in read:
                cause = f"nothing was read of {country}"
                remedy = f"put what is read into countries/{country}/, or leave it: it is shown as open"
                yield checked.warning_problem(UNREAD_COUNTRY, settings, (key, number), cause, remedy)


def check_standards(checked: CheckedRegister) -> Iterator[Problem]:
    """A warning for each standard that no provision is held against."""
    used = {held.standard for one in checked.register.provisions.values() for held in one.standards}
    for standard in checked.register.standards.values():
        if standard.id not in used:
            cause = f"no provision is held against {standard.id}"
            remedy = "name it in the standards of a provision, or leave it for readers"
            yield checked.warning_problem(UNUSED_STANDARD, standard, ("id",), cause, remedy)
