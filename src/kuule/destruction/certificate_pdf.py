"""A certificate as tagged PDF (PDF/UA-1), set by Typst inside this process."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from kuule.core.palette import LIGHT
from kuule.core.problems import Problem
from kuule.destruction.certificate import DestructionCertificate
from kuule.destruction.certificate_words import (
    HOW_SIGNED,
    SMALL_PRINT,
    certificate_facts,
    certificate_tables,
    certificate_title,
)
from kuule.destruction.file_destruction import DestructionError
from kuule.typesetting.fonts_here import font_families
from kuule.typesetting.missing_letters import missing_letters_cause, missing_letters_remedy, without_unsettable
from kuule.typesetting.typst_documents import TypstRefusal, accessible_pdf, typst_document

_TEMPLATE = Path(__file__).parent / "certificate.typ"
_PAINTS = ("ink", "soft", "hair", "deep")


def certificate_pdf(certificate: DestructionCertificate) -> bytes:
    """The bytes of the PDF; the same certificate gives the same. Raises DestructionError END_015 (no font here has a
    letter, or the typesetter refuses), ImportError where there is no typesetter."""
    content = json.dumps(without_unsettable(_content(certificate)), ensure_ascii=False)
    try:
        return accessible_pdf(typst_document(_TEMPLATE.read_bytes(), {"certificate": content}))
    except TypstRefusal as refusal:
        cause = missing_letters_cause(refusal.letters) if refusal.letters else f"it cannot be set ({refusal.said})"
        remedy = missing_letters_remedy(refusal.letters) if refusal.letters else "the page of HTML says the same"
        raise DestructionError(Problem("END_015", "certificate.pdf", cause, remedy)) from None


def _content(certificate: DestructionCertificate) -> dict[str, object]:
    sans, headings = font_families()
    return {
        "title": certificate_title(certificate),
        "organisation": certificate.organisation,
        "facts": [list(fact) for fact in certificate_facts(certificate)],
        "tables": [asdict(table) for table in certificate_tables(certificate)],
        "small_print": list(SMALL_PRINT),
        "how_signed": HOW_SIGNED.replace("`", ""),
        "fonts": sans,
        "heading_fonts": headings,
        "paints": {name: LIGHT[name] for name in _PAINTS},
    }
