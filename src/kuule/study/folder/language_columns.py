"""Which language a column of an XLSForm is in: `label::Svenska (sv)`, as ODK and KoboToolbox write it, or a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from kuule.core.suggestions import near_names
from kuule.languages.cldr.tags import find_language, is_language_tag
from kuule.languages.gettext.shipped_words import shipped_languages

_TAG = re.compile(r"\(([A-Za-z0-9-]+)\)\s*$")


def column_language(tag: str) -> str:
    """`Svenska (sv)`, as ODK and KoboToolbox show it."""
    return f"{find_language(tag).autonym} ({tag})"


def tag_of_column(written: str, tags: Iterable[str]) -> str:
    """The tag, among `tags`, of the language that a column names by its tag, its own name or its English name;
    otherwise ""."""
    match = _TAG.search(written)
    if match:
        return next((tag for tag in tags if tag.lower() == match[1].lower()), "")
    if not written.strip():
        return ""  # without CLDR's data of every language
    return _named(tags).get(written.strip().casefold(), "")


def language_column_remedy(written: str, offered: Collection[str]) -> str:
    """What to do about a column of a language that a study does not offer."""
    match = _TAG.search(written)
    known = tag_of_column(written, shipped_languages())
    meant = known or (match[1] if match and is_language_tag(match[1]) else "")
    names = _named(offered)
    name = _TAG.sub("", written).strip().casefold()
    near = [name] if name in names else near_names(name, names)
    if near and (name in names or not meant):
        return f"did you mean {column_language(names[near[0]])!r}?"
    if meant:
        return f'add it to [languages] in study.toml, {meant} = {{ leave_to = "https://…" }}, or take the column out'
    return 'write the tag behind its name, like "label::Svenska (sv)", and have it in [languages] of study.toml'


def _named(tags: Iterable[str]) -> dict[str, str]:
    return {
        name.casefold(): tag for tag in tags for name in (tag, find_language(tag).english, find_language(tag).autonym)
    }
