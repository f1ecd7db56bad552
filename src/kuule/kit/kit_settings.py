"""kit.toml in a study folder: where the survey is, and the words of the kit that the study has of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.kit.kit_problems import KitError
from kuule.study.settings.table_reader import TableReader
from kuule.study.settings.toml_reading import UnreadableToml, read_toml_file

KIT_FILE = "kit.toml"
_HTTPS = r"https://[^\s/@:]+\.[^\s/@:]+(:\d{1,5})?/?"
_ONION = r"(http://[a-z2-7]{56}\.onion/?)?"


@dataclass(frozen=True, slots=True)
class KitSettings:
    """`address` and `onion` are those of the survey, without a / at the end; `onion` is "" where there is none. `words`
    are the study's own in its source language, by the name of the word of Kuule that each takes the place of."""

    address: str
    onion: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


def read_kit_settings(study: Path, known_words: Mapping[str, str]) -> KitSettings:
    """The settings of the kit. `known_words` are Kuule's own in English, by name.

    Raises KitError KIT_001 (no file, or not TOML), KIT_002 (a word that no kit has, or whose placeholders differ), and
    STUDY_102 to STUDY_105 as for study.toml.
    """
    reader = TableReader(KIT_FILE, "", _table(study / KIT_FILE))
    remedy = 'write where the survey is, like "https://survey.example.org", without a path'
    address = reader.text("address", pattern=_HTTPS, remedy=remedy)
    onion = reader.text("onion", "", pattern=_ONION, remedy="write http://, the 56 letters and digits, and .onion")
    words = _own_words(reader.subtable("words"), known_words)
    reader.reject_unknown_keys()
    if reader.problems:
        raise KitError(*reader.problems)
    return KitSettings(address.rstrip("/"), onion.rstrip("/"), words)


def _table(path: Path) -> Mapping[str, object]:
    remedy = 'make it, with one line: address = "https://…", where the survey is'
    try:
        return read_toml_file(path, if_missing=remedy)
    except UnreadableToml as error:
        problem = Problem("KIT_001", KIT_FILE, error.cause, error.remedy, excerpt=error.excerpt)
        raise KitError(problem) from None


def _own_words(table: TableReader, known_words: Mapping[str, str]) -> Mapping[str, str]:
    words = {}
    for name in table.table:
        text = table.text(name)
        if name not in known_words:
            remedy = did_you_mean(name, known_words, f"use one of: {', '.join(known_words)}", written="{}")
            table.add_problem("KIT_002", name, "no kit has a text of this name", remedy)
        elif strange := placeholders(text) - placeholders(known_words[name]):
            found = ", ".join(sorted(strange))
            table.add_problem("KIT_002", name, f"{found} is filled in nowhere", "take it out, braces and all")
        else:
            words[name] = text
    return words


def placeholders(text: str) -> frozenset[str]:
    """The names in braces of a text, with their braces; and a brace that belongs to no name, as itself."""
    return frozenset(re.findall(r"\{\w+\}|[{}]", text))
