"""A disk that does not do what it should, at the lead's desk: it is said in words, and everything is as it was."""

from __future__ import annotations

from pathlib import Path

from kuule.sealing.keys import PublicKey
from tests.workbench.study_desk.conftest import LeadDesk
from tests.workbench.study_desk.questionnaires import workbook
from tests.workbench.study_desk.test_editions import seen as seen_study
from tests.workbench.study_desk.test_questionnaire import REWORDED, address, seen
from tests.workbench.study_desk.test_texts import ADDRESS
from tests.workbench.workbench_for_tests import Reply


def says_why(reply: Reply, status: int) -> bool:
    return (reply.status, "WORKBENCH_010" in reply.text, "he disk did not do it" in reply.text) == (status, True, True)


def test_questionnaire_that_cannot_be_written_stays_as_it_was(desk: LeadDesk) -> None:
    before = desk.form.read_bytes()
    compared = desk.sends(workbook(REWORDED))
    block(desk.site.data / "questionnaires" / "earlier")
    try:
        assert says_why(desk.lead.post(address(compared), {"seen": seen(compared)}), 503)
        typed = {"text": "What is your age?", "seen": "How old are you?"}
        reply = desk.lead.post(ADDRESS, typed)
        assert (says_why(reply, 400), "What is your age?" in reply.text) == (True, True)
    finally:
        (desk.site.data / "questionnaires" / "earlier").unlink()
    assert desk.form.read_bytes() == before
    assert list(desk.site.data.glob("*.partial")) == []


def test_file_that_cannot_be_kept_is_refused(desk: LeadDesk) -> None:
    block(desk.site.data / "questionnaires")
    try:
        assert says_why(desk.sends(workbook(REWORDED)), 400)
    finally:
        (desk.site.data / "questionnaires").unlink()


def test_edition_that_cannot_be_written_is_not_frozen(desk: LeadDesk, public_key: PublicKey) -> None:
    desk.shows_factor()
    shown = desk.sends_key(public_key.to_text())
    order = {"key": public_key.to_text(), "seen": seen_study(shown), "drafts": "yes"}
    block(desk.site.data / "editions")
    try:
        reply = desk.lead.post("/study/editions", order)
    finally:
        (desk.site.data / "editions").unlink()
    assert (says_why(reply, 400), "Nothing was frozen." in reply.text) == (True, True)
    assert desk.lead.post("/study/editions", order).status == 200  # the factor that was shown is still good


def block(place: Path) -> None:
    """A file where a folder belongs, so that nothing can be written into it, not even by root."""
    place.write_text("", "utf-8")
