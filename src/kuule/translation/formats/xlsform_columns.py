"""How an XLSForm names the columns of a language, and the two sheets in which ours keeps what has no column there."""

from __future__ import annotations

import re

from kuule.languages.cldr.tags import find_language

TEXT_COLUMNS = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
"""Columns of the survey sheet that are written in each language; of the choices sheet the first alone."""
COLUMN_ALIASES = {
    "caption": "label",
    "guidance hint": "guidance_hint",
    "constraint message": "constraint_message",
    "constraining_message": "constraint_message",
    "constraining message": "constraint_message",
    "constraintmsg": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "required message": "required_message",
    "requiredmsg": "required_message",
    "jr:requiredmsg": "required_message",
}
TEXTS_SHEET = "kuule_texts"
"""Texts that stand in no cell of a questionnaire: the study's title, names of groups in the report."""
RECORD_SHEET = "kuule_record"
"""key, language, hash of the text that went out, who made it, hashes of the source made for and of that beside it."""
EMPTY_CELL = "-"
"""How the field writes that a cell is empty on purpose."""
_TAG = re.compile(r"\(([A-Za-z0-9-]+)\)\s*$")


def column_language(tag: str) -> str:
    """`Svenska (sv)`, as ODK and KoboToolbox show it to people."""
    return f"{find_language(tag).autonym} ({tag})"


def column_heading(kind: str, tag: str) -> str:
    return f"{kind}::{column_language(tag)}"


def parse_heading(written: str) -> tuple[str, str]:
    """(`label`, `Svenska (sv)`) of a heading; ("", "") for one that holds no text."""
    parts = [part.strip() for part in re.split(r"::?", written.strip())] if "::" in written else [written.strip()]
    if parts[0].lower() in {"media", "bind", "control", "body"} and len(parts) > 1:
        parts = parts[1:]
    first = parts[0].lower()
    kind = COLUMN_ALIASES.get(first, first)
    return (kind, parts[1] if len(parts) > 1 else "") if kind in TEXT_COLUMNS else ("", "")


def tag_of_column(written: str, tags: tuple[str, ...]) -> str:
    """The tag, among `tags`, of a language as a column names it: by its tag, or by its own or English name; else ""."""
    match = _TAG.search(written)
    if match:
        return next((tag for tag in tags if tag.lower() == match[1].lower()), "")
    named = {
        name.casefold(): tag for tag in tags for name in (tag, find_language(tag).english, find_language(tag).autonym)
    }
    return named.get(written.strip().casefold(), "")
