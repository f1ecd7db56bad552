"""A document about a questionnaire as a Word file, to be commented and changed: with headings, lists, heads of tables
and the language of every text, so that a screen reader and a spelling checker know what they read."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import cast

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

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
from kuule.languages.cldr.tags import find_language
from kuule.languages.markup.markdown import MarkdownNode, block_tree, inline_tree

_NO_TIME = datetime(2000, 1, 1)  # noqa: DTZ001 - the file format has no time zone, and no day is to be in it
_UNSETTABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))
"""Characters that no XML can hold."""
_AFTER_DIRECTION = tuple(f"w:{name}" for name in (
    "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
    "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr",
    "pPrChange",
))  # fmt: skip
"""What follows the direction of a paragraph among its properties: their order is part of the format (ISO 29500-1,
17.3.1.26)."""
_BOXES = {False: "○", True: "□"}


def booklet_word(document: BookletDocument) -> bytes:
    """The bytes of the .docx."""
    return _Writer(document).write()


class _Writer:
    """Writes one document from top to bottom."""

    def __init__(self, document: BookletDocument) -> None:
        self._document = document
        self._docx: Document = docx.Document()
        self._look()

    def write(self) -> bytes:
        self._told_about()
        title = self._docx.add_heading(level=1)
        _write(title, f"{self._document.title}: ", ENGLISH)
        _write(title, self._document.study, self._document.tag)
        _write(self._docx.add_paragraph(), self._document.organisation, self._document.tag)
        for note in self._document.notes:
            _write_tree(self._docx.add_paragraph(style="Intense Quote"), inline_tree(note), ENGLISH)
        for block in self._document.blocks:
            self._block(block)
        file = io.BytesIO()
        self._docx.save(file)
        return file.getvalue()

    def _look(self) -> None:
        normal = self._docx.styles["Normal"]
        normal.font.name, normal.font.size = "Arial", Pt(10.5)
        for name in ("Heading 1", "Heading 2", "Heading 3", "Heading 4"):
            font = self._docx.styles[name].font
            font.name, font.color.rgb = "Georgia", RGBColor.from_string(LIGHT["deep"].lstrip("#"))
        quiet = self._docx.styles["Intense Quote"]
        quiet.font.italic, quiet.font.bold = False, False
        quiet.font.color.rgb = RGBColor.from_string(LIGHT["ink"].lstrip("#"))
        [section] = self._docx.sections
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        if self._document.kind != "questionnaire":
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width

    def _told_about(self) -> None:
        """What the file says of itself: no day, and no name of a person or a machine."""
        about = self._docx.core_properties
        about.title = _settable(f"{self._document.title}: {self._document.study}")[:255]
        about.author = about.last_modified_by = _settable(self._document.organisation)[:255]
        about.comments, about.language = "", "en-GB"
        about.created = about.modified = _NO_TIME

    def _block(self, block: BookletBlock) -> None:
        match block:
            case BookletHeading():
                heading = self._docx.add_heading(level=block.level)
                if block.before:
                    _write(heading, f"{block.before}{': ' if block.text else ''}", ENGLISH)
                else:
                    _direct(heading, block.tag)
                _write_tree(heading, inline_tree(block.text), block.tag)
            case BookletRemark():
                self._remark(block)
            case BookletText():
                for remark in block.remarks:
                    self._remark(remark)
                self._passage(block.text, block.tag)
            case BookletQuestion():
                self._question(block)
            case BookletTable():
                self._table(block)

    def _remark(self, remark: BookletRemark) -> None:
        paragraph = self._docx.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.6)
        paragraph.paragraph_format.keep_with_next = True
        for span in remark.words:
            _write(paragraph, span.text, span.tag).italic = True

    def _passage(self, text: str, tag: str) -> None:
        """Paragraphs and lists; a heading in a note is bold, since it is none of the document's."""
        for node in block_tree(text):
            self._node(node, tag)

    def _node(self, node: MarkdownNode, tag: str, style: str | None = None) -> None:
        inside = _children(node)
        match node["kind"]:
            case "bullets" | "numbers":
                name = "List Bullet" if node["kind"] == "bullets" else "List Number"
                for item in inside:
                    for child in _children(item):
                        self._node(child, tag, name)
            case "quote" | "item":
                for child in inside:
                    self._node(child, tag, style)
            case _:
                paragraph = self._docx.add_paragraph(style=style)
                _direct(paragraph, tag)
                _write_tree(paragraph, inside or [node], tag, bold=node["kind"] == "heading")

    def _question(self, question: BookletQuestion) -> None:
        heading = self._docx.add_heading(level=4)
        _write(heading, f"{question.number}. ", ENGLISH)
        _write_tree(heading, inline_tree(question.label), question.tag)
        how = self._docx.add_paragraph()
        how.paragraph_format.keep_with_next = True
        _write(how, f"{question.name}: {question.answered}", ENGLISH).font.size = Pt(9)
        for remark in question.remarks:
            self._remark(remark)
        for text in filter(None, (question.hint, question.guidance)):
            self._passage(text, question.tag)
        for choice in question.choices:
            paragraph = self._docx.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.left_indent = Cm(0.6)
            _direct(paragraph, question.tag)
            _write(paragraph, f"{_BOXES[question.several]}  ", question.tag)
            _write_tree(paragraph, inline_tree(choice), question.tag)
        for _ in range(question.lines):
            self._ruled()
        if self._document.room:
            self._notes()

    def _ruled(self) -> None:
        """An empty line to write on."""
        paragraph = self._docx.add_paragraph()
        borders, bottom = _add_property(paragraph, "w:pBdr"), OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", LIGHT["line"].lstrip("#"))):
            bottom.set(qn(f"w:{name}"), value)
        borders.append(bottom)

    def _notes(self) -> None:
        table = self._docx.add_table(rows=1, cols=1, style="Table Grid")
        cell = table.rows[0].cells[0]
        _write(cell.paragraphs[0], "Notes", ENGLISH).font.size = Pt(8)
        for _ in range(2):
            cell.add_paragraph()
        self._docx.add_paragraph()

    def _table(self, given: BookletTable) -> None:
        caption = self._docx.add_paragraph(style="Caption")
        caption.paragraph_format.keep_with_next = True
        _write(caption, given.caption, ENGLISH)
        table = self._docx.add_table(rows=1, cols=len(given.head), style="Table Grid")
        table.autofit = False
        head = table.rows[0]
        _repeat_as_head(head._tr)
        [section] = self._docx.sections
        room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
        widths = [int(room * share / sum(given.widths)) for share in given.widths]
        _fill(head.cells, given.head, widths, bold=True)
        for row in given.rows:
            _fill(table.add_row().cells, row, widths)
        self._docx.add_paragraph()


