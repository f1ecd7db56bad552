"""[adaptations] in study.toml: texts that deliberately say something else in a language and keep the same code.

A school level, an age in law, an example, a service that exists in one country only. They are declared in study.toml
and not in a translator's file, so that nobody can exempt their own text from the checks. See decision 0019.
"""

from __future__ import annotations

from collections.abc import Mapping

from kuule.study.settings.table_reader import TableReader

Adaptations = Mapping[str, Mapping[str, str]]
"""Key of a text → language → the reason, for people who read the data."""


def read_adaptations(table: TableReader) -> Adaptations:
    """The table `[adaptations."key"]`, `sv = "reason"`. Problems are added to `table`."""
    read = {}
    for key in table.own_names():
        inner = table.subtable(key)
        read[key] = {tag: inner.text(tag) for tag in inner.own_names()}
    return read


def adaptations_in_language(adaptations: Adaptations, language: str) -> dict[str, str]:
    """Key → reason, for the texts that are adapted in one language."""
    return {key: reasons[language] for key, reasons in adaptations.items() if language in reasons}


def table_from_adaptations(adaptations: Adaptations) -> dict[str, object]:
    """The reverse, in the shape of study.toml, for JSON."""
    return {key: dict(reasons) for key, reasons in adaptations.items()}
