"""[adaptations] of study.toml: texts that say something else in a language on purpose, and still carry the same code.

A level of school, an age in law, an example, a service that only one country has. It stands in study.toml and not in
the translator's file, so that nobody can release their own text from the checks. Docs: decision 0019.
"""

from __future__ import annotations

from collections.abc import Mapping

from kuule.study.settings.table_reader import TableReader

Adaptations = Mapping[str, Mapping[str, str]]
"""Key of a text to language to the reason, for people who read the data."""


def read_adaptations(table: TableReader) -> Adaptations:
    """The table `[adaptations."key"]`, `sv = "reason"`; problems are said to `table`."""
    read = {}
    for key in table.table:
        inner = table.subtable(key)
        read[key] = {tag: inner.text(tag) for tag in inner.table}
    return read


def adaptations_in_language(adaptations: Adaptations, language: str) -> dict[str, str]:
    """Key to reason, of the texts that are adapted in one language."""
    return {key: reasons[language] for key, reasons in adaptations.items() if language in reasons}


def table_from_adaptations(adaptations: Adaptations) -> dict[str, object]:
    """The reverse of reading: the shape of study.toml, for JSON."""
    return {key: dict(reasons) for key, reasons in adaptations.items()}