def _fill(cells: Sequence[_Cell], given: Sequence[BookletCell], widths: Sequence[int], *, bold: bool = False) -> None:
    for cell, said, width in zip(cells, given, widths, strict=True):
        cell.width = width  # type: ignore[assignment]  # a length is a number of EMU
        paragraph = cell.paragraphs[0]
        _direct(paragraph, said.tag)
        run = _write(paragraph, said.text, said.tag)
        run.bold, run.font.size = bold, Pt(9)


def _repeat_as_head(row: object) -> None:
    properties = row.get_or_add_trPr()  # type: ignore[attr-defined]  # an element of lxml
    properties.append(OxmlElement("w:tblHeader"))


def _direct(paragraph: Paragraph, tag: str) -> None:
    """Let a paragraph in a language that is written from the right begin there."""
    if find_language(tag).direction == "rtl":
        _add_property(paragraph, "w:bidi")
        # Of a paragraph from the right, Word takes "left" for its beginning.
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _add_property(paragraph: Paragraph, name: str) -> BaseOxmlElement:
    """A new property of a paragraph, in its place among the others: python-docx has no word for it."""
    added = cast("BaseOxmlElement", OxmlElement(name))
    paragraph._p.get_or_add_pPr().insert_element_before(added, *_AFTER_DIRECTION)
    return added


def _write(paragraph: Paragraph, text: str, tag: str) -> Run:
    """Words in a language, at the end of a paragraph."""
    run = paragraph.add_run(_settable(text))
    properties = run._r.get_or_add_rPr()
    language = OxmlElement("w:lang")
    if find_language(tag).direction == "rtl":
        properties.append(OxmlElement("w:rtl"))
        language.set(qn("w:bidi"), tag)
    else:
        language.set(qn("w:val"), "en-GB" if tag == ENGLISH else tag)
    properties.append(language)
    return run


def _write_tree(paragraph: Paragraph, nodes: Sequence[MarkdownNode], tag: str, *, bold: bool = False) -> None:
    for node in nodes:
        inside = _children(node)
        if inside:
            _write_tree(paragraph, inside, tag, bold=bold or node["kind"] == "strong")
        else:
            run = _write(paragraph, " " if node["kind"] == "break" else str(node.get("text", "")), tag)
            run.bold = bold or None


def _children(node: MarkdownNode) -> list[MarkdownNode]:
    inside = node.get("children")
    return inside if isinstance(inside, list) else []


def _settable(text: str) -> str:
    return text.translate(_UNSETTABLE)
