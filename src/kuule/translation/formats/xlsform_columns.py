"""How an XLSForm names the columns of a language, and the two sheets that we add for what has no column."""

from __future__ import annotations

import re

from kuule.study.folder.language_columns import column_language

TEXT_COLUMNS = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
"""Columns of the survey sheet that exist in each language. The choices sheet has only the first one."""
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
"""Texts that are in no cell of a questionnaire: the title of the study, names of groups in the report."""
RECORD_SHEET = "kuule_record"
"""Key, language, hash of the text that was sent out, who wrote it, and the hashes of two sources: the one it was made
for and the one next to it."""
EMPTY_CELL = "-"
"""How XLSForms mark a cell that is deliberately empty."""


def column_heading(kind: str, tag: str) -> str:
    return f"{kind}::{column_language(tag)}"


def parse_heading(written: str) -> tuple[str, str]:
    """(`label`, `Svenska (sv)`) of a heading; ("", "") if the column has no text."""
    parts = [part.strip() for part in re.split(r"::?", written.strip())] if "::" in written else [written.strip()]
    if parts[0].lower() in {"media", "bind", "control", "body"} and len(parts) > 1:
        parts = parts[1:]
    first = parts[0].lower()
    kind = COLUMN_ALIASES.get(first, first)
    return (kind, parts[1] if len(parts) > 1 else "") if kind in TEXT_COLUMNS else ("", "")
