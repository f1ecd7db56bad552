"""A paper as tagged PDF (PDF/UA-1), set by Typst inside this process."""

from __future__ import annotations

import json
from pathlib import Path

from kuule.core.palette import LIGHT
from kuule.core.problems import Problem
from kuule.ethics.ethics_answers import ETHICS_FILE, EthicsError
from kuule.ethics.paper import EthicsPaper, PaperBlock, PaperTable
from kuule.languages.cldr.tags import find_language
from kuule.languages.markup.markdown import block_tree, inline_tree
from kuule.typesetting.fonts_here import font_families
from kuule.typesetting.missing_letters import missing_letters_cause, missing_letters_remedy, without_unsettable
from kuule.typesetting.typst_documents import TypstRefusal, accessible_pdf, typst_document, with_prose

_TEMPLATE = Path(__file__).parent / "templates" / "paper.typ"
_PAINTS = ("ink", "soft", "hair", "tint", "sand", "honey", "deep")


def paper_pdf(paper: EthicsPaper) -> bytes:
    """The bytes of the PDF. Raises EthicsError ETHICS_010 (no font here has a letter), ETHICS_011 (the typesetter
    refuses a text)."""
    place = f"{paper.name}.pdf"
    content = json.dumps(without_unsettable(_content(paper)), ensure_ascii=False)
    try:
        return accessible_pdf(typst_document(with_prose(_TEMPLATE.read_bytes()), {"paper": content}))
    except TypstRefusal as refusal:
        raise EthicsError(_problem(refusal, place)) from None


def _problem(refusal: TypstRefusal, place: str) -> Problem:
    if refusal.letters:
        remedy = missing_letters_remedy(refusal.letters)
        return Problem("ETHICS_010", place, missing_letters_cause(refusal.letters), remedy)
    remedy = f"write flatter what stands deep in lists or quotations in {ETHICS_FILE}"
    return Problem("ETHICS_011", place, f"the typesetter cannot set it ({refusal.said})", remedy)


def _content(paper: EthicsPaper) -> dict[str, object]:
    sans, headings = font_families()
    return {
        "title": paper.title,
        "study": paper.study,
        "organisation": paper.organisation,
        "notes": [inline_tree(note) for note in paper.notes],
        "fonts": sans,
        "heading_fonts": headings,
        "paints": {name: LIGHT[name] for name in _PAINTS},
        "blocks": [_block(one) for one in paper.blocks],
        "blanks": [{"asks": one.asks, "key": one.key} for one in paper.blanks],
        "answers_file": ETHICS_FILE,
    }


def _block(one: PaperBlock) -> dict[str, object]:
    said: dict[str, object] = {"kind": one.kind, "level": one.level, "number": one.number}
    if one.question is not None:
        said |= {"asks": one.question.asks, "options": list(one.question.options)}
    if one.table is not None:
        said["table"] = _table(one.table)
    said["text"] = inline_tree(one.text) if one.kind == "heading" else block_tree(one.text)
    return said


def _table(table: PaperTable) -> dict[str, object]:
    language = find_language(table.tag)
    return {
        "caption": table.caption,
        "head": list(table.head),
        "widths": list(table.widths),
        "rows": [[inline_tree(cell) for cell in row] for row in table.rows],
        "foreign": sorted(table.foreign) if table.tag != "en" else [],
        "lang": table.tag.split("-")[0],
        "dir": language.direction,
    }
