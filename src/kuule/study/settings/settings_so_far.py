"""The settings of a study.toml in which something is wrong, so that a check need not wait for it to be mended.

Whatever could be read is there. Whoever asks for a setting that could not be read gets an exception instead of a
placeholder, and nothing is said that rests on one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar, cast

from kuule.study.settings.study_settings import Study

Found = TypeVar("Found")
_HELD_IN: Mapping[str, tuple[str, ...]] = {
    "audience": ("audience", "discreet", "coming_back"),
    "opening": ("opening_state",),
    "counts": ("counts", "count_help"),
    "languages": ("languages", "source_language"),
    "source_language": ("languages", "source_language"),
}
"""Where the settings of a table are held, if not under its name; with those whose defaults follow from it."""


class UnreadableSettingError(Exception):
    """A setting was asked for that could not be read."""


def settings_so_far(study: Study, faulty: Iterable[str]) -> Study:
    """The settings without those of the faulty tables and keys of the top level. Any of these raises
    UnreadableSettingError."""
    unreadable = frozenset(name for table in faulty for name in _HELD_IN.get(table, (table,)))
    return cast(Study, _SettingsSoFar(study, unreadable)) if unreadable else study


def as_far_as_read(found: Iterable[Found]) -> Iterator[Found]:
    """What is found, up to where a setting is asked for that could not be read."""
    try:
        yield from found
    except UnreadableSettingError:
        return


class _SettingsSoFar:
    """Has the attributes of a Study, also those that it works out."""

    def __init__(self, study: Study, unreadable: frozenset[str]) -> None:
        self._study = study
        self._unreadable = unreadable

    def __getattr__(self, name: str) -> object:
        if name in self._unreadable:
            raise UnreadableSettingError(name)
        known = getattr(Study, name)
        if isinstance(known, property) and known.fget is not None:
            return known.fget(self)
        return getattr(self._study, name)
