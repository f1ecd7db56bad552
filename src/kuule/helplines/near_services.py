"""What may have been meant by the country and the name of a service that there is not."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kuule.core.suggestions import near_names, suggest_names
from kuule.helplines.service import service_key

_MOST_NAMES = 3
_NEAR = 0.5
"""How alike a name must be, from 0 to 1: services are called by a part of their name, or in another language."""


def suggest_services(country: str, name: str, known: Collection[tuple[str, str]], otherwise: str) -> str:
    """Near names in the country; else the countries in which there is one of this name; else `otherwise`. `known`:
    countries and names."""
    if near := _near(name, [called for where, called in known if where == country]):
        return suggest_names(near)
    wanted = service_key("", name)[1]
    if elsewhere := [where for where, called in known if service_key("", called)[1] == wanted]:
        return f"there is one of this name in {' and '.join(dict.fromkeys(elsewhere))}"
    return otherwise


def _near(name: str, known: Iterable[str]) -> list[str]:
    """The names that have this one in them; else those that look like it."""
    by_key = {service_key("", one)[1]: one for one in known}
    wanted = service_key("", name)[1].strip()
    within = [one for key, one in by_key.items() if wanted and wanted in key]
    alike = [by_key[key] for key in near_names(wanted, by_key, count=_MOST_NAMES, cutoff=_NEAR)]
    return (within or alike)[:_MOST_NAMES]
