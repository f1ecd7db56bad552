"""The PDFs: tagged, in English, the same to the byte, with tables, answers and blanks; what cannot be set is said."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from kuule.ethics.ethics_answers import EthicsError
from kuule.ethics.paper_pdf import paper_pdf
from tests.ethics.described_study import ethics_facts, papers_by_name
from tests.publishing.render.test_report_pdf import tags


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.fixture(scope="module")
def application() -> bytes:
    return paper_pdf(papers_by_name(ethics_facts({"payments.given": "Nothing.\n\n- no vouchers"}))["application"])


def test_pdf_is_tagged_and_in_english_and_has_no_date(application: bytes) -> None:
    read = PdfReader(io.BytesIO(application))
    root, about = read.root_object, read.metadata
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    assert about is not None
    assert (about.title, about.author, about.creation_date_raw) == (
        "Application to the ethics board: A small study",
        "An organisation",
        None,
    )
    kinds = {str(tag["/S"]) for tag in tags(application)}
    assert {"/H1", "/H2", "/H3", "/L", "/Table", "/TH", "/TD"} <= kinds


def test_pdf_has_tables_answers_and_blanks(application: bytes) -> None:
    text = words(application)
    assert "Where did it happen?" in text
    assert "At home; At school; I do not know; I prefer not to say" in text
    assert "no vouchers" in text
    assert "Still to be answered by the organisation (1)" in text
    assert "organisation.board" in text


def test_same_paper_is_the_same_to_the_byte() -> None:
    paper = papers_by_name(ethics_facts())["information-sheet"]
    assert paper_pdf(paper) == paper_pdf(paper)


def test_points_and_headings_without_a_word_are_set() -> None:
    answer = "- one\n-\n- two\n\n1. one\n2.\n\nText\n##\n> #\n\n`code`\n\n    more code"
    paper = papers_by_name(ethics_facts({"payments.given": answer}))["information-sheet"]
    assert "more code" in words(paper_pdf(paper))


def test_letter_that_no_font_has_is_said() -> None:
    paper = papers_by_name(ethics_facts({"payments.given": "\U0001dff0"}))["information-sheet"]
    with pytest.raises(EthicsError, match=r"ETHICS_010 information-sheet.pdf: no font on this machine has"):
        paper_pdf(paper)


def test_text_that_the_typesetter_refuses_is_said() -> None:
    deep = "*a " * 60 + "x" + "*" * 60
    paper = papers_by_name(ethics_facts({"payments.given": deep}))["information-sheet"]
    with pytest.raises(EthicsError, match=r"ETHICS_011 information-sheet.pdf: the typesetter cannot set it"):
        paper_pdf(paper)
