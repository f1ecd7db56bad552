"""The Word files: headings, tables and languages are such, also for who listens; no day and no name is in them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest

from kuule.booklet.booklet_document import BookletText
from kuule.booklet.booklet_word import booklet_word
from kuule.booklet.questionnaire_booklet import questionnaire_booklet
from kuule.booklet.translations_booklet import translations_booklet
from tests.booklet.printed_study import printed_source


@pytest.fixture(scope="module")
def questionnaire() -> bytes:
    return booklet_word(questionnaire_booklet(printed_source(), room=True))


def xml(file: bytes, name: str = "word/document.xml") -> str:
    return zipfile.ZipFile(io.BytesIO(file)).read(name).decode()


def test_questions_are_headings_and_choices_stand_below(questionnaire: bytes) -> None:
    read = docx.Document(io.BytesIO(questionnaire))
    asked = [one.text for one in read.paragraphs if one.style is not None and one.style.name == "Heading 4"]
    assert asked[:2] == ["1. Do you want to take part?", "2. Are you 18 or older?"]
    said = [one.text for one in read.paragraphs]
    assert "Shown if question 6 (“What would you like to do?”) is “Go on”." in said
    assert "□  At home" in said
    assert len(read.tables) == 9


def test_file_names_no_day_and_no_program_that_wrote_it(questionnaire: bytes) -> None:
    about = docx.Document(io.BytesIO(questionnaire)).core_properties
    assert (about.author, about.title, about.comments) == ("An organisation", "Questionnaire: A small study", "")
    assert {about.created.year, about.modified.year} == {2000} if about.created and about.modified else False


def test_tables_have_a_head_and_arabic_runs_from_the_right() -> None:
    file = booklet_word(translations_booklet(printed_source(), printed_source(tag="ar")))
    said = xml(file)
    assert said.count("<w:tblHeader/>") == len(docx.Document(io.BytesIO(file)).tables)
    assert re.search(r'<w:rtl/><w:lang w:bidi="ar"/></w:rPr><w:t>ar: How old are you\?', said)
    assert "<w:bidi/>" in said
    assert '<w:lang w:val="en-GB"/>' in said


def test_properties_of_paragraphs_are_in_the_order_of_the_format() -> None:
    said = xml(booklet_word(questionnaire_booklet(printed_source(tag="ar"))))
    order = ["pStyle", "keepNext", "pBdr", "bidi", "spacing", "ind", "jc"]
    for properties in re.findall(r"<w:pPr>(.*?)</w:pPr>", said):
        names = [name for name in re.findall(r"<w:(\w+)", properties) if name in order]
        assert names == sorted(names, key=order.index)


def test_markdown_and_characters_that_no_xml_holds() -> None:
    document = replace(
        questionnaire_booklet(printed_source()),
        blocks=(BookletText("# Heading\n\n- one **two**\n\n> quoted\n\n1. first\x07\n", "en"),),
    )
    read = docx.Document(io.BytesIO(booklet_word(document)))
    last = [(one.style.name if one.style else "", one.text) for one in read.paragraphs][-4:]
    assert last == [("Normal", "Heading"), ("List Bullet", "one two"), ("Normal", "quoted"), ("List Number", "first")]
