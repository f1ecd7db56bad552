"""A sheet as a tagged PDF (PDF/UA-1), set by Typst inside this process: no browser, no temporary file, no network."""

from __future__ import annotations

import json
from pathlib import Path

from kuule.opening.key_sheet import KeySheet


class TypesetterUnavailable(Exception):
    """The typesetter is not installed (the extra `keys`), or no font here has a letter of the sheet."""


def render_key_sheet_pdf(sheet: KeySheet) -> bytes:
    """The PDF, without a date and without the name of the machine. Raises TypesetterUnavailable."""
    try:
        import typst  # optional: needed only to make keys
    except ImportError:
        raise TypesetterUnavailable from None
    source = Path(__file__).with_name("sheet.typ").read_bytes()
    try:
        pdf = typst.compile(
            source, format="pdf", sys_inputs={"sheet": json.dumps(_content(sheet))}, pdf_standards="ua-1", timestamp=0
        )
    except (RuntimeError, ValueError):  # Typst's message may quote the sheet
        raise TypesetterUnavailable from None
    if not isinstance(pdf, bytes):
        raise TypesetterUnavailable
    return pdf


def _content(sheet: KeySheet) -> dict[str, object]:
    return {
        "title": sheet.title,
        "organisation": sheet.about.organisation,
        "practice": sheet.practice,
        "intro": sheet.intro,
        "facts": sheet.facts,
        "fingerprint": sheet.key.fingerprint,
        "fingerprint_words": sheet.fingerprint_lines,
        "words_title": sheet.words_title,
        "words": sheet.words,
        "steps": sheet.steps,
    }
