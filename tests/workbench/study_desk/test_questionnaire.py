"""Another questionnaire at the lead's desk: sent, compared, taken or refused, and never half there."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from kuule.languages.gettext.catalogue import read_po
from kuule.workbench.translation_desk.current_study import read_current_study
from kuule.workbench.uploaded_files import LARGEST_UPLOADING_FORM
from tests.study.small_study import FORM, rehearsal_key
from tests.workbench.study_desk.conftest import LeadDesk
from tests.workbench.study_desk.questionnaires import workbook
from tests.workbench.workbench_for_tests import Reply

REWORDED = FORM.replace("How old are you?", "What is your age?")
REMOVED = "".join(line for line in REWORDED.splitlines(keepends=True) if "| years |" not in line)
ADDED = REMOVED.replace(
    "| | select_one country | residence |",
    "| | select_one yes_no | alone | <script>x</script> Are you alone? | | | | |\n| | select_one country | residence |",
)


def address(reply: Reply) -> str:
    found = re.search(r'action="(/study/questionnaire/[0-9a-f]{32})"', reply.text)
    assert found, reply.text
    return found[1]


def seen(reply: Reply) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]*)"', reply.text)
    assert found, reply.text
    return found[1]


def test_questionnaire_is_compared_taken_and_can_be_put_back(desk: LeadDesk) -> None:
    before = desk.form.read_bytes()
    sent = workbook(ADDED)
    compared = desk.sends(sent)
    assert (compared.status, desk.form.read_bytes()) == (200, before)
    for said in ("Added: 1", "Removed: 1", "Reworded: 1", "How old are you?", "What is your age?"):
        assert said in compared.text
    for said in ("Translated texts that become stale: 1", "New texts to translate: 1"):
        assert said in compared.text
    assert "Translations that are no longer needed: 1" in compared.text
    assert "<script>x" not in compared.body.decode()
    assert desk.lead.follow(desk.lead.post(address(compared), {"seen": seen(compared)})).status == 200
    assert desk.form.read_bytes() == sent != before
    assert desk.trail[:2] == ["took a questionnaire", "sent a questionnaire"]
    stale = read_po(desk.site.study / "languages" / "sv.po", read_current_study(desk.site.study).sources).entries
    assert [key for key, entry in stale.items() if entry.stale] == ["form:/data/about/page_about/age_band:label"]
    page = desk.lead.get("/study/questionnaire")
    [earlier] = set(re.findall(r"/study/questionnaire/earlier/[0-9a-f]{32}", page.text))
    assert desk.lead.get(earlier).body == before
    back = desk.lead.follow(desk.lead.post(earlier))
    assert desk.lead.post(address(back), {"seen": seen(back)}).status == 302
    assert desk.form.read_bytes() == before


def test_two_leads_at_once_lose_nothing(desk: LeadDesk) -> None:
    sent, another = workbook(REWORDED), workbook(REMOVED)
    compared = desk.sends(sent)
    desk.form.write_bytes(another)
    reply = desk.lead.post(address(compared), {"seen": seen(compared)})
    assert (reply.status, desk.form.read_bytes()) == (409, another)
    assert "Somebody changed the questionnaire while you were looking." in reply.text
    assert "Added: 1" in reply.text
    assert desk.lead.post(address(reply), {"seen": seen(reply)}).status == 302
    assert desk.form.read_bytes() == sent


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("form.xlsm", b"PK", "a workbook with macros"),
        ("form.ods", b"PK", "a workbook of LibreOffice"),
        ("my form.numbers", b"PK", "a workbook of Numbers"),
        ("old.qsf", b"{}", "ask whoever administers this workbench to import it"),
        ("../../form", b"PK", "a file without an ending"),
        ("form.xlsx", b"", "It is empty."),
        ("", b"", "Choose one first."),
        ("form.xlsx", workbook()[:3000], "It can't be taken"),
    ],
)
def test_file_that_is_no_questionnaire_is_refused_in_words(
    desk: LeadDesk, name: str, content: bytes, said: str
) -> None:
    before = desk.form.read_bytes()
    reply = desk.sends(content, name)
    assert reply.status in {200, 400}
    assert said.lower() in reply.text.lower()
    assert desk.form.read_bytes() == before
    assert {path.name for path in desk.site.study.glob("form*")} == {"form.xlsx"}


def test_nothing_is_kept_of_a_file_that_is_refused(desk: LeadDesk) -> None:
    """Somebody chose their secret key by mistake, and somebody a workbook with macros."""
    macros = io.BytesIO(workbook())
    with zipfile.ZipFile(macros, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"x")
    secret = rehearsal_key().to_text()
    for content in (secret.encode(), macros.getvalue()):
        assert desk.sends(content).status == 400
        assert desk.trail[0] == "sent a questionnaire that was refused"
    assert list((desk.site.data / "questionnaires" / "sent").iterdir()) == []
    line = secret.splitlines()[1].encode()
    left = (path for path in desk.site.data.parent.rglob("*") if path.is_file())
    assert [path for path in left if line in path.read_bytes()] == []


def test_file_that_is_too_large_is_refused_before_it_is_read(desk: LeadDesk) -> None:
    before = desk.form.read_bytes()
    reply = desk.sends(bytes(20_000_000))
    assert (reply.status, "This is too large" in reply.text) == (400, True)
    assert desk.sends(bytes(LARGEST_UPLOADING_FORM)).status == 400
    assert desk.form.read_bytes() == before


def test_no_file_is_taken_from_who_may_not_change_the_study(desk: LeadDesk) -> None:
    assert desk.sends(workbook(REWORDED), who=desk.coordinator).status == 403
    stranger = desk.site.visitor()
    stranger.get("/sign-in")
    reply = stranger.send_file("/study/questionnaire", "form", "form.xlsx", workbook(REWORDED))
    assert (reply.status, "You are not signed in any more" in reply.text) == (401, True)
    assert not (desk.site.data / "questionnaires").exists()


def test_no_other_address_takes_a_file(desk: LeadDesk) -> None:
    desk.lead.get("/account")
    assert desk.lead.send_file("/account/name", "name", "x.txt", b"x").status == 400


def test_file_that_nobody_sent_has_no_page(desk: LeadDesk) -> None:
    assert desk.lead.get(f"/study/questionnaire/{32 * '0'}").status == 404
    assert desk.lead.get(f"/study/questionnaire/earlier/{32 * '0'}").status == 404


def test_questionnaire_is_downloaded_as_it_is(desk: LeadDesk) -> None:
    reply = desk.lead.get("/study/questionnaire/file")
    assert (reply.body, reply.headers["content-disposition"]) == (
        desk.form.read_bytes(), 'attachment; filename="form.xlsx"',
    )  # fmt: skip
    assert Path(desk.form).is_file()
