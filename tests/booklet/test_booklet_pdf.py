"""The PDFs: tagged, the same to the byte, without a date; what cannot be set is said."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from kuule.booklet.booklet_document import BookletText
from kuule.booklet.booklet_pdf import BookletError, booklet_pdf
from kuule.booklet.changes_booklet import changes_booklet
from kuule.booklet.questionnaire_booklet import questionnaire_booklet
from tests.booklet.printed_study import printed_source
from tests.publishing.render.test_report_pdf import tags
from tests.study.small_study import FORM


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.fixture(scope="module")
def questionnaire() -> bytes:
    return booklet_pdf(questionnaire_booklet(printed_source(), room=True))


def test_pdf_is_tagged_and_has_no_date(questionnaire: bytes) -> None:
    read = PdfReader(io.BytesIO(questionnaire))
    root, about = read.root_object, read.metadata
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    assert about is not None
    assert (about.title, about.creation_date_raw) == ("Questionnaire: A small study", None)
    kinds = {str(tag["/S"]) for tag in tags(questionnaire)}
    assert {"/H1", "/H2", "/H3", "/H4", "/L", "/LI"} <= kinds


def test_pdf_says_routes_and_has_room(questionnaire: bytes) -> None:
    text = words(questionnaire)
    assert "Shown if question 6 (“What would you like to do?”) is “Go on”." in text
    assert text.count("Notes") == 9


def test_same_document_is_the_same_to_the_byte(questionnaire: bytes) -> None:
    assert booklet_pdf(questionnaire_booklet(printed_source(), room=True)) == questionnaire


def test_table_of_changes_is_a_table() -> None:
    document = changes_booklet(printed_source(), printed_source(FORM.replace("How old are you?", "What age?")))
    pdf = booklet_pdf(document)
    assert {"/Table", "/TH", "/TD"} <= {str(tag["/S"]) for tag in tags(pdf)}
    assert "How old are you?" in words(pdf)


def test_letter_that_no_font_has_is_said() -> None:
    document = questionnaire_booklet(printed_source())
    strange = replace(document, blocks=(BookletText("\U0001dff0", "en"),))
    with pytest.raises(BookletError) as raised:
        booklet_pdf(strange)
    [problem] = raised.value.problems
    assert (problem.code, problem.place) == ("PRINT_010", "questionnaire-en.pdf")


def test_hint_from_the_right_stands_over_its_answers() -> None:
    """A block as wide as its words stood at the left, and the answers below at the right."""
    pages = PdfReader(io.BytesIO(booklet_pdf(questionnaire_booklet(printed_source(tag="ar"))))).pages
    ends: dict[str, float] = {}

    def note(text: str, page: list[float], at: list[float], *_: object) -> None:
        ends.setdefault(text.strip(), page[4] + page[0] * at[4])

    for one in pages:
        one.extract_text(visitor_text=note)
    wide = float(pages[0].mediabox.width)
    (hint,) = (x for text, x in ends.items() if "Choose one" in text)
    (answer,) = (x for text, x in ends.items() if "18 to 34" in text)
    assert (hint > wide / 2, answer > wide / 2) == (True, True)
