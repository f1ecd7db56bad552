"""A document about a questionnaire as tagged PDF (PDF/UA-1), set by Typst inside this process."""

from __future__ import annotations

import json
from pathlib import Path

from kuule.booklet.booklet_document import (
    ENGLISH,
    BookletBlock,
    BookletCell,
    BookletDocument,
    BookletHeading,
    BookletQuestion,
    BookletRemark,
    BookletTable,
    BookletText,
)
from kuule.core.palette import LIGHT
from kuule.core.problems import KuuleError, Problem
from kuule.languages.cldr.tags import find_language
from kuule.languages.markup.markdown import block_tree, inline_tree
from kuule.typesetting.fonts_here import font_families
from kuule.typesetting.missing_letters import missing_letters_cause, missing_letters_remedy, without_unsettable
from kuule.typesetting.typst_documents import TypstRefusal, accessible_pdf, typst_document, with_prose

_TEMPLATE = Path(__file__).parent / "templates" / "booklet.typ"
_PAINTS = ("ink", "soft", "hair", "tint", "sand", "deep", "line")


class BookletError(KuuleError):
    """A document about a questionnaire cannot be made."""


def booklet_pdf(document: BookletDocument) -> bytes:
    """The bytes of the PDF. Raises BookletError PRINT_010 (no font here has a letter), PRINT_011 (the typesetter
    refuses a text)."""
    content = json.dumps(without_unsettable(_content(document)), ensure_ascii=False)
    try:
        return accessible_pdf(typst_document(with_prose(_TEMPLATE.read_bytes()), {"booklet": content}))
    except TypstRefusal as refusal:
        raise BookletError(_problem(refusal, f"{document.name}.pdf")) from None


def _problem(refusal: TypstRefusal, place: str) -> Problem:
    if refusal.letters:
        remedy = missing_letters_remedy(refusal.letters)
        return Problem("PRINT_010", place, missing_letters_cause(refusal.letters), remedy)
    remedy = "write flatter what stands deep in lists or quotations of a note, or print it with --format html"
    return Problem("PRINT_011", place, f"the typesetter cannot set it ({refusal.said})", remedy)


def _content(document: BookletDocument) -> dict[str, object]:
    sans, headings = font_families()
    return {
        "title": document.title,
        "study": document.study,
        "organisation": document.organisation,
        "language": _language(document.tag),
        "notes": [inline_tree(note) for note in document.notes],
        "room": document.room,
        "fonts": sans,
        "heading_fonts": headings,
        "paints": {name: LIGHT[name] for name in _PAINTS},
        "wide": document.kind != "questionnaire",
        "blocks": [_block(one) for one in document.blocks],
    }


def _block(one: BookletBlock) -> dict[str, object]:
    match one:
        case BookletHeading():
            text = inline_tree(one.text)
            return {"kind": "heading", "level": one.level, "before": one.before, "text": text, **_language(one.tag)}
        case BookletRemark():
            return {"kind": "remark", "words": _sentence(one)}
        case BookletText():
            remarks = [_sentence(remark) for remark in one.remarks]
            return {"kind": "text", "text": block_tree(one.text), "remarks": remarks, **_language(one.tag)}
        case BookletQuestion():
            return {"kind": "question", **_question(one), **_language(one.tag)}
        case BookletTable():
            return {"kind": "table", **_table(one)}


def _question(one: BookletQuestion) -> dict[str, object]:
    return {
        "number": one.number,
        "name": one.name,
        "label": inline_tree(one.label),
        "hints": [block_tree(text) for text in (one.hint, one.guidance) if text],
        "answered": one.answered,
        "choices": [inline_tree(choice) for choice in one.choices],
        "several": one.several,
        "lines": one.lines,
        "remarks": [_sentence(remark) for remark in one.remarks],
    }


def _table(table: BookletTable) -> dict[str, object]:
    return {
        "caption": table.caption,
        "head": [_cell(cell) for cell in table.head],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "widths": list(table.widths),
    }


def _cell(cell: BookletCell) -> dict[str, object]:
    return {"text": cell.text, **_language(cell.tag)}


def _sentence(remark: BookletRemark) -> list[dict[str, object]]:
    return [{"text": span.text, **_language(span.tag)} for span in remark.words]


def _language(tag: str) -> dict[str, object]:
    if tag == ENGLISH:
        return {"lang": ENGLISH, "dir": "ltr"}
    return {"lang": tag.split("-")[0], "dir": find_language(tag).direction}
