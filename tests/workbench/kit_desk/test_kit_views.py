"""A partner looks at its kit and takes it, nobody else's, and is told once it is no longer true."""

from __future__ import annotations

import io
import shutil
import zipfile

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.workbench.accounts_file import asked
from tests.workbench.kit_desk.conftest import KitDesk
from tests.workbench.workbench_for_tests import Visitor

EN, SV = "/kit/childx/en", "/kit/childx/sv"


def take(visitor: Visitor, address: str) -> dict[str, bytes]:
    """The files of the ZIP, by name."""
    visitor.get(address)
    reply = visitor.post(address)
    assert (reply.status, reply.headers["content-type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(reply.body)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def change_the_helpline(desk: KitDesk) -> None:
    file = desk.site.study / "support.csv"
    file.write_text(file.read_text("utf-8").replace("116 016", "116 017"), "utf-8")


def test_first_page_leads_to_the_kit(kit_desk: KitDesk) -> None:
    page = kit_desk.viewer.get("/").text
    assert ('href="/kit/childx">Get your kit' in page, "in 3 languages" in page) == (True, True)
    assert 'href="/kit/second/en">Get your kit' in kit_desk.other.get("/").text
    assert "Get your kit" not in kit_desk.stranger.get("/").text


def test_partner_looks_at_its_kit_and_takes_a_poster(kit_desk: KitDesk) -> None:
    page = kit_desk.viewer.get(EN).text
    for said in ("survey.example.org/k7/en", "Stödlinjen, 116 016", "A4 for your printer", "Take all as ZIP"):
        assert said in page
    assert "This is a draft" not in page
    look = kit_desk.viewer.get(f"{EN}/look/poster-a4-open.png")
    assert look.headers["content-type"] == "image/png"
    with Image.open(io.BytesIO(look.body)) as picture:
        assert picture.size[0] > 500
    poster = kit_desk.viewer.get(f"{EN}/poster-a4-open-grey.pdf")
    assert poster.headers["content-disposition"] == 'attachment; filename="childx-en-poster-a4-open-grey.pdf"'
    assert "survey.example.org/k7/en" in PdfReader(io.BytesIO(poster.body)).pages[0].extract_text()
    [(what, on)] = asked(kit_desk.site, 'SELECT what, "on" FROM workbench_entry ORDER BY id DESC LIMIT 1')
    assert (what, on) == ("took a kit", "childx, en, poster-a4-open-grey.pdf")


def test_whole_kit_is_one_zip(kit_desk: KitDesk) -> None:
    files = take(kit_desk.viewer, EN)
    assert {"poster-a3-open.pdf", "mail-friend-long.txt", "safety.pdf", "manifest.json", "contact-sheet.pdf"} <= set(
        files
    )
    assert not [name for name in files if "/" in name or name == "shown.json"]


def test_draft_is_seen_with_what_makes_it_one_and_never_by_a_translator(kit_desk: KitDesk) -> None:
    page = kit_desk.viewer.get(SV).text
    assert "This is a draft, and not for handing out: not all of its texts are there and reviewed" in page.replace(
        "<strong>", ""
    ).replace("</strong>", "")
    assert "KIT_004" not in page
    assert "KIT_004" in kit_desk.site.lead.get(SV).text
    kit_desk.viewer.get(SV)
    assert 'kit-childx-sv-draft.zip"' in kit_desk.viewer.post(SV).headers["content-disposition"]
    refused = kit_desk.translator.get(SV)
    assert ("No kit in Swedish yet" in refused.text, "Innan" in refused.text) == (True, False)
    assert kit_desk.translator.get(f"{SV}/look/poster-a4-open.png").status == 503
    assert kit_desk.translator.get(EN).status == 200


def test_kit_of_another_partner_or_language_is_not_there(kit_desk: KitDesk) -> None:
    for visitor in (kit_desk.other, kit_desk.stranger):
        assert [visitor.get(path).status for path in ("/kit/childx", EN, f"{EN}/safety.pdf")] == [404, 404, 404]
    assert kit_desk.translator.get("/kit/childx/ar").status == 403
    assert kit_desk.viewer.get("/kit/childx/fi").status == 404
    assert [kit_desk.viewer.get(f"{EN}/{name}").status for name in ("manifest.json", "no-such.pdf")] == [404, 404]
    assert kit_desk.stranger.get("/kit/").status == 200
    assert "is no partner of the study" in kit_desk.stranger.get("/kit/").text


def test_who_runs_the_study_has_the_kits_of_all(kit_desk: KitDesk) -> None:
    page = kit_desk.site.lead.get("/kit/").text
    assert ('href="/kit/childx"' in page, 'href="/kit/second"' in page) == (True, True)
    assert kit_desk.site.lead.get("/kit/second/en").status == 200


def test_kit_that_changed_since_it_was_taken_is_marked_everywhere(kit_desk: KitDesk) -> None:
    take(kit_desk.viewer, EN)
    pages = ("/", "/kit/childx", EN)
    assert [one for one in pages if "no longer true" in kit_desk.viewer.get(one).text] == []
    change_the_helpline(kit_desk)
    assert "It changed since you took it" in kit_desk.viewer.get(EN).text
    assert "changed since you took it" in kit_desk.viewer.get("/kit/childx").text
    take(kit_desk.viewer, EN)
    assert "changed since you took it" not in kit_desk.viewer.get("/kit/childx").text


def test_first_page_says_that_a_kit_changed(kit_desk: KitDesk) -> None:
    take(kit_desk.viewer, EN)
    change_the_helpline(kit_desk)
    kit_desk.viewer.get("/kit/childx")
    assert "Your kit in English changed" in kit_desk.viewer.get("/").text
    assert "Your kit in English changed" not in kit_desk.other.get("/").text


def test_kit_that_was_laid_ready_and_is_stale_is_marked(kit_desk: KitDesk) -> None:
    made = kit_desk.downloads / "childx" / "en"
    made.mkdir(parents=True)
    for name, content in take(kit_desk.viewer, EN).items():
        (made / name).write_bytes(content)
    shutil.rmtree(kit_desk.site.data / "kits")
    assert "no longer true" not in kit_desk.viewer.get("/own").text
    change_the_helpline(kit_desk)
    kit_desk.viewer.get("/kit/childx")
    assert "In it is a kit that is no longer true: English." in kit_desk.viewer.get("/own").text.replace("<strong>", "")


def test_link_that_is_switched_off_has_no_kit(kit_desk: KitDesk) -> None:
    lead = kit_desk.site.lead
    lead.get("/")
    lead.post("/link/k7", {"on": "no"})
    try:
        assert "No kit in English yet" in kit_desk.viewer.get(EN).text
        assert "your link is switched off" in kit_desk.viewer.get("/kit/childx").text
        assert "KIT_040" in lead.get(EN).text
    finally:
        lead.get("/")
        lead.post("/link/k7", {"on": "yes"})
    assert kit_desk.viewer.get(EN).status == 200


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("kit.toml", "address", "adress", "something in the study's files has to be mended first"),
        ("support.csv", "any", "women", "no helpline of your country"),
        ("study.toml", '"', "'", ""),
    ],
)
def test_study_from_which_no_kit_can_be_made_is_said_in_words(
    kit_desk: KitDesk, file: str, old: str, new: str, said: str
) -> None:
    path = kit_desk.site.study / file
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new) if said else text[: len(text) // 2], "utf-8")
    reply = kit_desk.viewer.get("/kit/second/en" if file == "none" else EN)
    if said:
        assert (reply.status, said in reply.text) == (200, True)
    else:
        assert (reply.status, "STUDY_" in reply.text) == (503, True)


def test_study_without_kit_toml_has_no_kits(kit_desk: KitDesk) -> None:
    file = kit_desk.site.study / "kit.toml"
    file.rename(kit_desk.site.study / "kit.toml.aside")
    try:
        assert [kit_desk.viewer.get(path).status for path in ("/kit/", "/kit/childx", EN)] == [404, 404, 404]
        assert "Get your kit" not in kit_desk.viewer.get("/").text
    finally:
        (kit_desk.site.study / "kit.toml.aside").rename(file)


def test_partner_is_in_the_list_of_who_invites_and_needs_no_language_but_the_studys(kit_desk: KitDesk) -> None:
    lead = kit_desk.site.lead
    assert '<option value="Second">' in lead.get("/people").text
    assert lead.post("/people", {"role": "viewer", "organisation": "Nobody's"}).status == 422
    assert lead.post("/people", {"role": "translator", "organisation": "Second"}).status == 422
    newcomer = kit_desk.site.member("viewer", [], "Second")
    assert newcomer.get("/kit/second/en").status == 200
