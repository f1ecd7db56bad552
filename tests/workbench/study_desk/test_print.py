"""The questionnaire as a document at the lead's desk."""

from __future__ import annotations

import pytest

from tests.workbench.study_desk.conftest import LeadDesk


@pytest.mark.parametrize(
    ("kind", "language", "begins"),
    [
        ("docx", "en", b"PK"),
        ("html", "sv", b"<!doctype html>"),
        pytest.param("pdf", "en", b"%PDF", marks=pytest.mark.whole),
    ],
)
def test_document_is_downloaded(desk: LeadDesk, kind: str, language: str, begins: bytes) -> None:
    desk.coordinator.get("/study/print")
    reply = desk.coordinator.post("/study/print", {"language": language, "format": kind, "room": "yes"})
    assert reply.headers["content-disposition"] == (
        f'attachment; filename="small-study-questionnaire-{language}.{kind}"'
    )
    assert reply.body[: len(begins)].lower() == begins.lower()
    assert desk.trail[0] == "downloaded the questionnaire as a document"
    assert list(desk.site.data.glob("print-*")) == []


def test_document_of_another_kind_or_language_is_not_made(desk: LeadDesk) -> None:
    desk.lead.get("/study/print")
    assert desk.lead.post("/study/print", {"language": "en", "format": "exe"}).status == 400
    assert desk.lead.post("/study/print", {"language": "../en", "format": "html"}).status == 400


def test_study_that_cannot_be_read_is_no_document(desk: LeadDesk) -> None:
    desk.form.write_bytes(b"PK")
    desk.lead.get("/study/print")
    reply = desk.lead.post("/study/print", {"language": "en", "format": "html"})
    assert (reply.status, "The document can't be made." in reply.text, "FORM_032" in reply.text) == (503, True, True)
